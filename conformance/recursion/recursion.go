// Package recursion calls itself.
package recursion

import "runtime"

// Deep calls itself that many times.
func Deep(levels int64) int64 {
	if levels == 0 {
		return 0
	}
	return Deep(levels-1) + 1
}

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
