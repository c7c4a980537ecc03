//go:build go1.22

package xcall

import (
	"errors"
	"sync/atomic"
	"unsafe"
)

// MetaFFIError is an error of a guest, of its runtime, or of MetaFFI itself.
type MetaFFIError struct {
	// Kind is the kind of error.
	Kind Status
	// Message is the guest's message.
	Message string
	// TypeName is the guest's exception type, such as java.lang.ArithmeticException, or empty.
	TypeName string
	// Language is the language that it comes from: openjdk, python3, go, …, or
	// metaffi.
	Language string
	// Cause is what caused it, or nil. If the error began as a Go error of this
	// library, it is that error.
	Cause error
	// errorMemory is the error in C's memory that it was lifted from; own is the Go
	// error of this library that it began as.
	errorMemory *errorMemory
	own         error
	// classes are the classes of the stubs through which it was returned.
	classes ErrorClasses
}

// ErrorClasses creates errors of the classes that errors.As looks for: it sets
// target, or returns false.
type ErrorClasses func(err *MetaFFIError, target any) bool

// As finds the guest's exception as the class of its stubs, if it was returned
// through stubs; [errors.As] calls it.
func (e *MetaFFIError) As(target any) bool {
	return e.classes != nil && e.classes(e, target)
}

// withClasses sets the classes of an error and its causes.
func withClasses(err error, classes ErrorClasses) error {
	for failure, _ := err.(*MetaFFIError); failure != nil && classes != nil; {
		failure.classes = classes
		failure, _ = failure.Cause.(*MetaFFIError)
	}
	return err
}

// Error returns the guest's type and message; for a panic also the stack, as Go
// itself prints it.
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

// Unwrap returns the cause.
func (e *MetaFFIError) Unwrap() error { return e.Cause }

// StackTrace returns the guest's own text, or an empty string. The guest is
// asked when it is first called; if it no longer can be, there is no stack
// trace.
func (e *MetaFFIError) StackTrace() string {
	if e.errorMemory == nil {
		return ""
	}
	return e.errorMemory.stackTrace()
}

// Original returns the guest's exception object, which can be passed to
// entities; the handle is null if there is none.
func (e *MetaFFIError) Original() MetaFFIHandle {
	if e.errorMemory == nil {
		return MetaFFIHandle{}
	}
	return e.errorMemory.original()
}

// errReleasedHandle returns the error of passing a released handle.
func errReleasedHandle() error {
	return &callError{kind: ErrorReleased, message: "this handle was released; get the object again"}
}

// takeFailure lifts the error of a call that failed, and releases it.
func takeFailure(status Status, failure uintptr) error {
	if failure == 0 {
		return &MetaFFIError{Kind: status, Language: "metaffi", Message: "the call failed without an error message"}
	}
	raw := (*cError)(pointer(failure))
	if raw.isComplete() {
		err := raw.lift(maxCauses, nil, nil)
		native.DropError(pointer(failure))
		return err
	}
	return raw.lift(maxCauses, nil, raw.owned())
}

// TakeFailure is takeFailure for errors that functions of the hub transfer.
func TakeFailure(status Status, failure unsafe.Pointer) error {
	return takeFailure(status, uintptr(failure))
}

// lift returns what the error contains at once. The rest is read when it is
// needed: the memory is nil if there is no more
// belongs to.
func (e *cError) lift(depth int, of *reference, memory *errorMemory) *MetaFFIError {
	lifted := &MetaFFIError{
		Kind: e.kind, Message: e.message.lift(), TypeName: e.typeName.lift(),
		Language: e.language.liftAgain(), errorMemory: memory,
	}
	if e.cause != 0 && depth > 0 {
		cause := (*cError)(pointer(e.cause))
		var within *errorMemory
		if memory != nil && !cause.isComplete() {
			within = &errorMemory{raw: cause, of: of, outer: memory}
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

// lastLanguage is the last text lifted; the same one is likely to follow.
var lastLanguage atomic.Pointer[string]

// liftAgain is lift for a text that was probably lifted before.
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

// foreignIn returns the error of another runtime that err is, or wraps; it
// returns nil if there is none, or several are joined.
func foreignIn(err error) *MetaFFIError {
	for depth := 0; err != nil && depth < maxCauses; depth++ {
		if foreign, ok := err.(*MetaFFIError); ok {
			return foreign
		}
		err = errors.Unwrap(err)
	}
	return nil
}

// originalOf returns the object that is passed back with an error: for one from
// another runtime, the exception there, no matter what wraps it.
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
