package metaffi

import "github.com/MetaFFI/sdk/api/go/xcall"

// MetaFFIHandle is a reference to an object of another runtime. Passed back, or
// on to a third language, it is the same object. It is released when no copy of
// it is left, or by its method Release; passing it after that is an error.
type MetaFFIHandle = xcall.MetaFFIHandle

// MetaFFICallable is a function of another runtime. Its method Call takes and
// returns the same as a loaded entity. A Go func can be passed wherever a
// callable is declared.
type MetaFFICallable = xcall.MetaFFICallable

// MetaFFIError is the error of a failed call: errors.As finds it, Unwrap
// returns its cause.
type MetaFFIError = xcall.MetaFFIError

// Description describes a type of another language.
type Description = xcall.Description

// Described is a member of a type; each overload has its own.
type Described = xcall.Described

// ErrorKind says what went wrong.
type ErrorKind = xcall.Status

// The kinds of errors.
const (
	// ErrorArgument: wrong count, type or range of arguments.
	ErrorArgument = xcall.ErrorArgument
	// ErrorNotFound: no such runtime, module or entity.
	ErrorNotFound = xcall.ErrorNotFound
	// ErrorLoad: found, but cannot be loaded.
	ErrorLoad = xcall.ErrorLoad
	// ErrorSignature: declared types fit no candidate, or several.
	ErrorSignature = xcall.ErrorSignature
	// ErrorGuest: the guest's own exception or error result.
	ErrorGuest = xcall.ErrorGuest
	// ErrorPanic: the guest panicked.
	ErrorPanic = xcall.ErrorPanic
	// ErrorReleased: used after its runtime, or the handle, was released.
	ErrorReleased = xcall.ErrorReleased
	// ErrorABI: another ABI version.
	ErrorABI = xcall.ErrorABI
	// ErrorUnsupported: legal, but this runtime cannot do it.
	ErrorUnsupported = xcall.ErrorUnsupported
	// ErrorInternal: an error in MetaFFI itself; please report it.
	ErrorInternal = xcall.ErrorInternal
)

// Implement returns a Go value as an object that implements an interface of a
// guest: methods are funcs by the names that the guest uses for them. Passed
// back to Go, it is the original value. (Every other value has its methods
// under their Go names.)
func Implement(value any, methods map[string]any) (MetaFFIHandle, error) {
	if _, err := hub(); err != nil {
		return MetaFFIHandle{}, err
	}
	return xcall.NewImplementation(value, methods)
}

// LiveObjects counts the objects of a runtime that others hold; it is 0 if
// nothing leaks, or nothing was loaded. Objects of this program are those of
// "go".
func LiveObjects(runtimePlugin string) int64 {
	if hub, done := opened(); done {
		return hub.LiveObjects(runtimePlugin)
	}
	return 0
}
