// Package lifetimes has objects that others hold.
package lifetimes

import (
	"runtime"
	"sync/atomic"
)

// Thing has a number.
type Thing struct{ number int64 }

// NewThing creates a Thing.
func NewThing(number int64) *Thing { return &Thing{number} }

// Number returns its number.
func (t *Thing) Number() int64 { return t.number }

type holder struct{ thing any }

var kept atomic.Pointer[holder]

// Things returns Things numbered from 0.
func Things(count int64) []*Thing {
	things := make([]*Thing, count)
	for i := range things {
		things[i] = NewThing(int64(i))
	}
	return things
}

// Keep stores its argument.
func Keep(thing any) { kept.Store(&holder{thing}) }

// Kept returns the value that was stored last.
func Kept() any { return kept.Load().thing }

// Same returns its argument.
func Same(thing any) any { return thing }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
