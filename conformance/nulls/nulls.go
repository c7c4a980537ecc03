// Package nulls has null values.
package nulls

import "runtime"

// EchoNull returns its argument.
func EchoNull(value any) any { return value }

// EchoHandle returns its argument.
func EchoHandle(value any) any { return value }

// EchoAny returns its argument.
func EchoAny(value any) any { return value }

// IsNull reports whether its argument is nil.
func IsNull(value any) bool { return value == nil }

// IsNoFunction reports whether its argument is nil.
func IsNoFunction(function func() int64) bool { return function == nil }

// NoFunction returns nil.
func NoFunction() func() int64 { return nil }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
