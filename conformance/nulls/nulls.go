// Package nulls has nothing.
package nulls

import "runtime"

// EchoNull returns its argument.
func EchoNull(value any) any { return value }

// EchoHandle returns its argument.
func EchoHandle(value any) any { return value }

// EchoAny returns its argument.
func EchoAny(value any) any { return value }

// IsNull reports whether it is nothing.
func IsNull(value any) bool { return value == nil }

// IsNoFunction reports whether it is nothing.
func IsNoFunction(function func() int64) bool { return function == nil }

// NoFunction is nothing.
func NoFunction() func() int64 { return nil }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
