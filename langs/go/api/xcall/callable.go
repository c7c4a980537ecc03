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

// takes reports whether it takes that many arguments.
func (c *callable) takes(count int) bool {
	return count == int(c.nparams) || count > int(c.nparams) && uint64(count) <= uint64(c.nparamsMax)
}

// declared returns the type of a parameter; one beyond the declared ones takes
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

// same reports whether both are one function of their runtime, with one
// signature.
func (c *callable) same(other *callable) bool {
	a, b := c.base, other.base
	return c == other || a.Data != 0 && a.Owner == b.Owner && a.Data == b.Data && c.call == other.call &&
		c.params == other.params && c.rets == other.rets && c.nparams == other.nparams && c.nrets == other.nrets
}

// MetaFFICallable is a function of another runtime. Passed back, or on to a
// third language, it is the same function. Any goroutine may call it. It is
// released when it is garbage collected, or by Release.
type MetaFFICallable struct {
	MetaFFIHandle
	function *callable
	// passes is the number of arguments that [MetaFFICallable.Begin] makes room
	// for.
	passes int
	// plan is the plan of [MetaFFICallable.Call], natural that of
	// [MetaFFICallable.CallNatural], for the number of arguments of the last
	// call.
	plan, natural atomic.Pointer[Function]
	// name is its name in errors; empty if only its language is known.
	name string
}

// Named sets its name for errors; only code that has just received it may call
// this.
func (c *MetaFFICallable) Named(name string) *MetaFFICallable {
	c.name = name
	return c
}

// newCallable retains a foreign function.
func newCallable(object *Object) *MetaFFICallable {
	native.Retain(object)
	function := (*callable)(unsafe.Pointer(object))
	return &MetaFFICallable{MetaFFIHandle: newHandle(object), function: function, passes: int(function.nparams)}
}

// Call calls it, as a loaded entity is called: it takes one argument for each
// parameter, lowered as the function declares it, and returns one element for
// each result.
func (c *MetaFFICallable) Call(args ...any) ([]any, error) {
	if !c.reference.use() {
		return nil, errReleasedHandle()
	}
	defer c.reference.done()
	defer runtime.KeepAlive(c)
	return c.planned(len(args)).Call(args...)
}

// planned returns the plan of calls with that many arguments, made at the first
// such call. A count that it does not take is refused by its declared types.
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

// typedAs plans calls with types other than the declared ones.
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

// callableValue returns a slot with a function; its reference passes to the
// receiver.
func callableValue(object *Object) Value {
	slot := handleValue(object)
	slot.Type = TypeCallable
	return slot
}
