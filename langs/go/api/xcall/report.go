//go:build go1.22

package xcall

import (
	"errors"
	"reflect"
	"unsafe"
)

// report is an error that is about to be passed to C.
type report struct {
	kind       Status
	message    string
	language   string
	typeName   string
	stackTrace string
	cause      error
	original   error
}

// Causes are passed to this depth: a chain that contains itself must end.
const maxCauses = 32

// reportOf describes an error that Go returned. One of another language is
// passed on unchanged.
func reportOf(err error) report {
	switch err := err.(type) {
	case *MetaFFIError:
		return report{
			kind: err.Kind, message: err.Message, language: err.Language, typeName: err.TypeName,
			stackTrace: err.StackTrace(), cause: err.Cause, original: err,
		}
	case *callError:
		return report{kind: err.kind, message: err.message, cause: err.cause}
	}
	return report{
		kind:     ErrorGuest,
		message:  err.Error(),
		typeName: reflect.TypeOf(err).String(),
		cause:    unwrap(err),
		original: err,
	}
}

// unwrap returns the cause of an error; of several, the first.
func unwrap(err error) error {
	if cause := errors.Unwrap(err); cause != nil {
		return cause
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok && len(joined.Unwrap()) > 0 {
		return joined.Unwrap()[0]
	}
	return nil
}

// fail puts the report into the frame.
func (f *Frame) fail(r report) Status {
	f.err = uintptr(unsafe.Pointer(r.lower(maxCauses)))
	return r.kind
}

// lower puts the report into C's memory: the struct, followed by the texts. It
// returns nil if memory is exhausted; the status alone is then what the caller
// gets.
func (r report) lower(depth int) *cError {
	if r.language == "" {
		r.language = language
	}
	texts := [...]string{r.message, r.language, r.typeName, r.stackTrace}
	size := 0
	for _, text := range texts {
		size += len(text)
	}
	made, err := allocate[cError](uintptr(size))
	if err != nil {
		return nil
	}
	end := unsafe.Add(unsafe.Pointer(made), unsafe.Sizeof(*made))
	*made = cError{
		structSize: uint32(unsafe.Sizeof(*made)), kind: r.kind, release: native.ReleaseError,
	}
	for i, text := range []*Text{&made.message, &made.language, &made.typeName, &made.stackTrace} {
		end = placeText(text, texts[i], end)
	}
	if r.cause != nil && depth > 0 {
		made.cause = uintptr(unsafe.Pointer(reportOf(r.cause).lower(depth - 1)))
	}
	if object, err := originalOf(r.original); err == nil {
		made.original = uintptr(unsafe.Pointer(object))
	}
	return made
}

func placeText(text *Text, from string, at unsafe.Pointer) unsafe.Pointer {
	copyBytes(at, unsafe.Pointer(unsafe.StringData(from)), uintptr(len(from)))
	*text = Text{Data: uintptr(at), Length: uint64(len(from))}
	return unsafe.Add(at, len(from))
}
