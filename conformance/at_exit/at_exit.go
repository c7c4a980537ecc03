// Package at_exit holds objects and calls functions until the process ends.
package at_exit

import (
	"sync"
	"time"
)

var (
	lock     sync.Mutex
	things   []any
	function func(a, b int64) int64
	running  = make(chan struct{})
	once     sync.Once
)

// Thing has a number.
type Thing struct{ number int64 }

// NewThing creates a Thing.
func NewThing(number int64) *Thing { return &Thing{number} }

// Number returns its number.
func (t *Thing) Number() int64 { return t.number }

// Keep stores its argument.
func Keep(thing any) {
	lock.Lock()
	defer lock.Unlock()
	things = append(things, thing)
}

// KeepFunction stores a function.
func KeepFunction(kept func(a, b int64) int64) { function = kept }

// CallKept calls the stored function.
func CallKept(a, b int64) int64 { return function(a, b) }

// MakeAdder returns a function that adds.
func MakeAdder(amount int64) func(int64) int64 {
	return func(value int64) int64 { return value + amount }
}

// Start calls a function until the process ends.
func Start(count func() int64) {
	go func() {
		for {
			count()
			once.Do(func() { close(running) })
		}
	}()
}

// Started waits for the first call.
func Started() bool {
	select {
	case <-running:
		return true
	case <-time.After(10 * time.Second):
		return false
	}
}
