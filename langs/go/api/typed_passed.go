package metaffi

import (
	"reflect"
	"unsafe"

	"github.com/MetaFFI/sdk/api/go/xcall"
)

// passed stands for a func of any type in a parameter of a typed func. Every
// func is one pointer, and Go passes it as one, so that the code for this type
// also serves funcs that have another func type in its place.
type passed func()

// pointerOf returns a func as the pointer that it is, and nil for anything
// else.
func pointerOf[A any](argument A) unsafe.Pointer {
	if function, is := any(argument).(passed); is {
		return *(*unsafe.Pointer)(unsafe.Pointer(&function))
	}
	return nil
}

// withPassed returns the pointer to a func as one whose func parameters are
// [passed], and remembers their types.
func (t *typedFunc) withPassed(target any) any {
	of, place := reflect.TypeOf(target).Elem(), reflect.ValueOf(target)
	if of.NumIn() > len(t.passes) {
		return target
	}
	params, results := make([]reflect.Type, of.NumIn()), make([]reflect.Type, of.NumOut())
	var passes bool
	for i := range params {
		params[i] = of.In(i)
		if params[i].Kind() == reflect.Func {
			t.passes[i], params[i], passes = xcall.PassedOf(params[i]), reflect.TypeFor[passed](), true
		}
	}
	if !passes {
		return target
	}
	for i := range results {
		results[i] = of.Out(i)
	}
	as := reflect.FuncOf(params, results, of.IsVariadic())
	return reflect.NewAt(as, place.UnsafePointer()).Interface()
}
