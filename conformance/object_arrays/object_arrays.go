// Package object_arrays has arrays of objects.
package object_arrays

import "runtime"

// Counter has a value.
type Counter struct{ value int64 }

// Counters returns counters that start from 0.
func Counters(count int64) []*Counter {
	counters := make([]*Counter, count)
	for i := range counters {
		counters[i] = &Counter{int64(i)}
	}
	return counters
}

// Sum returns the sum of the counters.
func Sum(counters []*Counter) int64 {
	total := int64(0)
	for _, counter := range counters {
		total += counter.value
	}
	return total
}

// Echo returns its argument.
func Echo(things []any) []any { return things }

// EchoTable returns its argument.
func EchoTable(things [][]any) [][]any { return things }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
