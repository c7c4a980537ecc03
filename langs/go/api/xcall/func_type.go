//go:build go1.22

package xcall

import (
	"reflect"
	"sync"
	"unsafe"
)

// FuncType is how funcs of type T cross: glue that was generated for it, or
// made by reflection. It is set once, before any call.
type FuncType[T any] struct {
	plan *funcPlan
	// wrap makes a Go func that calls a foreign one.
	wrap func(*MetaFFICallable) T
	// scalar does so for those that declare T's very types, where it is there.
	scalar scalarWrap[T]
	// last is an arrival: a function often comes many times, and what it takes
	// to release a Go func costs more than to call one. Collecting garbage
	// empties it.
	last sync.Pool
}

// arrival is a foreign function, and the Go func made of it.
type arrival[T any] struct {
	callee   *MetaFFICallable
	function T
}

// funcPlan is what all funcs of one type share.
type funcPlan struct {
	signature       string
	params, results int
	infos           *funcInfos
	// departed is a departure that nobody holds any more. Collecting garbage
	// empties it.
	departed sync.Pool
	// call is what runs a call of the func.
	call func(function any) func(*Frame) error
	// wrapper is the code of the funcs that call foreign ones; 0 if unknown.
	wrapper uintptr
	// scalarWrapper is that of those which go through registers.
	scalarWrapper uintptr
}

// Set gives the type its glue: `wrap` makes a func out of a foreign one, `call`
// what calls a func with a frame. Only a package's init may call it.
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

// closure looks into a func that is not nil: its code, and the first variable
// that it holds, which is only there to be read if the code is known to have one.
func closure(function unsafe.Pointer) (code uintptr, captured func() unsafe.Pointer) {
	data := *(*unsafe.Pointer)(function)
	return *(*uintptr)(data), func() unsafe.Pointer {
		return *(*unsafe.Pointer)(unsafe.Add(data, unsafe.Sizeof(uintptr(0))))
	}
}

// foreign is the function of another runtime that a func was made of, or nil.
func (p *funcPlan) foreign(function unsafe.Pointer) *MetaFFICallable {
	code, captured := closure(function)
	if code != p.wrapper && code != p.scalarWrapper {
		return nil
	}
	return (*MetaFFICallable)(captured())
}

// Lift lifts a function; null is nil. A func of this Go that comes home is the
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
	return t.arrived(v.object())
}

// arrived is the Go func for a foreign function.
func (t *FuncType[T]) arrived(object *Object) (T, error) {
	function := (*callable)(unsafe.Pointer(object))
	last, _ := t.last.Get().(*arrival[T])
	if last == nil {
		last = &arrival[T]{}
	}
	if last.callee == nil || !last.callee.function.same(function) {
		if err := function.accepts(t.plan.params, t.plan.results); err != nil {
			return last.function, faultf(ErrorArgument, "%s: %w", goName[T](), err)
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

// ownFunc is a func of this Go as T, which may be another name of its type.
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

// object is the callable that a func leaves as; nil has none.
func (t *FuncType[T]) object(function T) (*Object, error) {
	if *(*unsafe.Pointer)(unsafe.Pointer(&function)) == nil {
		return nil, nil
	}
	if foreign := t.plan.foreign(unsafe.Pointer(&function)); foreign != nil {
		return foreign.retained()
	}
	return t.plan.give(function)
}
