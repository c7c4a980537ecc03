//go:build go1.22

package xcall

import "reflect"

// Func types without glue are called by reflection, which costs more than the
// call from another language. So there is glue here for the most common ones:
// of numbers, strings and booleans, with no, one or two parameters of a type,
// with and without an error.

// crossing holds how values of one type are lifted and put.
type crossing[T any] struct {
	lift func(*Value) (T, error)
	put  func(*Frame, int, T)
}

var (
	ints   = crossing[int]{Number[int], func(f *Frame, i int, x int) { PutSigned(f, i, TypeInt64, x) }}
	int32s = crossing[int32]{Number[int32], func(f *Frame, i int, x int32) { PutSigned(f, i, TypeInt32, x) }}
	int64s = crossing[int64]{Number[int64], func(f *Frame, i int, x int64) { PutSigned(f, i, TypeInt64, x) }}
	floats = crossing[float64]{Number[float64], (*Frame).PutFloat64}
	bools  = crossing[bool]{Bool[bool], func(f *Frame, i int, x bool) { *f.ret(i) = boolValue(x) }}
	texts  = crossing[string]{String[string], (*Frame).PutString}
)

// commonCalls holds the func types, without names.
var commonCalls = map[reflect.Type]func(any) func(*Frame) error{}

func init() {
	common(func(function func()) func(*Frame) error {
		return func(*Frame) error {
			function()
			return nil
		}
	})
	common(func(function func() error) func(*Frame) error {
		return func(*Frame) error { return function() }
	})
	commonOf(ints)
	commonOf(int32s)
	commonOf(int64s)
	commonOf(floats)
	commonOf(bools)
	commonOf(texts)
}

func common[F any](call func(F) func(*Frame) error) {
	commonCalls[reflect.TypeFor[F]()] = func(function any) func(*Frame) error {
		return call(function.(F))
	}
}

// putOr puts the result of a func that may fail.
func (r crossing[R]) putOr(f *Frame, result R, err error) error {
	if err == nil {
		r.put(f, 0, result)
	}
	return err
}

func commonOf[A any](a crossing[A]) {
	common(func(function func(A)) func(*Frame) error {
		return func(f *Frame) error {
			function(Arg(f, 0, a.lift))
			return nil
		}
	})
	common(func(function func(A) error) func(*Frame) error {
		return func(f *Frame) error { return function(Arg(f, 0, a.lift)) }
	})
	common(func(function func() A) func(*Frame) error {
		return func(f *Frame) error {
			a.put(f, 0, function())
			return nil
		}
	})
	common(func(function func() (A, error)) func(*Frame) error {
		return func(f *Frame) error {
			result, err := function()
			return a.putOr(f, result, err)
		}
	})
	common(func(function func(A, A) A) func(*Frame) error {
		return func(f *Frame) error {
			a.put(f, 0, function(Arg(f, 0, a.lift), Arg(f, 1, a.lift)))
			return nil
		}
	})
	common(func(function func(A, A) (A, error)) func(*Frame) error {
		return func(f *Frame) error {
			result, err := function(Arg(f, 0, a.lift), Arg(f, 1, a.lift))
			return a.putOr(f, result, err)
		}
	})
	commonTo(a, ints)
	commonTo(a, int32s)
	commonTo(a, int64s)
	commonTo(a, floats)
	commonTo(a, bools)
	commonTo(a, texts)
}

func commonTo[A, R any](a crossing[A], r crossing[R]) {
	common(func(function func(A) R) func(*Frame) error {
		return func(f *Frame) error {
			r.put(f, 0, function(Arg(f, 0, a.lift)))
			return nil
		}
	})
	common(func(function func(A) (R, error)) func(*Frame) error {
		return func(f *Frame) error {
			result, err := function(Arg(f, 0, a.lift))
			return r.putOr(f, result, err)
		}
	})
}

// commonCall returns the function that calls a func of the type, named or not;
// nil if it is not one of the common ones.
func commonCall(of reflect.Type) func(any) func(*Frame) error {
	params, results := make([]reflect.Type, of.NumIn()), make([]reflect.Type, of.NumOut())
	for i := range params {
		params[i] = of.In(i)
	}
	for i := range results {
		results[i] = of.Out(i)
	}
	unnamed := reflect.FuncOf(params, results, of.IsVariadic())
	call := commonCalls[unnamed]
	if call == nil || unnamed == of {
		return call
	}
	return func(function any) func(*Frame) error {
		return call(reflect.ValueOf(function).Convert(unnamed).Interface())
	}
}
