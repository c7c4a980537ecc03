package metaffi

import (
	"reflect"
	"unsafe"

	"github.com/MetaFFI/sdk/api/go/xcall"
)

// A typedFunc calls a function with the types of a func, without interfaces and
// reflection. It covers the usual signatures of up to two parameters and one
// result; see [typeFunc].
type typedFunc struct {
	*xcall.Function
	// byScalars, onObject and withFunc report whether arguments and result are
	// passed in registers: scalars alone, an object and scalars, or a func and
	// scalars.
	byScalars, onObject, withFunc bool
	// narrow is the number of bits that the declared integer of each parameter
	// has less than 64.
	narrow [2]uint8
	// passes holds the func types of the parameters that are funcs.
	passes [2]xcall.Passed
	// self is the object of a method that is bound to one.
	self    MetaFFIHandle
	hasSelf bool
}

// typeFunc replaces the func that target points to, which uses reflection, by
// one that calls function directly; it returns false if its signature is not a
// usual one. Arguments that do not fit are passed on to the replaced func.
func typeFunc(target any, function *xcall.Function) bool {
	t := &typedFunc{Function: function}
	t.byScalars, t.onObject, t.withFunc = function.ByScalars()
	return t.set(target, function.Params())
}

// typeMethod is [typeFunc] for a method of an object, which is the first
// argument of function.
func typeMethod(target any, function *xcall.Function, self MetaFFIHandle) bool {
	t := &typedFunc{Function: function, self: self, hasSelf: true}
	_, t.byScalars, _ = function.ByScalars()
	return t.set(target, function.Params()[1:])
}

func (t *typedFunc) set(target any, params []xcall.TypeInfo) bool {
	for i, param := range params {
		if i < len(t.narrow) {
			t.narrow[i] = narrower(param.Type)
		}
	}
	target = t.withPassed(target)
	return typeNullary(target, t) ||
		typeUnary[bool](target, t) || typeUnary[int](target, t) || typeUnary[int32](target, t) ||
		typeUnary[int64](target, t) || typeUnary[float64](target, t) || typeUnary[string](target, t) ||
		typeUnary[[]byte](target, t) || typeUnary[[]int](target, t) || typeUnary[[]int64](target, t) ||
		typeUnary[[]float64](target, t) || typeUnary[[]string](target, t) || typeUnary[*Object](target, t) ||
		typeUnary[passed](target, t) || typeBinaries[passed](target, t) ||
		typeBinary[[]int64, passed](target, t) || typeBinary[[]float64, passed](target, t) ||
		typeBinary[[]string, passed](target, t) ||
		typeBinaries[int](target, t) || typeBinaries[int64](target, t) || typeBinaries[float64](target, t) ||
		typeBinaries[string](target, t) || typeBinaries[*Object](target, t)
}

func narrower(declared xcall.Type) uint8 {
	switch declared {
	case xcall.TypeInt8:
		return 56
	case xcall.TypeInt16:
		return 48
	case xcall.TypeInt32:
		return 32
	}
	return 0
}

// typedParams returns the types that a function is loaded with for a func:
// those that it declares, and those of the func where it declares any. It
// returns none if values have to be converted.
func typedParams(of reflect.Type, params []xcall.TypeInfo) ([]xcall.TypeInfo, bool) {
	if of.IsVariadic() || of.NumIn() != len(params) {
		return nil, false
	}
	typed := make([]xcall.TypeInfo, len(params))
	for i, declared := range params {
		var fits bool
		if typed[i], fits = typedAs(of.In(i), declared, true); !fits {
			return nil, false
		}
	}
	return typed, true
}

func typedResults(wanted []reflect.Type, declared []xcall.TypeInfo) ([]xcall.TypeInfo, bool) {
	if len(wanted) == 0 {
		return declared, len(declared) <= 1
	}
	if len(wanted) != 1 || len(declared) != 1 {
		return nil, false
	}
	typed, fits := typedAs(wanted[0], declared[0], false)
	return []xcall.TypeInfo{typed}, fits
}

// typedAs returns the type that a type of a func is passed as; isChecked
// reports whether an integer that is too large is found before the call.
func typedAs(of reflect.Type, declared xcall.TypeInfo, isChecked bool) (xcall.TypeInfo, bool) {
	own, known := typesOfFuncs[of]
	if of.Kind() == reflect.Func {
		own, known = xcall.TypeInfo{Type: xcall.TypeCallable}, true
	}
	if !known {
		return declared, false
	}
	declared = declared.Normalized()
	switch {
	case declared.Type == xcall.TypeAny:
		return own, true
	case declared.Type == own.Type && declared.Dims == own.Dims:
		return declared, true
	}
	integers := xcall.TypeInt8 | xcall.TypeInt16 | xcall.TypeInt32 | xcall.TypeInt64
	bothIntegers := declared.Dims == 0 && (own.Type|declared.Type)&^integers == 0
	return declared, bothIntegers && (isChecked || own.Type > declared.Type)
}

// typesOfFuncs lists the types that typed funcs may have.
var typesOfFuncs = map[reflect.Type]xcall.TypeInfo{
	reflect.TypeFor[bool]():      {Type: xcall.TypeBool},
	reflect.TypeFor[int]():       {Type: xcall.TypeInt64},
	reflect.TypeFor[int32]():     {Type: xcall.TypeInt32},
	reflect.TypeFor[int64]():     {Type: xcall.TypeInt64},
	reflect.TypeFor[float64]():   {Type: xcall.TypeFloat64},
	reflect.TypeFor[string]():    {Type: xcall.TypeString8},
	reflect.TypeFor[[]byte]():    {Type: xcall.TypeUint8 | xcall.TypeArray, Dims: 1},
	reflect.TypeFor[[]int]():     {Type: xcall.TypeInt64 | xcall.TypeArray, Dims: 1},
	reflect.TypeFor[[]int64]():   {Type: xcall.TypeInt64 | xcall.TypeArray, Dims: 1},
	reflect.TypeFor[[]float64](): {Type: xcall.TypeFloat64 | xcall.TypeArray, Dims: 1},
	reflect.TypeFor[[]string]():  {Type: xcall.TypeString8 | xcall.TypeArray, Dims: 1},
	reflect.TypeFor[*Object]():   {Type: xcall.TypeHandle},
}

// Each of these functions sets target if it is a func of these types, with or
// without an error.

func typeNullary(target any, t *typedFunc) bool {
	if f, is := target.(*func() error); is {
		*f = func() error { _, err := call0[nothing](t); return err }
		return true
	}
	if f, is := target.(*func()); is {
		*f = func() { must(call0[nothing](t)) }
		return true
	}
	return typeNullaryTo[bool](target, t) || typeNullaryTo[int](target, t) ||
		typeNullaryTo[int32](target, t) || typeNullaryTo[int64](target, t) ||
		typeNullaryTo[float64](target, t) || typeNullaryTo[string](target, t) ||
		typeNullaryTo[[]byte](target, t) || typeNullaryTo[[]int64](target, t) ||
		typeNullaryTo[[]float64](target, t) || typeNullaryTo[[]string](target, t)
}

func typeNullaryTo[R any](target any, t *typedFunc) bool {
	switch f := target.(type) {
	case *func() (R, error):
		*f = func() (R, error) { return call0[R](t) }
	case *func() R:
		*f = func() R { return must(call0[R](t)) }
	default:
		return false
	}
	return true
}

func typeUnary[A any](target any, t *typedFunc) bool {
	switch f := target.(type) {
	case *func(A) error:
		other := *f
		*f = func(a A) error {
			_, fits, err := call1[A, nothing](t, a)
			if !fits {
				return other(a)
			}
			return err
		}
		return true
	case *func(A):
		other := *f
		*f = func(a A) {
			result, fits, err := call1[A, nothing](t, a)
			if !fits {
				other(a)
				return
			}
			must(result, err)
		}
		return true
	}
	return typeUnaryTo[A, bool](target, t) || typeUnaryTo[A, int](target, t) ||
		typeUnaryTo[A, int32](target, t) || typeUnaryTo[A, int64](target, t) ||
		typeUnaryTo[A, float64](target, t) || typeUnaryTo[A, string](target, t) ||
		typeUnaryTo[A, []byte](target, t) || typeUnaryTo[A, []int64](target, t) ||
		typeUnaryTo[A, []float64](target, t) || typeUnaryTo[A, []string](target, t)
}

func typeUnaryTo[A, R any](target any, t *typedFunc) bool {
	switch f := target.(type) {
	case *func(A) (R, error):
		other := *f
		*f = func(a A) (R, error) {
			result, fits, err := call1[A, R](t, a)
			if !fits {
				return other(a)
			}
			return result, err
		}
	case *func(A) R:
		other := *f
		*f = func(a A) R {
			result, fits, err := call1[A, R](t, a)
			if !fits {
				return other(a)
			}
			return must(result, err)
		}
	default:
		return false
	}
	return true
}

func typeBinaries[A any](target any, t *typedFunc) bool {
	return typeBinary[A, bool](target, t) || typeBinary[A, int](target, t) ||
		typeBinary[A, int64](target, t) || typeBinary[A, float64](target, t) ||
		typeBinary[A, string](target, t) || typeBinary[A, passed](target, t)
}

func typeBinary[A, B any](target any, t *typedFunc) bool {
	switch f := target.(type) {
	case *func(A, B) error:
		other := *f
		*f = func(a A, b B) error {
			_, fits, err := call2[A, B, nothing](t, a, b)
			if !fits {
				return other(a, b)
			}
			return err
		}
		return true
	}
	return typeBinaryTo[A, B, bool](target, t) || typeBinaryTo[A, B, int](target, t) ||
		typeBinaryTo[A, B, int64](target, t) || typeBinaryTo[A, B, float64](target, t) ||
		typeBinaryTo[A, B, string](target, t)
}

func typeBinaryTo[A, B, R any](target any, t *typedFunc) bool {
	switch f := target.(type) {
	case *func(A, B) (R, error):
		other := *f
		*f = func(a A, b B) (R, error) {
			result, fits, err := call2[A, B, R](t, a, b)
			if !fits {
				return other(a, b)
			}
			return result, err
		}
	case *func(A, B) R:
		other := *f
		*f = func(a A, b B) R {
			result, fits, err := call2[A, B, R](t, a, b)
			if !fits {
				return other(a, b)
			}
			return must(result, err)
		}
	default:
		return false
	}
	return true
}

// nothing is the result type of a func without results.
type nothing struct{}

// must panics with the error, for funcs without an error result.
func must[R any](result R, err error) R {
	if err != nil {
		panic(err)
	}
	return result
}

// begin begins a call that is not made by scalars.
func (t *typedFunc) begin() xcall.TypedCall {
	call := t.Begin()
	if t.hasSelf {
		call.Handle(t.self)
	}
	return call
}

// scalarsOf calls by scalars; with a bound object it takes at most one.
func (t *typedFunc) scalarsOf(first, second uint64) (uint64, error) {
	if t.hasSelf {
		return t.ScalarsOn(t.self, first)
	}
	return t.Scalars(first, second)
}

func call0[R any](t *typedFunc) (result R, err error) {
	if t.byScalars {
		bits, err := t.scalarsOf(0, 0)
		return fromBits[R](bits), err
	}
	call := t.begin()
	return finish[R](&call)
}

// call1 calls with one argument; fits is false, and nothing has been called, if
// the call has to go to the func that uses reflection.
func call1[A, R any](t *typedFunc, a A) (result R, fits bool, err error) {
	switch {
	case t.byScalars:
		first, fits := bitsOf(t, 0, a)
		if !fits {
			return result, false, nil
		}
		bits, err := t.scalarsOf(first, 0)
		return fromBits[R](bits), true, err
	case t.onObject:
		object, fits := handleIn(a)
		if !fits {
			return result, false, nil
		}
		bits, err := t.ScalarsOn(object, 0)
		return fromBits[R](bits), true, err
	case t.withFunc:
		bits, called, err := t.ScalarsWith(t.passes[0], pointerOf(a), 0)
		return fromBits[R](bits), called, err
	}
	call := t.begin()
	if !put(t, &call, 0, a) {
		_ = call.End() // nothing was called
		return result, false, nil
	}
	result, err = finish[R](&call)
	return result, true, err
}

// call2 is [call1] for two arguments.
func call2[A, B, R any](t *typedFunc, a A, b B) (result R, fits bool, err error) {
	switch {
	case t.byScalars:
		first, fits := bitsOf(t, 0, a)
		second, both := bitsOf(t, 1, b)
		if !fits || !both {
			return result, false, nil
		}
		bits, err := t.scalarsOf(first, second)
		return fromBits[R](bits), true, err
	case t.onObject:
		object, fits := handleIn(a)
		second, both := bitsOf(t, 1, b)
		if !fits || !both {
			return result, false, nil
		}
		bits, err := t.ScalarsOn(object, second)
		return fromBits[R](bits), true, err
	case t.withFunc:
		second, fits := bitsOf(t, 1, b)
		if !fits {
			return result, false, nil
		}
		bits, called, err := t.ScalarsWith(t.passes[0], pointerOf(a), second)
		return fromBits[R](bits), called, err
	}
	call := t.begin()
	if !put(t, &call, 0, a) || !put(t, &call, 1, b) {
		_ = call.End() // nothing was called
		return result, false, nil
	}
	result, err = finish[R](&call)
	return result, true, err
}

// finish makes the call once all arguments are put.
func finish[R any](call *xcall.TypedCall) (result R, err error) {
	call.Do()
	if text, is := any(&result).(*string); is {
		*text = call.TakeText()
	} else if unsafe.Sizeof(result) > 0 {
		result = xcall.Take[R](call)
	}
	return result, call.End()
}

// put puts an argument; it returns false if the argument does not fit.
func put[A any](t *typedFunc, call *xcall.TypedCall, index int, argument A) bool {
	switch value := any(argument).(type) {
	case string:
		call.Text(value)
	case bool, int, int32, int64, float64:
		bits, fits := bitsOf(t, index, argument)
		if !fits {
			return false
		}
		call.Scalar(bits)
	case passed:
		call.Value(t.passes[index].Value(pointerOf(value)))
	default:
		call.Value(value)
	}
	return true
}

// bitsOf returns the payload of a scalar, and false if the declared type is too
// narrow. The size tells which it is: 64 bits are passed unchanged, 32 are an
// int32.
func bitsOf[A any](t *typedFunc, index int, argument A) (bits uint64, fits bool) {
	at := unsafe.Pointer(&argument)
	switch unsafe.Sizeof(argument) {
	case 8:
		bits = *(*uint64)(at)
	case 4:
		bits = uint64(*(*int32)(at))
	case 1:
		bits = uint64(*(*uint8)(at))
	}
	narrow := t.narrow[index]
	return bits, int64(bits)<<narrow>>narrow == int64(bits)
}

// fromBits returns a scalar from its payload; see [bitsOf].
func fromBits[R any](bits uint64) (result R) {
	at := unsafe.Pointer(&result)
	switch unsafe.Sizeof(result) {
	case 8:
		*(*uint64)(at) = bits
	case 4:
		*(*uint32)(at) = uint32(bits)
	case 1:
		*(*bool)(at) = bits != 0
	}
	return result
}

// handleIn returns the object that a method is called on; it returns false if
// it is not an object of another language.
func handleIn[A any](argument A) (MetaFFIHandle, bool) {
	object, is := any(argument).(*Object)
	if !is || object == nil || object.err != nil {
		return MetaFFIHandle{}, false
	}
	handle, is := object.value.(MetaFFIHandle)
	return handle, is
}
