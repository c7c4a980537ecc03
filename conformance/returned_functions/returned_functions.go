// Package returned_functions returns functions.
package returned_functions

import (
	"errors"
	"runtime"
	"sync/atomic"
	"unsafe"
)

// MakeAdder returns a function that adds.
func MakeAdder(amount int64) func(int64) int64 {
	return func(value int64) int64 { return value + amount }
}

// MakeCounter returns a function that counts.
func MakeCounter() func() int64 {
	var count atomic.Int64
	return func() int64 { return count.Add(1) }
}

// MakeFailing returns a function that fails.
func MakeFailing(message string) func() error {
	return func() error { return errors.New(message) }
}

// MakeJoiner returns a function that joins.
func MakeJoiner(separator string) func(a, b string) string {
	return func(a, b string) string { return a + separator + b }
}

// Apply calls a function.
func Apply(function func(int64) int64, value int64) int64 { return function(value) }

type total struct{ total int64 }

func (t *total) add(value int64) int64 {
	t.total += value
	return t.total
}

// MakeBound returns a method.
func MakeBound(start int64) func(int64) int64 { return (&total{start}).add }

// MakeMaker returns a function that returns functions.
func MakeMaker() func(int64) func(int64) int64 { return MakeAdder }

// ApplyAll calls each function with the result of the one before.
func ApplyAll(functions []func(int64) int64, value int64) int64 {
	for _, function := range functions {
		value = function(value)
	}
	return value
}

var kept func(int64) int64

// Keep stores its argument.
func Keep(function func(int64) int64) { kept = function }

// IsKept reports whether its argument is the stored function.
func IsKept(function func(int64) int64) bool { return identity(function) == identity(kept) }

// identity returns the address of the closure of a function.
func identity(function func(int64) int64) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&function))
}

// Bounce is passed back and forth.
func Bounce(times int64) int64 {
	if times == 0 {
		return 0
	}
	return kept(times-1) + 1
}

// Bouncer returns Bounce.
func Bouncer() func(int64) int64 { return Bounce }

// SameAny returns its argument.
func SameAny(value any) any { return value }

// Same returns its argument.
func Same(function func() int64) func() int64 { return function }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
