// Package callbacks_failing calls functions that fail.
package callbacks_failing

import (
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

// Catch heeds the error.
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

// Wrap adds to the error.
func Wrap(fail func(string) (string, error), message string) (string, error) {
	said, err := fail(message)
	if err != nil {
		return "", fmt.Errorf("wrapped: %w", err)
	}
	return said, nil
}

// CallAdd calls it.
func CallAdd(add func(a, b int64) int64, a, b int64) int64 { return add(a, b) }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
