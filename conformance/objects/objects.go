// Package objects has objects.
package objects

import (
	"runtime"
	"sync/atomic"
)

// Counter counts.
type Counter struct{ Value int64 }

// NewCounter starts a counter.
func NewCounter(value int64) *Counter { return &Counter{value} }

// Add adds.
func (c *Counter) Add(amount int64) int64 {
	c.Value += amount
	return c.Value
}

// Box holds anything.
type Box struct{ content any }

// NewBox makes a box.
func NewBox(content any) *Box { return &Box{content} }

// Open returns the content.
func (b *Box) Open() any { return b.content }

type holder struct{ thing any }

var kept atomic.Pointer[holder]

// Same returns its argument.
func Same(thing any) any { return thing }

// SameAny returns its argument.
func SameAny(thing any) any { return thing }

// Keep stores its argument.
func Keep(thing any) { kept.Store(&holder{thing}) }

// Kept returns the value that was stored last.
func Kept() any { return kept.Load().thing }

// IsCounter reports whether its argument is a Counter.
func IsCounter(thing any) bool {
	_, is := thing.(*Counter)
	return is
}

// Nothing returns nil.
func Nothing() any { return nil }

// IsNothing reports whether its argument is nil.
func IsNothing(thing any) bool { return thing == nil }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
