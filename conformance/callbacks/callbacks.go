// Package callbacks calls functions.
package callbacks

import (
	"runtime"
	"strconv"
)

// CallAdd calls it.
func CallAdd(add func(a, b int64) int64, a, b int64) int64 { return add(a, b) }

// CallConcat calls it.
func CallConcat(concat func(a, b string) string, a, b string) string { return concat(a, b) }

// CallIdentity calls it.
func CallIdentity(identity func(any) any, value any) any { return identity(value) }

// CallOften calls it so often.
func CallOften(count func() int64, times int64) int64 {
	total := int64(0)
	for ; times > 0; times-- {
		total += count()
	}
	return total
}

// CallOnSameThread calls it.
func CallOnSameThread(ask func() bool) bool { return ask() }

// AddToAll calls it for each.
func AddToAll(add func(a, b int64) int64, values []int64, amount int64) []int64 {
	sums := make([]int64, len(values))
	for i, value := range values {
		sums[i] = add(value, amount)
	}
	return sums
}

// CallBoth calls one after the other.
func CallBoth(add func(a, b int64) int64, concat func(a, b string) string, a, b int64) string {
	return concat("sum: ", strconv.FormatInt(add(a, b), 10))
}

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
