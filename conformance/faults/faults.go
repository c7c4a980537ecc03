// Package faults needs the signals of faults.
package faults

import "runtime"

type box struct{ number int64 }

// Fail follows nil, which is a signal to Go.
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
