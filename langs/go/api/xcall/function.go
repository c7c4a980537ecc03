//go:build go1.22

package xcall

import (
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"unsafe"
)

// TypeInfo is a declared type: its rank is 0 for a scalar, n for an array, -1
// for an array of mixed or unknown rank.
type TypeInfo struct {
	Type  Type
	Dims  int
	Alias string
}

// String returns the type as errors name it.
func (t TypeInfo) String() string {
	if t.Dims > 1 {
		return fmt.Sprintf("%s[%d]", t.Type, t.Dims)
	}
	return t.Type.String()
}

// Normalized returns a type in its normal form: an array type without a rank
// has rank 1, a scalar type with a rank is an array.
func (t TypeInfo) Normalized() TypeInfo {
	switch {
	case t.Dims != 0:
		t.Type |= TypeArray
	case t.Type == TypeArray:
		t.Dims = -1
	case t.Type.isArray():
		t.Dims = 1
	}
	return t
}

// Function is something outside of Go that can be called: a loaded entity, or a
// callable. How each argument is lowered is decided when it is created. Any
// goroutine may call it.
type Function struct {
	name          string
	call, context uintptr
	params        []TypeInfo
	lower         []lowerArgument
	results       int
	// declared are the types of the results.
	declared []Type
	// scalars is the plan of the fast path, if there is one.
	scalars *scalarCall
	// method is the fast path for an object and scalars, callback for a func
	// and scalars.
	method, callback *scalarCall
	// passed is the type of the func that was passed last.
	passed atomic.Pointer[Passed]
	// first is the number of leading arguments that the user does not count: an
	// object.
	first int
	// keep holds the owner of call and context.
	keep any
	// Classes are the classes of the errors that its calls fail with; may be
	// nil.
	Classes ErrorClasses
}

// NewFunction plans calls. call is the address of the function, and keep must
// live as long as it is used. name is for errors.
func NewFunction(name string, call, context uintptr, params, rets []TypeInfo, keep any) *Function {
	fn := &Function{name: name, call: call, context: context, results: len(rets), keep: keep}
	for _, ret := range rets {
		fn.declared = append(fn.declared, ret.Type)
	}
	for _, param := range params {
		param = param.Normalized()
		fn.params = append(fn.params, param)
		fn.lower = append(fn.lower, lowering(param))
	}
	fn.scalars = scalarCallOf(fn.params, rets, fn.lower)
	fn.method = firstAndScalars(TypeHandle, fn.params, rets, fn.lower)
	fn.callback = firstAndScalars(TypeCallable, fn.params, rets, fn.lower)
	return fn
}

// LetFill lets it fill slices of numbers: the parameters with these bits are
// arrays that it may write to.
func (fn *Function) LetFill(fills uint32) {
	for i, param := range fn.params {
		if i < 32 && fills>>i&1 != 0 && param.Dims == 1 {
			fn.lower[i] = lowerFilled(param.Type.element(), fn.lower[i])
		}
	}
}

// Call lowers the arguments, calls, and lifts the results: the slice is empty
// if there are none.
func (fn *Function) Call(args ...any) ([]any, error) {
	if len(args) != len(fn.lower) {
		return nil, fn.wrongCount(args)
	}
	switch {
	case fn.scalars != nil:
		return fn.callScalars(fn.scalars, args)
	case fn.method != nil:
		if handle, is := args[0].(MetaFFIHandle); is && handle.reference != nil {
			return fn.callOn(handle.reference, args)
		}
	case fn.callback != nil:
		if object := fn.passedFunc(args[0]); object != nil {
			return fn.callWith(object, args)
		}
	}
	f, err := newCallFrame(len(args), fn.results)
	if err != nil {
		return nil, fn.failed(err)
	}
	// If a callback ends the goroutine, the frame's finalizer does it.
	for i, arg := range args {
		if err := fn.lower[i](f, f.arg(i), arg); err != nil {
			f.done()
			return nil, fn.wrongArgument(i, arg, err)
		}
	}
	status := native.Call(fn.call, fn.context, uintptr(unsafe.Pointer(f.callMemory)))
	runtime.KeepAlive(args)
	runtime.KeepAlive(fn)
	if status != StatusOK {
		err := fn.takeFailure(status, f.err)
		f.done()
		return nil, err
	}
	results, err := fn.take(f)
	f.done()
	return results, err
}

func (fn *Function) takeFailure(status Status, failure uintptr) error {
	return withClasses(takeFailure(status, failure), fn.Classes)
}

// take lifts the results, and releases what the slots own.
func (fn *Function) take(f *callFrame) ([]any, error) {
	if slot := f.ret(0); fn.results == 1 {
		switch {
		case slot.Type == TypeInt64:
			return single(int64Word, int64(slot.Bits)), nil
		case slot.Type == TypeString8 && slot.Ownership != Transferred:
			return single(stringWord, copyString(slot.data(), slot.Length)), nil
		}
	}
	results := make([]any, fn.results)
	for i := range results {
		slot := f.ret(i)
		switch slot.Type {
		case TypeInt64:
			results[i] = int64(slot.Bits)
			continue
		case TypeNull:
			continue
		}
		value, err := takeValue(slot, fn.declared[i])
		if err != nil {
			for rest := i + 1; rest < fn.results; rest++ {
				f.ret(rest).release()
			}
			return nil, fn.failed(fmt.Errorf("result %d: %w", i+1, err))
		}
		results[i] = value
	}
	return results, nil
}

func (fn *Function) wrongCount(args []any) error {
	return &MetaFFIError{
		Kind: ErrorArgument, Language: language,
		Message: fmt.Sprintf("%s takes %d argument(s) %s, %d were given",
			fn.name, len(fn.params)-fn.first, fn.signature(), len(args)-fn.first),
	}
}

func (fn *Function) signature() string {
	names := make([]string, len(fn.params)-fn.first)
	for i, param := range fn.params[fn.first:] {
		names[i] = param.String()
	}
	return "(" + strings.Join(names, ", ") + ")"
}

func (fn *Function) wrongArgument(i int, arg any, err error) error {
	if _, missed := err.(typeMismatch); missed {
		err = fmt.Errorf("expected %s, got %s", fn.params[i], describeGo(arg))
	}
	return fn.failed(fmt.Errorf("argument %d: %w", i+1-fn.first, err))
}

// failed returns the error of a call that did not reach the other side, or
// whose results could not be lifted.
func (fn *Function) failed(err error) error {
	return &MetaFFIError{
		Kind: kindOf(err, ErrorArgument), Language: language,
		Message: fmt.Sprintf("%s: %v", fn.name, err),
	}
}

// describeGo names the type of an argument, for errors.
func describeGo(arg any) string {
	if handle, ok := arg.(MetaFFIHandle); ok {
		return handle.String()
	}
	if arg == nil {
		return "nil"
	}
	return fmt.Sprintf("%T", arg)
}
