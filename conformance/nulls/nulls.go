// Package nulls has nothing.
package nulls

import "runtime"

// EchoNull gives it back.
func EchoNull(value any) any { return value }

// EchoHandle gives it back.
func EchoHandle(value any) any { return value }

// EchoAny gives it back.
func EchoAny(value any) any { return value }

// IsNull says whether it is nothing.
func IsNull(value any) bool { return value == nil }

// IsNoFunction says whether it is nothing.
func IsNoFunction(function func() int64) bool { return function == nil }

// NoFunction is nothing.
func NoFunction() func() int64 { return nil }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
