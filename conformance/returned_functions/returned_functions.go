// Package returned_functions gives functions out.
package returned_functions

import (
	"errors"
	"runtime"
	"sync/atomic"
)

// MakeAdder gives a function that adds.
func MakeAdder(amount int64) func(int64) int64 {
	return func(value int64) int64 { return value + amount }
}

// MakeCounter gives a function that counts.
func MakeCounter() func() int64 {
	var count atomic.Int64
	return func() int64 { return count.Add(1) }
}

// MakeFailing gives a function that fails.
func MakeFailing(message string) func() error {
	return func() error { return errors.New(message) }
}

// MakeJoiner gives a function that joins.
func MakeJoiner(separator string) func(a, b string) string {
	return func(a, b string) string { return a + separator + b }
}

// Apply calls it.
func Apply(function func(int64) int64, value int64) int64 { return function(value) }

// Same gives it back.
func Same(function func() int64) func() int64 { return function }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
