package metaffi

import "github.com/MetaFFI/sdk/api/go/xcall"

// MetaFFIHandle is a reference to an object of another runtime. It goes home,
// or to a third language, as the same object. It is released when no copy of
// it is left, or by its method Release; an argument after that is an error.
type MetaFFIHandle = xcall.MetaFFIHandle

// MetaFFICallable is a function of another runtime. Its method Call takes and
// returns what a loaded entity does; a Go func goes wherever one is declared.
type MetaFFICallable = xcall.MetaFFICallable

// MetaFFIError is what fails with: errors.As finds it, Unwrap is its cause.
type MetaFFIError = xcall.MetaFFIError

// Description is what there is of a type of another language.
type Description = xcall.Description

// Described is a member of a type, once for each overload.
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
	// ErrorInternal: a fault of MetaFFI itself; please report.
	ErrorInternal = xcall.ErrorInternal
)

// Implement is a Go value as an object that implements an interface of a guest:
// methods are funcs by the names that the guest has for them. Where it comes
// home it is the value. (Every other value has its methods by its own names.)
func Implement(value any, methods map[string]any) (MetaFFIHandle, error) {
	if _, err := hub(); err != nil {
		return MetaFFIHandle{}, err
	}
	return xcall.NewImplementation(value, methods)
}

// LiveObjects counts the objects of a runtime that others hold; 0 when nothing
// leaks, or nothing was loaded. Objects of this program are those of "go".
func LiveObjects(runtimePlugin string) int64 {
	if hub, done := opened(); done {
		return hub.LiveObjects(runtimePlugin)
	}
	return 0
}
