//go:build go1.22

package xcall

import (
	"reflect"
	"sync"
	"unsafe"
)

// FuncType tells how funcs of type T are passed: by glue that was generated for
// it, or by reflection. It is set once, before any call.
type FuncType[T any] struct {
	plan *funcPlan
	// wrap makes a Go func that calls a foreign function.
	wrap func(*MetaFFICallable) T
	// scalar does the same for functions that declare exactly the types of T,
	// if that is possible.
	scalar scalarWrap[T]
	// last is the last imported func: one function is often passed many times, and setting up
	// the release of a Go func costs more than calling it. Garbage collection
	// empties it.
	last sync.Pool
}

// importedFunc is a foreign function, and the Go func made from it.
type importedFunc[T any] struct {
	callee   *MetaFFICallable
	function T
}

// funcPlan is what all funcs of one type share.
type funcPlan struct {
	signature       string
	params, results int
	infos           *funcInfos
	// freeExports holds an exported func that nothing refers to any more. Garbage collection
	// empties it.
	freeExports sync.Pool
	// call returns the function that runs a call of the func.
	call func(function any) func(*Frame) error
	// wrapper is the code of the funcs that call foreign functions; 0 if
	// unknown.
	wrapper uintptr
	// scalarWrapper is the code of those that call through registers.
	scalarWrapper uintptr
}

// Set sets the glue of the type: `wrap` makes a func from a foreign function,
// `call` returns what calls a func with a frame. Only a package's init may call
// it.
func (t *FuncType[T]) Set(wrap func(*MetaFFICallable) T, call func(T) func(*Frame) error) {
	of := reflect.TypeFor[T]()
	t.plan = newFuncPlan(of)
	t.plan.call = func(function any) func(*Frame) error { return call(function.(T)) }
	t.wrap = wrap
	sample := &MetaFFICallable{}
	wrapped := wrap(sample)
	if code, captured := closure(unsafe.Pointer(&wrapped)); captured() == unsafe.Pointer(sample) {
		t.plan.wrapper = code
	}
	if scalar, is := scalarWraps[of].(scalarWrap[T]); is {
		wrapped = scalar.wrap(sample)
		if code, captured := closure(unsafe.Pointer(&wrapped)); captured() == unsafe.Pointer(sample) {
			t.scalar, t.plan.scalarWrapper = scalar, code
		}
	}
	funcPlans.Store(of, t.plan)
}

// closure looks into a func that is not nil: it returns its code, and the first
// variable that it captures, which may only be read if the code is known to
// capture one.
func closure(function unsafe.Pointer) (code uintptr, captured func() unsafe.Pointer) {
	data := *(*unsafe.Pointer)(function)
	return *(*uintptr)(data), func() unsafe.Pointer {
		return *(*unsafe.Pointer)(unsafe.Add(data, unsafe.Sizeof(uintptr(0))))
	}
}

// foreign returns the function of another runtime that a func was made from, or
// nil.
func (p *funcPlan) foreign(function unsafe.Pointer) *MetaFFICallable {
	code, captured := closure(function)
	if code != p.wrapper && code != p.scalarWrapper {
		return nil
	}
	return (*MetaFFICallable)(captured())
}

// Lift lifts a function; null is nil. A func of this Go that comes back is the
// original.
func (t *FuncType[T]) Lift(v *Value) (T, error) {
	var none T
	if v.isNull() {
		return none, nil
	}
	if v.isObject() && v.object().Owner == native.Owner {
		if function, ok := ownFunc[T](v.object()); ok {
			return function, nil
		}
	}
	if v.Type != TypeCallable {
		if sequence, done, err := sequenceOf[T](v); done {
			return sequence, err
		}
		return none, mismatch[T](v)
	}
	return t.imported(v.object())
}

// imported returns the Go func for a foreign function.
func (t *FuncType[T]) imported(object *Object) (T, error) {
	function := (*callable)(unsafe.Pointer(object))
	last, _ := t.last.Get().(*importedFunc[T])
	if last == nil {
		last = &importedFunc[T]{}
	}
	if last.callee == nil || !last.callee.function.same(function) {
		if err := function.accepts(t.plan.params, t.plan.results); err != nil {
			return last.function, errorf(ErrorArgument, "%s: %w", goName[T](), err)
		}
		last.callee = newCallable(object)
		last.callee.passes = t.plan.params
		last.function = t.wrapped(last.callee)
	}
	made := last.function
	t.last.Put(last)
	return made, nil
}

func (t *FuncType[T]) wrapped(callee *MetaFFICallable) T {
	if t.scalar.fits(callee.function) {
		return t.scalar.wrap(callee)
	}
	return t.wrap(callee)
}

// ownFunc returns a func of this Go as T, which may be another name of its
// type.
func ownFunc[T any](object *Object) (T, bool) {
	value := objects.get(object).value
	if function, ok := value.(T); ok {
		return function, true
	}
	var none T
	of := reflect.ValueOf(value)
	if !of.IsValid() || !of.CanConvert(reflect.TypeFor[T]()) {
		return none, false
	}
	return of.Convert(reflect.TypeFor[T]()).Interface().(T), true
}

// Put lowers result i.
func (t *FuncType[T]) Put(f *Frame, i int, function T) {
	Put(f, i, t.lower, function)
}

func (t *FuncType[T]) lower(_ arena, out *Value, function T) error {
	object, err := t.object(function)
	if err == nil {
		*out = callableValue(object)
	}
	return err
}

// Lower lowers a slice of funcs.
func (t *FuncType[T]) Lower(to arena, out *Value, items []T) error {
	return lowerObjects(TypeCallable, t.object)(to, out, items)
}

// object returns the callable that a func is passed as; nil has none.
func (t *FuncType[T]) object(function T) (*Object, error) {
	if *(*unsafe.Pointer)(unsafe.Pointer(&function)) == nil {
		return nil, nil
	}
	if foreign := t.plan.foreign(unsafe.Pointer(&function)); foreign != nil {
		return foreign.retained()
	}
	return t.plan.callableOf(function)
}
