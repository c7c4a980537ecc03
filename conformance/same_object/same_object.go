// Package same_object returns an object twice.
package same_object

import (
	"runtime"
	"sync/atomic"
)

// Thing is an object with an identity.
type Thing struct{ _ int64 }

// NewThing creates a Thing.
func NewThing() *Thing { return &Thing{} }

type holder struct{ thing any }

var kept atomic.Pointer[holder]

// Same returns its argument.
func Same(thing any) any { return thing }

// Keep stores its argument.
func Keep(thing any) { kept.Store(&holder{thing}) }

// Kept returns the value that was stored last.
func Kept() any { return kept.Load().thing }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
