//go:build go1.22

package xcall

import (
	"fmt"
	"math"
	"runtime"
	"unsafe"
)

// A call with at most two scalars and at most one scalar result needs no frame
// of ours: C makes one on its stack, and everything is passed in registers.
const maxScalars = 2

// scalarCall is the plan of such a call.
type scalarCall struct {
	bits [maxScalars]func(arg any) (uint64, error)
	// types holds the types of the arguments, 32 bits each; counts holds the
	// numbers of arguments and of results.
	types, counts uint64
	// outcome is the outcome of a call that returns the declared type.
	outcome uint64
}

const scalarMask = integerTypes | TypeFloat64 | TypeFloat32 | TypeBool

func (t Type) isScalar() bool {
	return t&scalarMask != 0 && t&^scalarMask == 0
}

// scalarCallOf returns the plan for a signature, if it can be called this way.
func scalarCallOf(params, rets []TypeInfo, lower []lowerArgument) *scalarCall {
	if len(params) > maxScalars || len(rets) > 1 || len(rets) == 1 && !rets[0].Normalized().Type.isScalar() {
		return nil
	}
	plan := &scalarCall{counts: uint64(len(params)) | uint64(len(rets))<<32, outcome: uint64(TypeNull)}
	if len(rets) == 1 {
		plan.outcome = uint64(rets[0].Normalized().Type)
	}
	for i, param := range params {
		if !param.Type.isScalar() {
			return nil
		}
		plan.types |= uint64(param.Type) << (32 * i)
		plan.bits[i] = scalarBits(param.Type, lower[i])
	}
	return plan
}

// scalarBits lowers an argument to the payload of its slot.
func scalarBits(declared Type, lower lowerArgument) func(any) (uint64, error) {
	others := func(arg any) (uint64, error) {
		var slot Value
		err := lower(nil, &slot, arg)
		return slot.Bits, err
	}
	switch declared {
	case TypeInt64:
		return func(arg any) (uint64, error) {
			switch x := arg.(type) {
			case int64:
				return uint64(x), nil
			case int:
				return uint64(int64(x)), nil
			}
			return others(arg)
		}
	case TypeFloat64:
		return func(arg any) (uint64, error) {
			if x, ok := arg.(float64); ok {
				return math.Float64bits(x), nil
			}
			return others(arg)
		}
	case TypeInt32:
		return func(arg any) (uint64, error) {
			if x, ok := arg.(int32); ok {
				return uint64(int64(x)), nil
			}
			return others(arg)
		}
	}
	return others
}

// callScalars is [Function.Call] with this plan.
func (fn *Function) callScalars(plan *scalarCall, args []any) ([]any, error) {
	var bits [maxScalars]uint64
	for i, arg := range args {
		lowered, err := plan.bits[i](arg)
		if err != nil {
			return nil, fn.wrongArgument(i, arg, err)
		}
		bits[i] = lowered
	}
	return fn.callBits(plan, bits[0], bits[1])
}

func (fn *Function) callBits(plan *scalarCall, first, second uint64) ([]any, error) {
	result := native.CallScalars(fn.call, fn.context, plan.types, plan.counts, first, second)
	runtime.KeepAlive(fn)
	switch {
	case result.status() != StatusOK:
		return nil, fn.takeFailure(result.status(), uintptr(result.Bits))
	case fn.results == 0:
		return []any{}, nil
	}
	return fn.takeScalar(result)
}

// Scalars calls a function with at most two scalars and at most one scalar
// result. It takes the payloads of the arguments, with signed integers extended
// to 64 bits, and returns the payload of the result; null is 0.
func (fn *Function) Scalars(first, second uint64) (uint64, error) {
	plan := fn.scalars
	if plan == nil {
		return 0, fn.failed(errorf(ErrorSignature, "takes or returns more than scalars"))
	}
	result := native.CallScalars(fn.call, fn.context, plan.types, plan.counts, first, second)
	runtime.KeepAlive(fn)
	if result.Outcome == plan.outcome {
		return result.Bits, nil
	}
	return fn.otherScalar(plan, result)
}

// ByScalars reports whether [Function.Scalars], [Function.ScalarsOn] and
// [Function.ScalarsWith] can call it.
func (fn *Function) ByScalars() (alone, on, with bool) {
	return fn.scalars != nil, fn.method != nil, fn.callback != nil
}

// Params returns the types that its arguments are lowered as.
func (fn *Function) Params() []TypeInfo { return fn.params }

// firstAndScalars returns the plan for a signature whose first argument is an
// object or a func, if it can be called this way.
func firstAndScalars(first Type, params, rets []TypeInfo, lower []lowerArgument) *scalarCall {
	if len(params) == 0 || params[0].Type != first {
		return nil
	}
	plan := scalarCallOf(params[1:], rets, lower[1:])
	if plan == nil || len(params) > maxScalars {
		return nil
	}
	plan.types = plan.types<<32 | uint64(first)
	plan.counts++
	return plan
}

// callOn is [Function.Call] with an object and scalars.
func (fn *Function) callOn(object *reference, args []any) ([]any, error) {
	if !object.use() {
		return nil, fn.wrongArgument(0, args[0], errReleasedHandle())
	}
	defer object.done() // also if a callback ends the goroutine
	return fn.callFirst(fn.method, object.object, args)
}

// callWith is [Function.Call] with a func, a reference to which it takes
// ownership of, and scalars.
func (fn *Function) callWith(function *Object, args []any) ([]any, error) {
	defer releaseObject(function)
	return fn.callFirst(fn.callback, function, args)
}

func (fn *Function) callFirst(plan *scalarCall, first *Object, args []any) ([]any, error) {
	var second uint64
	if len(args) > 1 {
		lowered, err := plan.bits[0](args[1])
		if err != nil {
			return nil, fn.wrongArgument(1, args[1], err)
		}
		second = lowered
	}
	return fn.callBits(plan, uint64(uintptr(unsafe.Pointer(first))), second)
}

// ScalarsOn is [Function.Scalars] for a function whose first argument is an
// object.
func (fn *Function) ScalarsOn(object MetaFFIHandle, second uint64) (uint64, error) {
	plan, held := fn.method, object.reference
	if plan == nil {
		return 0, fn.failed(errorf(ErrorSignature, "takes or returns more than an object and scalars"))
	}
	var first uint64
	if held != nil {
		if !held.use() {
			return 0, fn.wrongArgument(0, object, errReleasedHandle())
		}
		defer held.done()
		first = uint64(uintptr(unsafe.Pointer(held.object)))
	}
	result := native.CallScalars(fn.call, fn.context, plan.types, plan.counts, first, second)
	runtime.KeepAlive(fn)
	if result.Outcome == plan.outcome {
		return result.Bits, nil
	}
	return fn.otherScalar(plan, result)
}

// ScalarsWith is [Function.Scalars] for a function whose first argument is a
// func, of the type passed. Nothing is called if that has no callable, as nil
// has none.
func (fn *Function) ScalarsWith(
	of Passed, function unsafe.Pointer, second uint64,
) (bits uint64, called bool, err error) {
	object := of.callable(function)
	if object == nil {
		return 0, false, nil
	}
	defer releaseObject(object) // also if a callback ends the goroutine
	plan, first := fn.callback, uint64(uintptr(unsafe.Pointer(object)))
	result := native.CallScalars(fn.call, fn.context, plan.types, plan.counts, first, second)
	runtime.KeepAlive(fn)
	if result.Outcome == plan.outcome {
		return result.Bits, true, nil
	}
	bits, err = fn.otherScalar(plan, result)
	return bits, true, err
}

// otherScalar handles a call that fails, or returns a type other than the
// declared one.
func (fn *Function) otherScalar(plan *scalarCall, result ScalarResult) (uint64, error) {
	if result.status() != StatusOK {
		return 0, fn.takeFailure(result.status(), uintptr(result.Bits))
	}
	if result.kind() == TypeNull {
		return 0, nil
	}
	results, err := fn.takeScalar(result)
	if err != nil {
		return 0, err
	}
	var slot Value
	if err := lowering(TypeInfo{Type: Type(plan.outcome)})(nil, &slot, results[0]); err != nil {
		return 0, fn.failed(fmt.Errorf("result 1: expected %s, got %T", Type(plan.outcome), results[0]))
	}
	return slot.Bits, nil
}

func (fn *Function) takeScalar(result ScalarResult) ([]any, error) {
	switch result.kind() {
	case TypeInt64:
		return single(int64Word, int64(result.Bits)), nil
	case TypeFloat64:
		return single(float64Word, math.Float64frombits(result.Bits)), nil
	case TypeNull:
		return []any{nil}, nil
	}
	slot := Value{Type: result.kind(), Bits: result.Bits}
	if !slot.Type.isScalar() {
		return nil, fn.failed(&callError{
			kind: ErrorInternal, message: fmt.Sprintf("result 1: got %s, which is not declared", slot.Type),
		})
	}
	value, err := Any(&slot)
	return []any{value}, err
}

// ScalarResult is the outcome of a call of scalars: metaffi_go_scalar of the
// native header.
type ScalarResult struct {
	Bits, Outcome uint64
}

func (r ScalarResult) status() Status { return Status(r.Outcome >> 32) }

func (r ScalarResult) kind() Type { return Type(r.Outcome) }

// boxed is one result, and the interface that contains it, in one allocation.
type boxed[T any] struct {
	results [1]any
	value   T
}

// iface is the memory layout of an interface.
type iface struct {
	typeWord, data unsafe.Pointer
}

var (
	int64Word   = typeWordOf(int64(0))
	float64Word = typeWordOf(float64(0))
	stringWord  = typeWordOf("")
)

func typeWordOf(value any) unsafe.Pointer {
	return (*iface)(unsafe.Pointer(&value)).typeWord
}

// single returns []any{value}; typeWord is that of T, which is not a pointer
// type.
func single[T int64 | float64 | string](typeWord unsafe.Pointer, value T) []any {
	made := &boxed[T]{value: value}
	*(*iface)(unsafe.Pointer(&made.results[0])) = iface{typeWord, unsafe.Pointer(&made.value)}
	return made.results[:]
}
