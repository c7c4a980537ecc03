// Package at_exit holds and calls until the end.
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

// NewThing makes one.
func NewThing(number int64) *Thing { return &Thing{number} }

// Number is its number.
func (t *Thing) Number() int64 { return t.number }

// Keep keeps it.
func Keep(thing any) {
	lock.Lock()
	defer lock.Unlock()
	things = append(things, thing)
}

// KeepFunction keeps it.
func KeepFunction(kept func(a, b int64) int64) { function = kept }

// CallKept calls it.
func CallKept(a, b int64) int64 { return function(a, b) }

// MakeAdder returns a function that adds.
func MakeAdder(amount int64) func(int64) int64 {
	return func(value int64) int64 { return value + amount }
}

// Start calls it until the end.
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
