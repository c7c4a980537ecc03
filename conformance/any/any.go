// Package any has values of any type.
package any

import (
	"fmt"
	"runtime"
)

// Echo returns its argument.
func Echo(value interface{}) interface{} { return value }

// EchoList returns its argument.
func EchoList(values []interface{}) []interface{} { return values }

// Count returns the number of values.
func Count(values []interface{}) int64 { return int64(len(values)) }

// Mixed returns values of several types.
func Mixed() []interface{} {
	return []interface{}{nil, true, int64(42), 0.5, "text", []int64{1, 2}}
}

// Kind returns the name of the type of its argument.
func Kind(value interface{}) string { return fmt.Sprintf("%T", value) }

// Number is 42.
func Number() interface{} { return int64(42) }

// Text returns a text.
func Text() interface{} { return "text" }

// Flag is true.
func Flag() interface{} { return true }

// Numbers returns three numbers.
func Numbers() interface{} { return []int64{1, 2, 3} }

// None returns nil.
func None() interface{} { return nil }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
