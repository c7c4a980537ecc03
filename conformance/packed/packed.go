// Package packed has packed arrays.
package packed

import "runtime"

// EchoFloat64s returns its argument.
func EchoFloat64s(values []float64) []float64 { return values }

// EchoFloat32s returns its argument.
func EchoFloat32s(values []float32) []float32 { return values }

// EchoInt64s returns its argument.
func EchoInt64s(values []int64) []int64 { return values }

// EchoInt32s returns its argument.
func EchoInt32s(values []int32) []int32 { return values }

// EchoInt16s returns its argument.
func EchoInt16s(values []int16) []int16 { return values }

// EchoInt8s returns its argument.
func EchoInt8s(values []int8) []int8 { return values }

// EchoUint8s returns its argument.
func EchoUint8s(values []uint8) []uint8 { return values }

// EchoUint16s returns its argument.
func EchoUint16s(values []uint16) []uint16 { return values }

// EchoUint32s returns its argument.
func EchoUint32s(values []uint32) []uint32 { return values }

// EchoUint64s returns its argument.
func EchoUint64s(values []uint64) []uint64 { return values }

// EchoBools returns its argument.
func EchoBools(values []bool) []bool { return values }

// Sum adds up the values.
func Sum(values []float64) float64 {
	total := 0.0
	for _, value := range values {
		total += value
	}
	return total
}

// Range returns the numbers from 0.
func Range(count int64) []int64 {
	values := make([]int64, count)
	for i := range values {
		values[i] = int64(i)
	}
	return values
}

// Last returns the last value.
func Last(values []int64) int64 { return values[len(values)-1] }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
