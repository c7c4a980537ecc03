// Package errors has errors of every kind.
package errors

import (
	"errors"
	"fmt"
)

// OwnError is an error of the package's own.
type OwnError struct{ Code int64 }

func (e *OwnError) Error() string { return fmt.Sprintf("code %d", e.Code) }

// Next shows that the process lives.
func Next() int64 { return 42 }

// FailWith fails.
func FailWith(message string) (string, error) { return "", errors.New(message) }

// FailWithCause fails for a reason.
func FailWithCause() error { return fmt.Errorf("reading: %w", errors.New("no such line")) }

// FailInOwnWay fails with an error of its own.
func FailInOwnWay(code int64) error { return &OwnError{code} }

// Divide panics for 0.
func Divide(a, b int64) int64 { return a / b }

// Recurse is not called.
func Recurse(depth int64) int64 { return Recurse(depth+1) + 1 }

// Narrow takes eight bits.
func Narrow(value int8) int8 { return value }

// Greet greets.
func Greet(name string) string { return "Hello, " + name }
