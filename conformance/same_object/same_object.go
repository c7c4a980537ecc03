// Package same_object gives an object out twice.
package same_object

import (
	"runtime"
	"sync/atomic"
)

// Thing is itself.
type Thing struct{ _ int64 }

// NewThing makes one.
func NewThing() *Thing { return &Thing{} }

type holder struct{ thing any }

var kept atomic.Pointer[holder]

// Same returns its argument.
func Same(thing any) any { return thing }

// Keep keeps it.
func Keep(thing any) { kept.Store(&holder{thing}) }

// Kept returns what was kept last.
func Kept() any { return kept.Load().thing }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
