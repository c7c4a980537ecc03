//go:build go1.22

package xcall

import (
	"fmt"
	"reflect"
	"runtime"
	"unsafe"
)

// TypedCall is a call by code that knows the signature: arguments are put one
// after the other, then [TypedCall.Do], then results are taken likewise. After
// the first error nothing more happens, and [TypedCall.End] returns it. It
// belongs to one goroutine.
type TypedCall struct {
	frame    *callFrame
	function *Function
	// put and taken count arguments and results.
	put, taken int
	done       bool
	err        error
}

// Reference is a value that stands for an object of another runtime.
type Reference = implementation

// Begin begins a call.
func (fn *Function) Begin() TypedCall {
	f, err := newCallFrame(len(fn.lower), fn.results)
	if err != nil {
		return TypedCall{err: fn.failed(err)}
	}
	return TypedCall{frame: f, function: fn}
}

// FailedCall returns a call that fails with err.
func FailedCall(err error) TypedCall {
	return TypedCall{err: err}
}

// next returns the slot of the next argument; nil after an error.
func (c *TypedCall) next() *Value {
	if c.err != nil {
		return nil
	}
	if c.put == len(c.function.lower) {
		c.err = c.function.wrongCount(make([]any, c.put+1))
		return nil
	}
	c.put++
	return c.frame.arg(c.put - 1)
}

// Scalar puts an argument that is declared as a scalar: its payload, with
// signed integers extended to 64 bits.
func (c *TypedCall) Scalar(bits uint64) {
	if slot := c.next(); slot != nil {
		*slot = Value{Type: c.function.params[c.put-1].Type, Bits: bits}
	}
}

// Text puts an argument that is declared as string8.
func (c *TypedCall) Text(text string) {
	slot := c.next()
	if slot == nil {
		return
	}
	if err := checkText(text); err != nil {
		c.mismatch(text, err)
		return
	}
	*slot = Value{Type: TypeString8, Length: uint64(len(text))}
	source := unsafe.Pointer(unsafe.StringData(text))
	if err := c.frame.borrow(slot, source, uintptr(len(text)), 1); err != nil {
		c.mismatch(text, err)
	}
}

// Handle puts an object of another runtime.
func (c *TypedCall) Handle(handle MetaFFIHandle) {
	if slot := c.next(); slot != nil {
		if err := lowerForeign(c.frame, slot, handle); err != nil {
			c.mismatch(handle, err)
		}
	}
}

// Object puts an object of another runtime by its Go type; nil is null.
func (c *TypedCall) Object(object Reference) {
	if isNil(object) {
		c.Handle(MetaFFIHandle{})
		return
	}
	c.Handle(object.MetaFFIObject())
}

// Value puts an argument of any type, lowered as it is declared.
func (c *TypedCall) Value(value any) {
	if slot := c.next(); slot != nil {
		if err := c.function.lower[c.put-1](c.frame, slot, value); err != nil {
			c.mismatch(value, err)
		}
	}
}

func (c *TypedCall) mismatch(value any, err error) {
	c.err = c.function.wrongArgument(c.put-1, value, err)
}

// Do makes the call, after all arguments have been put.
func (c *TypedCall) Do() {
	if c.err != nil {
		return
	}
	if c.put != len(c.function.lower) {
		c.err = c.function.wrongCount(make([]any, c.put))
		return
	}
	// If a callback ends the goroutine, the frame's finalizer releases it.
	status := native.Call(c.function.call, c.function.context, uintptr(unsafe.Pointer(c.frame.callMemory)))
	runtime.KeepAlive(c.function)
	if status != StatusOK {
		c.err = c.function.takeFailure(status, c.frame.err)
		return
	}
	c.done = true
}

// End releases the frame, and returns the error of the call.
func (c *TypedCall) End() error {
	if c.frame == nil {
		return c.err
	}
	if c.done {
		for ; c.taken < c.function.results; c.taken++ {
			c.frame.ret(c.taken).release()
		}
	}
	c.frame.done()
	c.frame = nil
	return c.err
}

// Run makes a call of a function without results.
func (c *TypedCall) Run() error {
	c.Do()
	return c.End()
}

// result returns the slot of the next result; nil after an error.
func (c *TypedCall) result() *Value {
	if c.err != nil || c.taken == c.function.results {
		return nil
	}
	c.taken++
	return c.frame.ret(c.taken - 1)
}

func (c *TypedCall) wrongResult(err error) {
	c.err = c.function.failed(fmt.Errorf("result %d: %w", c.taken, err))
}

// Take lifts the next result as a T; null is the zero value.
func Take[T any](c *TypedCall) (result T) {
	slot := c.result()
	if slot == nil {
		return result
	}
	if takePlain(slot, &result) {
		return result
	}
	return takeAs[T](c, slot)
}

// takeAs takes a result of a type other than the wanted one, or one that owns
// something.
func takeAs[T any](c *TypedCall, slot *Value) (result T) {
	lifted, err := typedLift(reflect.TypeFor[T]())(slot)
	slot.release()
	if err != nil {
		c.wrongResult(err)
		return result
	}
	reflect.ValueOf(&result).Elem().Set(lifted)
	return result
}

// TakeText lifts the next result as text; null is empty.
func (c *TypedCall) TakeText() string {
	slot := c.result()
	if slot == nil {
		return ""
	}
	if slot.Type == TypeString8 && slot.Ownership != Transferred {
		return copyString(slot.data(), slot.Length)
	}
	c.taken--
	return Take[string](c)
}

// takePlain takes a result of the wanted type that owns nothing.
func takePlain[T any](slot *Value, result *T) bool {
	switch to := any(result).(type) {
	case *string:
		if slot.Type == TypeString8 && slot.Ownership != Transferred {
			*to = copyString(slot.data(), slot.Length)
			return true
		}
	case *int64:
		if slot.Type == TypeInt64 {
			*to = int64(slot.Bits)
			return true
		}
	case *int32:
		if slot.Type == TypeInt32 {
			*to = int32(slot.Bits)
			return true
		}
	case *bool:
		if slot.Type == TypeBool {
			*to = slot.Bits != 0
			return true
		}
	}
	return slot.Type == TypeNull
}

// Lifted is a pointer to a value that is set from a foreign object.
type Lifted interface {
	MetaFFILift(MetaFFIHandle) error
}

// TakeObject lifts the next result as an object of the class C; nil is null.
func TakeObject[C any, P interface {
	*C
	Lifted
}](c *TypedCall) P {
	slot := c.result()
	if slot == nil || slot.isNull() {
		return nil
	}
	if object := slot.object(); slot.Type == TypeHandle && slot.Ownership == Transferred &&
		object.Owner != native.Owner && object.exact() == nil {
		made := P(new(C))
		if err := made.MetaFFILift(newHandle(object)); err != nil {
			c.wrongResult(err)
		}
		return made
	}
	c.taken--
	return Take[P](c)
}
