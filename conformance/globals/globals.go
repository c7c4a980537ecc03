// Package globals has variables and a constant.
package globals

import "runtime"

// Limit is a constant.
const Limit = 7

var (
	// Counter counts.
	Counter int64
	// Names are some names.
	Names = []string{"a", "b"}
	// Current is any value.
	Current any
)

// NextCounter increments the counter.
func NextCounter() int64 {
	Counter++
	return Counter
}

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
