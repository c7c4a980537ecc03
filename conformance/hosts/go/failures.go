package main

import (
	"errors"
	"fmt"
	"strings"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

var kinds = map[metaffi.ErrorKind]string{
	metaffi.ErrorArgument:    "argument",
	metaffi.ErrorNotFound:    "not_found",
	metaffi.ErrorLoad:        "load",
	metaffi.ErrorSignature:   "signature",
	metaffi.ErrorGuest:       "guest",
	metaffi.ErrorPanic:       "panic",
	metaffi.ErrorReleased:    "released",
	metaffi.ErrorABI:         "abi",
	metaffi.ErrorUnsupported: "unsupported",
	metaffi.ErrorInternal:    "internal",
}

// check compares an error with fails of a step.
func (expected failing) check(err error) error {
	if expected.Original != "" {
		if raised := lastFailure(); raised == nil || !errors.Is(err, raised) {
			return fmt.Errorf("it is not the error that the function raised: %#v", err)
		}
		return nil
	}
	var actual *metaffi.MetaFFIError
	if !errors.As(err, &actual) {
		return fmt.Errorf("it is not a MetaFFIError: %#v", err)
	}
	equal := []struct{ what, expected, actual string }{
		{"kind", expected.Kind, kinds[actual.Kind]},
		{"language", expected.Language, actual.Language},
		{"type", expected.Type, actual.TypeName},
	}
	for _, field := range equal {
		if field.expected != "" && field.expected != field.actual {
			return fmt.Errorf("its %s is %q: %#v", field.what, field.actual, actual)
		}
	}
	if err := errors.Join(expected.Message.in(actual.Error()), expected.Stack.in(actual.StackTrace())); err != nil {
		return err
	}
	if expected.Cause == nil {
		return nil
	}
	return expected.Cause.check(actual.Unwrap())
}

func (t texts) in(whole string) error {
	for _, text := range t {
		if !strings.Contains(whole, text) {
			return fmt.Errorf("%q is not in %q", text, whole)
		}
	}
	return nil
}
