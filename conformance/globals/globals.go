// Package globals has variables and a constant.
package globals

import "runtime"

// Limit stays.
const Limit = 7

var (
	// Counter counts.
	Counter int64
	// Names are some.
	Names = []string{"a", "b"}
	// Current is anything.
	Current any
)

// NextCounter counts on.
func NextCounter() int64 {
	Counter++
	return Counter
}

// Collect collects.
func Collect() { runtime.GC() }
