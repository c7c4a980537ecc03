//go:build go1.22

package xcall

import (
	"math"
	"reflect"
	"runtime"
	"unsafe"
)

// The most common funcs of numbers call a function that declares exactly the
// same types through registers, with a frame that C makes. Each captures its
// callee and nothing else, which identifies the callee; see closure.

// scalarWrap makes such funcs for type T, whose arguments and result are all of
// one type.
type scalarWrap[T any] struct {
	wrap  func(*MetaFFICallable) T
	of    Type
	count uint32
}

// scalarWraps holds a scalarWrap for each type, without names.
var scalarWraps = map[reflect.Type]any{}

func init() {
	scalarWrapOf(TypeInt64, 1, func(c *MetaFFICallable) func(int) int {
		return func(a int) int { return int(c.callScalars(TypeInt64, 1, uint64(a), 0)) }
	})
	scalarWrapOf(TypeInt64, 2, func(c *MetaFFICallable) func(int, int) int {
		return func(a, b int) int { return int(c.callScalars(TypeInt64, 2, uint64(a), uint64(b))) }
	})
	scalarWrapOf(TypeInt64, 1, func(c *MetaFFICallable) func(int64) int64 {
		return func(a int64) int64 { return int64(c.callScalars(TypeInt64, 1, uint64(a), 0)) }
	})
	scalarWrapOf(TypeInt64, 2, func(c *MetaFFICallable) func(int64, int64) int64 {
		return func(a, b int64) int64 { return int64(c.callScalars(TypeInt64, 2, uint64(a), uint64(b))) }
	})
	scalarWrapOf(TypeFloat64, 1, func(c *MetaFFICallable) func(float64) float64 {
		return func(a float64) float64 {
			return math.Float64frombits(c.callScalars(TypeFloat64, 1, math.Float64bits(a), 0))
		}
	})
	scalarWrapOf(TypeFloat64, 2, func(c *MetaFFICallable) func(float64, float64) float64 {
		return func(a, b float64) float64 {
			return math.Float64frombits(c.callScalars(TypeFloat64, 2, math.Float64bits(a), math.Float64bits(b)))
		}
	})
}

func scalarWrapOf[T any](of Type, count uint32, wrap func(*MetaFFICallable) T) {
	// An int is as wide as a machine word.
	if unsafe.Sizeof(0) == TypeInt64.size() {
		scalarWraps[reflect.TypeFor[T]()] = scalarWrap[T]{wrap, of, count}
	}
}

// fits reports whether a function declares these types.
func (w *scalarWrap[T]) fits(c *callable) bool {
	if w.wrap == nil || c.nparams != w.count || c.nrets != 1 || (*typeInfo)(pointer(c.rets)).of != w.of {
		return false
	}
	for i := range int(w.count) {
		if c.declared(i) != w.of {
			return false
		}
	}
	return true
}

// callScalars calls a function that takes that many arguments of a type, and
// returns one: it takes and returns payloads. It panics with an error, as
// [Outgoing.Must] does.
func (c *MetaFFICallable) callScalars(of Type, count uint64, first, second uint64) uint64 {
	if !c.reference.use() {
		panic(errReleasedHandle())
	}
	defer c.reference.done() // also if a callback ends the goroutine
	call := uintptr(unsafe.Pointer(&c.function.call))
	types, counts := uint64(of)|uint64(of)<<32, count|1<<32
	result := native.CallScalars(call, c.function.context, types, counts, first, second)
	runtime.KeepAlive(c)
	if result.Outcome == uint64(of) {
		return result.Bits
	}
	return otherOutcome(of, result)
}

// otherOutcome returns the payload of a result of another type, if there is
// one.
func otherOutcome(of Type, result ScalarResult) uint64 {
	if status := result.status(); status != StatusOK {
		panic(takeFailure(status, uintptr(result.Bits)))
	}
	bits, err := payloadOf(of, &Value{Type: result.kind(), Bits: result.Bits})
	if err != nil {
		panic(errorf(kindOf(err, ErrorArgument), "result 1 of the callback: %w", err))
	}
	return bits
}

func payloadOf(of Type, value *Value) (uint64, error) {
	if of == TypeFloat64 {
		number, err := Number[float64](value)
		return math.Float64bits(number), err
	}
	number, err := Number[int64](value)
	return uint64(number), err
}
