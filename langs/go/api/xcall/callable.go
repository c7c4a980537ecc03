//go:build go1.22

package xcall

import (
	"runtime"
	"sync/atomic"
	"unsafe"
)

// callable is metaffi_callable.
type callable struct {
	base           Object
	call, context  uintptr
	params, rets   uintptr
	nparams, nrets uint32
	nparamsMax     uint32
	reserved       uint32
}

// takes says whether it takes so many arguments.
func (c *callable) takes(count int) bool {
	return count == int(c.nparams) || count > int(c.nparams) && uint64(count) <= uint64(c.nparamsMax)
}

// declared is the type of a parameter; one beyond those that are declared takes
// any value.
func (c *callable) declared(index int) Type {
	if c.params == 0 || index >= int(c.nparams) {
		return TypeAny
	}
	return (*typeInfo)(pointer(c.params + uintptr(index)*unsafe.Sizeof(typeInfo{}))).of
}

// typeInfo is metaffi_type_info.
type typeInfo struct {
	of    Type
	dims  int32
	alias Text
}

// same says whether both are one function of their runtime, with one signature.
func (c *callable) same(other *callable) bool {
	a, b := c.base, other.base
	return c == other || a.Data != 0 && a.Owner == b.Owner && a.Data == b.Data && c.call == other.call &&
		c.params == other.params && c.rets == other.rets && c.nparams == other.nparams && c.nrets == other.nrets
}

// MetaFFICallable is a function of another runtime. It goes home, or to a
// third language, as the same function. Any goroutine may call it; it is
// released when Go has forgotten it, or by Release.
type MetaFFICallable struct {
	MetaFFIHandle
	function *callable
	// passes is how many arguments [MetaFFICallable.Begin] makes room for.
	passes int
	// plan is how it is called by [MetaFFICallable.Call], natural how by
	// [MetaFFICallable.CallNatural]: for the number of arguments that came last.
	plan, natural atomic.Pointer[Function]
	// name is what errors call it; empty where only its language is known.
	name string
}

// Called gives it a name for errors; whoever just got it may.
func (c *MetaFFICallable) Called(name string) *MetaFFICallable {
	c.name = name
	return c
}

// newCallable retains a foreign function.
func newCallable(object *Object) *MetaFFICallable {
	native.Retain(object)
	function := (*callable)(unsafe.Pointer(object))
	return &MetaFFICallable{MetaFFIHandle: newHandle(object), function: function, passes: int(function.nparams)}
}

// Call calls it, as a loaded entity is called: one argument for each parameter,
// lowered as the function declares it, one element for each result.
func (c *MetaFFICallable) Call(args ...any) ([]any, error) {
	if !c.reference.use() {
		return nil, errReleasedHandle()
	}
	defer c.reference.done()
	defer runtime.KeepAlive(c)
	return c.planned(len(args)).Call(args...)
}

// planned is how calls of it with so many arguments are lowered, decided at the
// first one. A count that it does not take is refused by what it declares.
func (c *MetaFFICallable) planned(count int) *Function {
	function := c.function
	if !function.takes(count) {
		count = int(function.nparams)
	}
	if known := c.plan.Load(); known != nil && len(known.params) == count {
		return known
	}
	made := c.plannedAs(c.String(), count)
	c.plan.Store(made)
	return made
}

func (c *MetaFFICallable) plannedAs(name string, count int) *Function {
	function := c.function
	params := declaredTypes(function.params, function.nparams)
	for len(params) < count && function.takes(count) {
		params = append(params, TypeInfo{Type: TypeAny})
	}
	return NewFunction(name, uintptr(unsafe.Pointer(&function.call)), function.context,
		params, declaredTypes(function.rets, function.nrets), c)
}

// typedAs plans calls with other types than it declares.
func (c *MetaFFICallable) typedAs(name string, params, results []TypeInfo) *Function {
	made := NewFunction(name, uintptr(unsafe.Pointer(&c.function.call)), c.function.context, params, results, c)
	made.first = 1
	return made
}

func declaredTypes(at uintptr, count uint32) []TypeInfo {
	infos := make([]TypeInfo, count)
	for i, info := range unsafe.Slice((*typeInfo)(pointer(at)), int(count)) {
		infos[i] = TypeInfo{Type: info.of, Dims: int(info.dims), Alias: info.alias.lift()}
	}
	return infos
}

// String names the runtime that it lives in.
func (c *MetaFFICallable) String() string {
	if c.name != "" {
		return c.name
	}
	return "MetaFFICallable(" + describeHandle(c.reference.object) + ")"
}

// callableValue is a slot with a function; its reference is the receiver's.
func callableValue(object *Object) Value {
	slot := handleValue(object)
	slot.Type = TypeCallable
	return slot
}
