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

// funcInfos are the declared types of a func, which stay in C's memory.
type funcInfos struct {
	params, results *typeInfo
}

// funcPlans has the plan of every func type that has been passed, or has glue.
var funcPlans sync.Map // reflect.Type to *funcPlan

// exportedFunc is a func that was passed out, and the callable that it is passed
// as.
type exportedFunc struct {
	entry    Entry
	plan     *funcPlan
	function any
	callable *countedCallable
}

// latest is the func that was exported last, unless it has been dropped.
var latest atomic.Pointer[exportedFunc]

// again returns the callable of the func that was passed last, if it is this
// one and others hold it; one reference passes to the receiver.
func again(function any) *Object {
	left := latest.Load()
	if left == nil || !left.callable.retain() {
		return nil
	}
	// A callable that is held does not change; before that, it may have become
	// another func's.
	object := &left.callable.base
	if *(*iface)(unsafe.Pointer(&left.function)) != *(*iface)(unsafe.Pointer(&function)) {
		releaseObject(object)
		object = nil
	}
	runtime.KeepAlive(left)
	return object
}

// passedFunc returns the callable of a Go func, with a reference for the
// receiver; nil for anything else, or if there is none. The last type is
// remembered.
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

// Passed is what is known in advance about a type of funcs that are passed.
type Passed struct {
	// word is the first word of an interface that holds one.
	word unsafe.Pointer
	plan *funcPlan
}

// PassedOf returns what is known about a func type.
func PassedOf(of reflect.Type) Passed {
	return Passed{typeWordOf(reflect.Zero(of).Interface()), planOf(of)}
}

// Value returns a func of the type from function, the one pointer that it is.
func (p Passed) Value(function unsafe.Pointer) (value any) {
	*(*iface)(unsafe.Pointer(&value)) = iface{p.word, function}
	return value
}

// callable returns the func as a callable, with a reference for the receiver;
// nil if there is none.
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
		object, err = p.plan.newCallableOf(value)
	}
	if err != nil {
		return nil
	}
	return object
}

// retain adds a reference, unless there is none left.
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

// EnterFunction handles one call from outside of a func that others hold.
func EnterFunction(index uintptr, f *Frame, back uintptr) Status {
	in, at := objects.place(uint32(index))
	return in.held[at].exportedFunc.entry.enter(f, back)
}

// callableOf makes a callable of a func; one reference passes to the receiver.
func (p *funcPlan) callableOf(function any) (*Object, error) {
	if object := again(function); object != nil {
		return object, nil
	}
	return p.newCallableOf(function)
}

// newCallableOf is give for a func other than the one that was passed last.
func (p *funcPlan) newCallableOf(function any) (*Object, error) {
	forgetDropped() // it may be this func
	left, err := p.export(function)
	if err != nil {
		return nil, err
	}
	index, err := objects.hold(held{value: function, exportedFunc: left})
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

// export takes the exported func that was released last, or makes one. The same
// func is often passed many times.
func (p *funcPlan) export(function any) (*exportedFunc, error) {
	left, _ := p.freeExports.Get().(*exportedFunc)
	if left == nil {
		var err error
		if left, err = p.newExportedFunc(reflect.TypeOf(function)); err != nil {
			return nil, err
		}
	}
	if left.function == nil || address(left.function) != address(function) {
		left.function = function
		left.entry.Call = p.call(function)
	}
	return left, nil
}

// address returns the address of the value in an interface that holds a func.
func address(function any) unsafe.Pointer {
	return (*iface)(unsafe.Pointer(&function)).data
}

func (p *funcPlan) newExportedFunc(of reflect.Type) (*exportedFunc, error) {
	infos, err := p.declared(of)
	if err != nil {
		return nil, err
	}
	entry := Entry{Signature: p.signature, Params: uint32(p.params), Results: uint32(p.results)}
	params, results := uintptr(unsafe.Pointer(infos.params)), uintptr(unsafe.Pointer(infos.results))
	left, err := newExportedFunc(entry, params, results)
	if err == nil {
		left.plan = p
	}
	return left, err
}

// newExportedFunc makes the callable that a function is passed as, with these type
// infos.
func newExportedFunc(entry Entry, params, results uintptr) (*exportedFunc, error) {
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
	left := &exportedFunc{entry: entry, callable: made}
	runtime.SetFinalizer(left, func(left *exportedFunc) { native.Free(unsafe.Pointer(left.callable)) })
	return left, nil
}

// newFuncPlan counts the slots of a func type; the caller adds the call.
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

// declared makes the type infos at first use: most types are never passed.
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
		return nil, &callError{kind: ErrorInternal, message: "out of memory"}
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

// aliasOf returns Go's own name of a type if MetaFFI's does not say everything.
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

// lowerFunc lowers a func of which only its reflect.Value is known.
func lowerFunc(_ arena, out *Value, function reflect.Value) error {
	object, err := funcOfReflected(function)
	if err == nil {
		*out = callableValue(object)
	}
	return err
}

// funcOfReflected returns the callable of a func, or of a foreign function.
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
	return plan.callableOf(value)
}

// PutFunc lowers result i, a func whose type the glue cannot name.
func PutFunc[T any](f *Frame, i int, function T) {
	Put(f, i, lowerFunc, reflect.ValueOf(function))
}
