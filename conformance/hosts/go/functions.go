package main

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// failure is the error of the function fail.
type failure struct{ message string }

func (f *failure) Error() string { return f.message }

// thing is an object of this host.
type thing struct{ name string }

var (
	raised  atomic.Pointer[failure]
	counted atomic.Int64
	// callers are the goroutines that called.
	callers sync.Map
)

// functions are the functions that guests get. Each is one value, so that it can be recognized when
// it comes back.
var functions = map[string]any{
	"add":      func(a, b int64) int64 { return a + b },
	"concat":   func(a, b string) string { return a + b },
	"identity": func(value any) any { return value },
	"describe": func(value any) string { return fmt.Sprint(value) },
	"fail": func(message string) (string, error) {
		failed := &failure{message}
		raised.Store(failed)
		return "", failed
	},
	"count":            func() int64 { return counted.Add(1) },
	"on_caller_thread": func() bool { _, called := callers.Load(goroutine()); return called },
}

// enterCall remembers that this goroutine makes a call. A function that is called back on its
// thread runs as the same goroutine.
func enterCall() { callers.Store(goroutine(), true) }

// goroutine returns the number of the calling goroutine in stack traces.
func goroutine() string {
	var text [64]byte
	// goroutine 17 [running]: …
	return string(bytes.Fields(text[:runtime.Stack(text[:], false)])[1])
}

// lastFailure returns the last error of the function fail, or nil.
func lastFailure() error {
	if last := raised.Load(); last != nil {
		return last
	}
	return nil
}
