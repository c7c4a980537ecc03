// Package faults causes faults that are reported by signals.
package faults

import "runtime"

type box struct{ number int64 }

// Fail dereferences nil, which Go detects by a signal.
func Fail() int64 {
	var nowhere *box
	return nowhere.number
}

// TakeSignals does nothing.
func TakeSignals() {}

// GiveSignals does nothing.
func GiveSignals() {}

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
