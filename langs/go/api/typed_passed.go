package metaffi

import (
	"reflect"
	"unsafe"
)

// passed is a func of whatever type in a parameter of a typed func. All funcs are
// one pointer, and cross a call of Go as one, so that the code for this type
// serves the funcs that have another in its place.
type passed func()

// passedType is the first word of an interface that holds a func of its type.
type passedType struct{ word unsafe.Pointer }

// anyOf is an interface as Go has it in memory; a func is its data.
type anyOf struct{ word, data unsafe.Pointer }

func passedTypeOf(of reflect.Type) passedType {
	none := reflect.Zero(of).Interface()
	return passedType{(*anyOf)(unsafe.Pointer(&none)).word}
}

// value is the func as what it is.
func (p passedType) value(function passed) (value any) {
	*(*anyOf)(unsafe.Pointer(&value)) = anyOf{p.word, *(*unsafe.Pointer)(unsafe.Pointer(&function))}
	return value
}

// passedAs is the argument for a parameter that is a func; nil for any other.
func passedAs[A any](t *typedFunc, index int, argument A) any {
	if function, is := any(argument).(passed); is && t.passes[index].word != nil {
		return t.passes[index].value(function)
	}
	return nil
}

// withPassed is the pointer to a func as one whose parameters are [passed] where
// they are funcs, and remembers what those are.
func (t *typedFunc) withPassed(target any) any {
	of, places := reflect.TypeOf(target).Elem(), reflect.ValueOf(target)
	if of.NumIn() > len(t.passes) {
		return target
	}
	params, results := make([]reflect.Type, of.NumIn()), make([]reflect.Type, of.NumOut())
	var passes bool
	for i := range params {
		params[i] = of.In(i)
		if params[i].Kind() == reflect.Func {
			t.passes[i], params[i], passes = passedTypeOf(params[i]), reflect.TypeFor[passed](), true
		}
	}
	if !passes {
		return target
	}
	for i := range results {
		results[i] = of.Out(i)
	}
	as := reflect.FuncOf(params, results, of.IsVariadic())
	return reflect.NewAt(as, places.UnsafePointer()).Interface()
}
