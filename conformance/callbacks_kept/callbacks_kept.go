// Package callbacks_kept stores functions.
package callbacks_kept

import (
	"runtime"
	"sync"
)

var (
	lock      sync.Mutex
	kept      func(a, b int64) int64
	started   chan int64
	listeners []func(a, b string) string
)

// Keep stores its argument.
func Keep(function func(a, b int64) int64) {
	lock.Lock()
	defer lock.Unlock()
	kept = function
}

// CallKept calls the function that was stored last.
func CallKept(a, b int64) int64 {
	lock.Lock()
	function := kept
	lock.Unlock()
	return function(a, b)
}

// Kept returns the value that was stored last.
func Kept() func(a, b int64) int64 {
	lock.Lock()
	defer lock.Unlock()
	return kept
}

// Adder returns a function that adds a further amount.
func Adder(amount int64) func(a, b int64) int64 {
	return func(a, b int64) int64 { return a + b + amount }
}

// Start calls a function a number of times, later.
func Start(count func() int64, times int64) {
	started = make(chan int64)
	go func() {
		total := int64(0)
		for range times {
			total += count()
		}
		started <- total
	}()
}

// Join waits for the started calls.
func Join() int64 { return <-started }

// Listen adds a listener.
func Listen(listener func(a, b string) string) { listeners = append(listeners, listener) }

// Tell calls all listeners.
func Tell(a, b string) []string {
	said := []string{}
	for _, listener := range listeners {
		said = append(said, listener(a, b))
	}
	return said
}

// Forget forgets all stored functions.
func Forget() {
	lock.Lock()
	defer lock.Unlock()
	kept, listeners, started = nil, nil, nil
}

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
