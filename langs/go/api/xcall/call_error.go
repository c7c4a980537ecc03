//go:build go1.22

package xcall

import (
	"errors"
	"fmt"
	"reflect"
)

// language is the language that every error of this package names.
const language = "go"

// callError is an error with a kind of its own.
type callError struct {
	kind    Status
	message string
	cause   error
}

func (f *callError) Error() string { return f.message }
func (f *callError) Unwrap() error { return f.cause }

// errorf is fmt.Errorf with a kind.
func errorf(kind Status, format string, args ...any) *callError {
	err := fmt.Errorf(format, args...)
	return &callError{kind: kind, message: err.Error(), cause: errors.Unwrap(err)}
}

// unsupported is something that the ABI defines, and this package does not
// support.
type unsupported struct {
	what string
}

func (u *unsupported) Error() string { return u.what + " is not supported by Go yet" }

// argumentError ends a call with an argument that does not fit.
type argumentError struct {
	index int
	err   error
}

// resultError ends a call with a result that cannot be returned.
type resultError struct {
	index int
	err   error
}

var errInvalidText = errors.New("the string is not valid UTF-8; use a []byte instead")

func mismatch[T any](v *Value) error {
	return fmt.Errorf("expected %s, got %s", goName[T](), v.describe())
}

func outOfRange[T number](v *Value) error {
	number := fmt.Sprint(anyInteger(v))
	if v.Type&(TypeFloat32|TypeFloat64) != 0 {
		number = fmt.Sprint(v.float())
	}
	return fmt.Errorf("%s is out of range of %s", number, goName[T]())
}

// goName returns the type as Go writes it, without the package `main`.
func goName[T any]() string {
	of := reflect.TypeFor[T]()
	if of == reflect.TypeFor[any]() {
		return "any"
	}
	return of.String()
}

// kindOf returns the kind of an error that is reported by this package.
func kindOf(err error, otherwise Status) Status {
	var own *callError
	var missing *unsupported
	switch {
	case errors.As(err, &own):
		return own.kind
	case errors.As(err, &missing):
		return ErrorUnsupported
	}
	return otherwise
}
