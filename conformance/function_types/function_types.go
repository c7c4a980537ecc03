// Package function_types has types of functions.
package function_types

import "runtime"

// Transform is a named func type.
type Transform func(a, b int64) int64

// Joiner is a named func type with a method.
type Joiner func(a, b string) string

// Both joins one way and the other.
func (j Joiner) Both(a, b string) string { return j(a, b) + ", " + j(b, a) }

// ApplyTransform calls it.
func ApplyTransform(transform Transform, a, b int64) int64 { return transform(a, b) }

// CallSupplier calls it.
func CallSupplier(supplier func() any) any { return supplier() }

// CallOwn calls it.
func CallOwn(joiner Joiner, a, b string) string { return joiner(a, b) }

// HasMore calls its method.
func HasMore(joiner Joiner, a, b string) string { return joiner.Both(a, b) }

// Run calls it, and heeds no result.
func Run(task func()) bool {
	task()
	return true
}

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
