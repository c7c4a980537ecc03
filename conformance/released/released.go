// Package released is used after the runtime has been released.
package released

import (
	"errors"
	"runtime"
)

// Thing has a number.
type Thing struct{ number int64 }

// NewThing creates a Thing.
func NewThing(number int64) *Thing { return &Thing{number} }

// Number returns its number.
func (t *Thing) Number() int64 { return t.number }

// Add adds.
func Add(a, b int64) int64 { return a + b }

// Subtract subtracts.
func Subtract(a, b int64) int64 { return a - b }

// MakeAdder returns a function that adds.
func MakeAdder(amount int64) func(int64) int64 {
	return func(value int64) int64 { return value + amount }
}

var kept func(a, b int64) int64

// Keep stores its argument.
func Keep(function func(a, b int64) int64) { kept = function }

// LetGo forgets the stored function.
func LetGo() { kept = nil }

// CallKept calls the function that was stored last.
func CallKept(a, b int64) int64 { return kept(a, b) }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }

// FailWith fails with a message.
func FailWith(message string) error { return errors.New(message) }
