// Package errors has errors of every kind.
package errors

import (
	"errors"
	"fmt"
)

// OwnError is the package's own error.
type OwnError struct{ Code int64 }

func (e *OwnError) Error() string { return fmt.Sprintf("code %d", e.Code) }

// Next shows that the process is still alive.
func Next() int64 { return 42 }

// FailWith fails with a message.
func FailWith(message string) (string, error) { return "", errors.New(message) }

// FailWithCause fails with a cause.
func FailWithCause() error { return fmt.Errorf("reading: %w", errors.New("no such line")) }

// FailInOwnWay fails with the package's own error.
func FailInOwnWay(code int64) error { return &OwnError{code} }

// Divide panics if b is 0.
func Divide(a, b int64) int64 { return a / b }

// Recurse calls itself endlessly; it is not called.
func Recurse(depth int64) int64 { return Recurse(depth+1) + 1 }

// Narrow takes eight bits.
func Narrow(value int8) int8 { return value }

// Greet greets.
func Greet(name string) string { return "Hello, " + name }
