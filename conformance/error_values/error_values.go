// Package error_values passes errors as values.
package error_values

import "runtime"

// Broken is the package's own error.
type Broken struct{ message string }

func (b *Broken) Error() string { return b.message }

var kept error

// DescribeBy calls a function with an error.
func DescribeBy(f func(error) string, message string) string { return f(&Broken{message}) }

// ComesBack reports whether the same error comes back.
func ComesBack(f func(any) any, message string) bool {
	broken := &Broken{message}
	return f(broken) == any(broken)
}

// ListComesBack does the same for an error in a list.
func ListComesBack(f func(any) any, message string) bool {
	broken := &Broken{message}
	return f([]any{broken, 1}).([]any)[0] == any(broken)
}

// Keep creates and stores an error.
func Keep(message string) any {
	kept = &Broken{message}
	return kept
}

// IsKept reports whether its argument is the stored error.
func IsKept(err any) bool { return err == any(kept) }

// IsKeptObject does the same.
func IsKeptObject(err error) bool { return err == kept }

// TextOf returns the text of an error.
func TextOf(err error) string { return err.Error() }

// PassBack returns its argument.
func PassBack(err any) any { return err }

// FailWith fails with a message.
func FailWith(err error) error { return err }

// Forget forgets the stored error.
func Forget() { kept = nil }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
