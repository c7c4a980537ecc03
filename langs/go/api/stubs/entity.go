package stubs

import (
	"math"
	"sync/atomic"

	"github.com/MetaFFI/sdk/api/go/xcall"
)

// Entity is a function of the module, loaded when it is first called.
type Entity struct {
	Module *Module
	// Path is the entity path; Params and Results are the types, separated by
	// blanks.
	Path, Params, Results string

	function atomic.Pointer[xcall.Function]
}

// Call is one call of an entity.
type Call = xcall.TypedCall

// Begin begins a call.
func (e *Entity) Begin() Call {
	function := e.function.Load()
	if function == nil {
		var err error
		if function, err = e.Module.load(e); err != nil {
			return xcall.FailedCall(err)
		}
	}
	return function.Begin()
}

// On begins a call whose first argument is an object.
func (e *Entity) On(object Handle) Call {
	call := e.Begin()
	call.Handle(object)
	return call
}

// Scalars calls a function with at most two scalars and at most one scalar
// result; see [Bits] for the arguments, and [Number] for the result.
func (e *Entity) Scalars(first, second uint64) (uint64, error) {
	function := e.function.Load()
	if function == nil {
		var err error
		if function, err = e.Module.load(e); err != nil {
			return 0, err
		}
	}
	return function.Scalars(first, second)
}

// Run is Scalars for a function without a result.
func (e *Entity) Run(first, second uint64) error {
	_, err := e.Scalars(first, second)
	return err
}

// ScalarsOn is Scalars for a method: an object and at most one scalar.
func (e *Entity) ScalarsOn(object Handle, second uint64) (uint64, error) {
	function := e.function.Load()
	if function == nil {
		var err error
		if function, err = e.Module.load(e); err != nil {
			return 0, err
		}
	}
	return function.ScalarsOn(object, second)
}

// RunOn is ScalarsOn for a method without a result.
func (e *Entity) RunOn(object Handle, second uint64) error {
	_, err := e.ScalarsOn(object, second)
	return err
}

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// Bits returns an integer as [Entity.Scalars] takes it.
func Bits[T integer](value T) uint64 { return uint64(value) }

// FloatBits returns a float64 as [Entity.Scalars] takes it.
func FloatBits[T ~float64](value T) uint64 { return math.Float64bits(float64(value)) }

// SingleBits returns a float32 as [Entity.Scalars] takes it.
func SingleBits[T ~float32](value T) uint64 { return uint64(math.Float32bits(float32(value))) }

// BoolBits returns a bool as [Entity.Scalars] takes it.
func BoolBits[T ~bool](value T) uint64 {
	if value {
		return 1
	}
	return 0
}

// Number converts a result of [Entity.Scalars] to an integer.
func Number[T integer](bits uint64, err error) (T, error) { return T(bits), err }

// Float converts a result of [Entity.Scalars] to a float64.
func Float[T ~float64](bits uint64, err error) (T, error) { return T(math.Float64frombits(bits)), err }

// Single converts a result of [Entity.Scalars] to a float32.
func Single[T ~float32](bits uint64, err error) (T, error) {
	return T(math.Float32frombits(uint32(bits))), err
}

// Bool converts a result of [Entity.Scalars] to a bool.
func Bool[T ~bool](bits uint64, err error) (T, error) { return T(bits != 0), err }

// Take lifts the next result of a finished call; null is the zero value.
func Take[T any](call *Call) T { return xcall.Take[T](call) }

// Return makes the call, and returns the only result; null is the zero value.
func Return[T any](call *Call) (T, error) {
	call.Do()
	result := xcall.Take[T](call)
	return result, call.End()
}

// ReturnText is [Return] for text.
func ReturnText(call *Call) (string, error) {
	call.Do()
	result := call.TakeText()
	return result, call.End()
}

// ReturnObject is [Return] for an object of the class C; null is nil.
func ReturnObject[C any, P interface {
	*C
	xcall.Lifted
}](call *Call) (P, error) {
	call.Do()
	result := xcall.TakeObject[C, P](call)
	return result, call.End()
}

// TakeObject is [Take] for an object of the class C; null is nil.
func TakeObject[C any, P interface {
	*C
	xcall.Lifted
}](call *Call) P {
	return xcall.TakeObject[C, P](call)
}

// Ptr returns a pointer to a value, as nullable values and options need it.
func Ptr[T any](value T) *T { return &value }
