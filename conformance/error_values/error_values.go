// Package error_values passes errors as values.
package error_values

import "runtime"

// Broken is an error of the package's own.
type Broken struct{ message string }

func (b *Broken) Error() string { return b.message }

var kept error

// DescribeBy calls with an error.
func DescribeBy(f func(error) string, message string) string { return f(&Broken{message}) }

// ComesHome reports whether the same error comes back.
func ComesHome(f func(any) any, message string) bool {
	broken := &Broken{message}
	return f(broken) == any(broken)
}

// ListComesHome says so of one in a list.
func ListComesHome(f func(any) any, message string) bool {
	broken := &Broken{message}
	return f([]any{broken, 1}).([]any)[0] == any(broken)
}

// Keep makes an error.
func Keep(message string) any {
	kept = &Broken{message}
	return kept
}

// IsKept reports whether it is the one that was made.
func IsKept(err any) bool { return err == any(kept) }

// IsKeptObject says so, too.
func IsKeptObject(err error) bool { return err == kept }

// TextOf returns the text of an error.
func TextOf(err error) string { return err.Error() }

// PassBack returns what came.
func PassBack(err any) any { return err }

// FailWith fails.
func FailWith(err error) error { return err }

// Forget lets go.
func Forget() { kept = nil }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
