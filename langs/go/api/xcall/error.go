//go:build go1.22

package xcall

import (
	"errors"
	"sync/atomic"
	"unsafe"
)

// MetaFFIError is an error of a guest, of its runtime, or of MetaFFI itself.
type MetaFFIError struct {
	// Kind says what went wrong.
	Kind Status
	// Message is the guest's message.
	Message string
	// TypeName is the guest's exception type, such as java.lang.ArithmeticException, or empty.
	TypeName string
	// Language is where it came from: openjdk, python3, go, …, or metaffi.
	Language string
	// Cause is what caused it, or nil. When the error began as a Go error of
	// this library, it is that one.
	Cause error
	// came is what it was lifted from; own is the Go error of this library that
	// it began as.
	came *came
	own  error
	// classes are those of the stubs through which it came.
	classes ErrorClasses
}

// ErrorClasses makes errors of classes that errors.As asks for: it sets target,
// or returns false.
type ErrorClasses func(err *MetaFFIError, target any) bool

// As finds the guest's exception as the class of its stubs, where it came
// through stubs; [errors.As] calls it.
func (e *MetaFFIError) As(target any) bool {
	return e.classes != nil && e.classes(e, target)
}

// withClasses tells an error and its causes of their classes.
func withClasses(err error, classes ErrorClasses) error {
	for failure, _ := err.(*MetaFFIError); failure != nil && classes != nil; {
		failure.classes = classes
		failure, _ = failure.Cause.(*MetaFFIError)
	}
	return err
}

// Error is the guest's type and message; of a panic the stack, too, as Go
// itself prints one.
func (e *MetaFFIError) Error() string {
	text := e.Message
	if e.TypeName != "" {
		text = e.TypeName + ": " + text
	}
	if e.Kind == ErrorPanic {
		if stack := e.StackTrace(); stack != "" {
			text += "\n\n" + stack
		}
	}
	return text
}

// Unwrap is the cause.
func (e *MetaFFIError) Unwrap() error { return e.Cause }

// StackTrace is the guest's own text, or empty. The guest is asked when somebody
// looks first; one that cannot be asked any more has none.
func (e *MetaFFIError) StackTrace() string {
	if e.came == nil {
		return ""
	}
	return e.came.stackTrace()
}

// Original is the guest's exception object, which can be passed to entities;
// the handle is null where there is none.
func (e *MetaFFIError) Original() MetaFFIHandle {
	if e.came == nil {
		return MetaFFIHandle{}
	}
	return e.came.original()
}

// errReleasedHandle is told to whoever passes a released handle on.
func errReleasedHandle() error {
	return &fault{kind: ErrorReleased, message: "this handle was released; get the object again"}
}

// takeFailure lifts the error of a call that failed, and releases it.
func takeFailure(status Status, failure uintptr) error {
	if failure == 0 {
		return &MetaFFIError{Kind: status, Language: "metaffi", Message: "the call failed, and nothing says why"}
	}
	raw := (*cError)(pointer(failure))
	if raw.isAllTold() {
		err := raw.lift(maxCauses, nil, nil)
		native.DropError(pointer(failure))
		return err
	}
	return raw.lift(maxCauses, nil, raw.kept())
}

// TakeFailure is takeFailure for errors that functions of the hub transfer.
func TakeFailure(status Status, failure unsafe.Pointer) error {
	return takeFailure(status, uintptr(failure))
}

// lift gives what the error says at once. The rest is read of it when somebody
// looks: came is nil where there is none, and kept what the error belongs to.
func (e *cError) lift(depth int, of *reference, kept *came) *MetaFFIError {
	lifted := &MetaFFIError{
		Kind: e.kind, Message: e.message.lift(), TypeName: e.typeName.lift(),
		Language: e.language.liftAgain(), came: kept,
	}
	if e.cause != 0 && depth > 0 {
		cause := (*cError)(pointer(e.cause))
		var within *came
		if kept != nil && !cause.isAllTold() {
			within = &came{raw: cause, of: of, outer: kept}
		}
		lifted.Cause = cause.lift(depth-1, of, within)
	}
	if object := e.object(); object != nil && object.Owner == native.Owner {
		if own, ok := objects.get(object).value.(error); ok {
			lifted.Cause, lifted.own = own, own
		}
	}
	return lifted
}

// lastLanguage is a text that comes again and again.
var lastLanguage atomic.Pointer[string]

// liftAgain is lift for a text that likely came before.
func (t Text) liftAgain() string {
	last := lastLanguage.Load()
	if last != nil && t.Length == uint64(len(*last)) &&
		unsafe.String((*byte)(pointer(t.Data)), int(t.Length)) == *last {
		return *last
	}
	text := t.lift()
	lastLanguage.Store(&text)
	return text
}

func (t Text) lift() string {
	if t.Length == 0 {
		return ""
	}
	return copyString(pointer(t.Data), t.Length)
}

// foreignIn is the error of another runtime that err is, or wraps; nil when
// there is none, or several are joined.
func foreignIn(err error) *MetaFFIError {
	for depth := 0; err != nil && depth < maxCauses; depth++ {
		if foreign, ok := err.(*MetaFFIError); ok {
			return foreign
		}
		err = errors.Unwrap(err)
	}
	return nil
}

// originalOf is the object that goes home with an error: of one that came from
// another runtime the exception there, whatever it was wrapped in.
func originalOf(err error) (*Object, error) {
	foreign := foreignIn(err)
	switch {
	case foreign == nil:
		return ObjectOf(err)
	case foreign.own != nil:
		return ObjectOf(foreign.own)
	}
	return foreign.Original().retained()
}
