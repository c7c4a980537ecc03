// Package callbacks_failing calls functions that fail.
package callbacks_failing

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
)

// LetFail passes the error on.
func LetFail(fail func(string) (string, error), message string) (string, error) {
	return fail(message)
}

// LetFailDeep passes the error on from further down.
func LetFailDeep(fail func(string) (string, error), message string) (said string, err error) {
	defer func() { said += "" }()
	func() { said, err = LetFail(fail, message) }()
	return said, err
}

// Catch handles the error.
func Catch(fail func(string) (string, error), message string) string {
	said, err := fail(message)
	switch {
	case err == nil:
		return said
	case strings.Contains(err.Error(), message):
		return "it failed"
	}
	return err.Error()
}

// Wrap wraps the error.
func Wrap(fail func(string) (string, error), message string) (string, error) {
	said, err := fail(message)
	if err != nil {
		return "", fmt.Errorf("wrapped: %w", err)
	}
	return said, nil
}

// WrapTwice wraps the error twice.
func WrapTwice(fail func(string) (string, error), message string) (string, error) {
	said, err := Wrap(fail, message)
	if err != nil {
		return "", fmt.Errorf("again: %w", err)
	}
	return said, nil
}

// LetFailPlain calls a function whose type has no error.
func LetFailPlain(fail func(string) string, message string) string { return fail(message) }

// LetFailOnThread passes the error on from a goroutine.
func LetFailOnThread(fail func(string) (string, error), message string) (said string, err error) {
	done := make(chan bool)
	go func() {
		said, err = fail(message)
		close(done)
	}()
	<-done
	return said, err
}

var kept error

// KeepError stores the error for later.
func KeepError(fail func(string) (string, error), message string) {
	kept = nil
	if fail != nil {
		_, kept = fail(message)
	}
}

// RaiseKept fails with the stored error.
func RaiseKept() error { return kept }

// Passing returns a function that passes the error on.
func Passing(fail func(string) (string, error)) func(string) (string, error) {
	return func(message string) (string, error) { return fail(message) }
}

// Failing returns a function that fails.
func Failing(message string) func(string) (string, error) {
	return func(string) (string, error) { return "", errors.New(message) }
}

// CallAdd calls a function.
func CallAdd(add func(a, b int64) int64, a, b int64) int64 { return add(a, b) }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
