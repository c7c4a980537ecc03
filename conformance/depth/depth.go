// Package depth has values nested deeply, and values that contain themselves.
package depth

import (
	"reflect"
	"runtime"
)

// Nested returns that many nested slices.
func Nested(depth int64) any {
	value := []any{}
	for range depth - 1 {
		value = []any{value}
	}
	return value
}

// Cycle returns a slice that contains itself.
func Cycle() any {
	value := make([]any, 1)
	value[0] = value
	return value
}

// Ring returns a slice that contains a slice which contains it.
func Ring() any {
	first := make([]any, 1)
	first[0] = []any{first}
	return first
}

// Depth returns how deeply slices are nested.
func Depth(value any) int64 {
	found := int64(0)
	for of := reflect.ValueOf(value); of.Kind() == reflect.Slice; {
		found++
		if of.Len() == 0 {
			break
		}
		of = of.Index(0)
		if of.Kind() == reflect.Interface {
			of = of.Elem()
		}
	}
	return found
}

// Through returns how deeply the result of the function is nested.
func Through(function func(any) any, levels int64) int64 {
	return Depth(function(Nested(levels)))
}

// CycleThrough passes a slice that contains itself.
func CycleThrough(function func(any) any) any { return function(Cycle()) }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
