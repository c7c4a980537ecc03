//go:build go1.22

package xcall

import (
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"
)

// countedCallable is metaffi_go_callable of the native header.
type countedCallable struct {
	callable
	references int64
	typeNumber uint64
}

// funcInfos are the declared types of a func, in C's memory for good.
type funcInfos struct {
	params, results *typeInfo
}

// funcPlans has the plan of every func type that has crossed, or has glue.
var funcPlans sync.Map // reflect.Type to *funcPlan

// departure is a func that left, and the callable that it is to others.
type departure struct {
	entry    Entry
	plan     *funcPlan
	function any
	callable *countedCallable
}

// latest is what left last, as long as it is not dropped.
var latest atomic.Pointer[departure]

// again is the callable of the func that left last, if that is this one and others hold
// it; one reference is the receiver's.
func again(function any) *Object {
	left := latest.Load()
	if left == nil || !left.callable.retain() {
		return nil
	}
	// Since it is held it stays what it is; before, it may have become another's.
	object := &left.callable.base
	if *(*iface)(unsafe.Pointer(&left.function)) != *(*iface)(unsafe.Pointer(&function)) {
		releaseObject(object)
		object = nil
	}
	runtime.KeepAlive(left)
	return object
}

// passedFunc is the callable of a Go func, with a reference for the receiver; nil for
// anything else, and where there is none. The type that came last is remembered.
func (fn *Function) passedFunc(arg any) *Object {
	words := (*iface)(unsafe.Pointer(&arg))
	known := fn.passed.Load()
	if known == nil || known.word != words.typeWord {
		of := reflect.TypeOf(arg)
		if of == nil || of.Kind() != reflect.Func {
			return nil
		}
		passed := PassedOf(of)
		known = &passed
		fn.passed.Store(known)
	}
	return known.callable(words.data)
}

// Passed is a type of funcs that are passed, as far as it is known before any is.
type Passed struct {
	// word is the first of an interface that holds one.
	word unsafe.Pointer
	plan *funcPlan
}

// PassedOf is what is known of a func type.
func PassedOf(of reflect.Type) Passed {
	return Passed{typeWordOf(reflect.Zero(of).Interface()), planOf(of)}
}

// Value is a func of the type, of which function is the one pointer that it is.
func (p Passed) Value(function unsafe.Pointer) (value any) {
	*(*iface)(unsafe.Pointer(&value)) = iface{p.word, function}
	return value
}

// callable is the func as a callable, with a reference for the receiver; nil where there
// is none.
func (p Passed) callable(function unsafe.Pointer) *Object {
	if function == nil {
		return nil
	}
	value := p.Value(function)
	object := again(value)
	if object != nil {
		return object
	}
	var err error
	if foreign := p.plan.foreign(unsafe.Pointer(&function)); foreign != nil {
		object, err = foreign.retained()
	} else {
		object, err = p.plan.giveNew(value)
	}
	if err != nil {
		return nil
	}
	return object
}

// retain adds a reference, unless nobody has one.
func (c *countedCallable) retain() bool {
	for {
		references := atomic.LoadInt64(&c.references)
		if references <= 0 {
			return false
		}
		if atomic.CompareAndSwapInt64(&c.references, references, references+1) {
			return true
		}
	}
}

// EnterFunction is one call from outside of a func that others hold.
func EnterFunction(index uintptr, f *Frame, back uintptr) Status {
	in, at := objects.place(uint32(index))
	return in.held[at].departure.entry.enter(f, back)
}

// give makes a callable of a func; one reference is the receiver's.
func (p *funcPlan) give(function any) (*Object, error) {
	if object := again(function); object != nil {
		return object, nil
	}
	return p.giveNew(function)
}

// giveNew is give for a func that is not the one which left last.
func (p *funcPlan) giveNew(function any) (*Object, error) {
	forgetDropped() // perhaps that very func
	left, err := p.depart(function)
	if err != nil {
		return nil, err
	}
	index, err := objects.hold(held{value: function, departure: left})
	if err != nil {
		return nil, err
	}
	made := left.callable
	made.base.Data, made.context = identity(function, index), uintptr(index)
	made.typeNumber = held{value: function}.typeNumber()
	atomic.StoreInt64(&made.references, 1)
	countLive()
	latest.Store(left)
	return &made.base, nil
}

// depart takes the departure that was given up last, or makes one. The same
// func often leaves many times.
func (p *funcPlan) depart(function any) (*departure, error) {
	left, _ := p.departed.Get().(*departure)
	if left == nil {
		var err error
		if left, err = p.newDeparture(reflect.TypeOf(function)); err != nil {
			return nil, err
		}
	}
	if left.function == nil || address(left.function) != address(function) {
		left.function = function
		left.entry.Call = p.call(function)
	}
	return left, nil
}

// address is that of what an interface with a func holds.
func address(function any) unsafe.Pointer {
	return (*iface)(unsafe.Pointer(&function)).data
}

func (p *funcPlan) newDeparture(of reflect.Type) (*departure, error) {
	infos, err := p.declared(of)
	if err != nil {
		return nil, err
	}
	entry := Entry{Signature: p.signature, Params: uint32(p.params), Results: uint32(p.results)}
	params, results := uintptr(unsafe.Pointer(infos.params)), uintptr(unsafe.Pointer(infos.results))
	left, err := newDeparture(entry, params, results)
	if err == nil {
		left.plan = p
	}
	return left, err
}

// newDeparture makes what stands for a function elsewhere, of these type infos.
func newDeparture(entry Entry, params, results uintptr) (*departure, error) {
	made, err := allocate[countedCallable](0)
	if err != nil {
		return nil, err
	}
	*made = countedCallable{callable: callable{
		base:   Object{Vtable: native.CallableVtable, Owner: native.Owner},
		call:   native.CallFunction,
		params: params, nparams: entry.Params, nparamsMax: max(entry.Params, entry.MaxParams),
		rets: results, nrets: entry.Results,
	}}
	left := &departure{entry: entry, callable: made}
	runtime.SetFinalizer(left, func(left *departure) { native.Free(unsafe.Pointer(left.callable)) })
	return left, nil
}

// newFuncPlan counts the slots of a func type; the call is the caller's to add.
func newFuncPlan(of reflect.Type) *funcPlan {
	plan := &funcPlan{signature: of.String(), params: of.NumIn()}
	for i := range of.NumOut() {
		if of.Out(i) != reflect.TypeFor[error]() {
			plan.results++
		}
	}
	return plan
}

var declaring sync.Mutex

// declared makes the type infos at first use: most types never leave.
func (p *funcPlan) declared(of reflect.Type) (*funcInfos, error) {
	declaring.Lock()
	defer declaring.Unlock()
	if p.infos != nil {
		return p.infos, nil
	}
	var params, results []reflect.Type
	for i := range of.NumIn() {
		params = append(params, of.In(i))
	}
	for i := range of.NumOut() {
		if of.Out(i) != reflect.TypeFor[error]() {
			results = append(results, of.Out(i))
		}
	}
	var made funcInfos
	var err error
	if made.params, err = typeInfos(params); err != nil {
		return nil, err
	}
	if made.results, err = typeInfos(results); err != nil {
		return nil, err
	}
	p.infos = &made
	return p.infos, nil
}

func typeInfos(types []reflect.Type) (*typeInfo, error) {
	if len(types) == 0 {
		return nil, nil
	}
	var aliases strings.Builder
	for _, of := range types {
		aliases.WriteString(aliasOf(of))
	}
	size := uintptr(len(types)) * unsafe.Sizeof(typeInfo{})
	memory := native.Alloc(size + uintptr(aliases.Len()))
	if memory == nil {
		return nil, &fault{kind: ErrorInternal, message: "out of memory"}
	}
	infos, at := unsafe.Slice((*typeInfo)(memory), len(types)), unsafe.Add(memory, size)
	for i, of := range types {
		element, rank := innermost(of)
		infos[i] = typeInfo{of: element, dims: int32(rank)}
		if rank > 0 {
			infos[i].of |= TypeArray
		}
		at = placeText(&infos[i].alias, aliasOf(of), at)
	}
	return &infos[0], nil
}

// aliasOf is Go's own name of a type where MetaFFI's does not say all.
func aliasOf(of reflect.Type) string {
	for of.PkgPath() == "" && (of.Kind() == reflect.Slice || of.Kind() == reflect.Array) {
		of = of.Elem()
	}
	element, rank := innermost(of)
	if of.PkgPath() == "" && rank == 0 && element&(TypeHandle|TypeCallable) == 0 && !isExact(of) {
		return ""
	}
	return of.String()
}

// lowerFunc lowers a func of which only its reflection is known.
func lowerFunc(_ arena, out *Value, function reflect.Value) error {
	object, err := funcOfReflected(function)
	if err == nil {
		*out = callableValue(object)
	}
	return err
}

// funcOfReflected is the callable of a func, or of a foreign function.
func funcOfReflected(function reflect.Value) (*Object, error) {
	if function.IsNil() {
		return nil, nil
	}
	if foreign, ok := function.Interface().(*MetaFFICallable); ok {
		defer runtime.KeepAlive(foreign)
		return foreign.retained()
	}
	plan := planOf(function.Type())
	value := function.Interface()
	data := (*[2]unsafe.Pointer)(unsafe.Pointer(&value))[1]
	if foreign := plan.foreign(unsafe.Pointer(&data)); foreign != nil {
		return foreign.retained()
	}
	return plan.give(value)
}

// PutFunc lowers result i, a func whose type glue cannot name.
func PutFunc[T any](f *Frame, i int, function T) {
	Put(f, i, lowerFunc, reflect.ValueOf(function))
}
