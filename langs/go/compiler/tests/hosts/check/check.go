// Package check has the assertions of these tests' programs.
package check

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

// Of is a result that came without an error.
func Of[T any](value T, err error) T {
	OK(err)
	return value
}

// OK panics with an error.
func OK(err error) {
	if err != nil {
		panic(err)
	}
}

// Same panics unless both are equal.
func Same[T comparable](actual, expected T) {
	if actual != expected {
		panic(fmt.Sprintf("expected %v, got %v", expected, actual))
	}
}

// Fails panics unless there is an error that contains the text.
func Fails(err error, says string) {
	if err == nil || !strings.Contains(err.Error(), says) {
		panic(fmt.Sprintf("expected an error that says %q, got %v", says, err))
	}
}

// NoAllocation panics when a call allocates.
func NoAllocation(call func()) {
	call()
	if count := testing.AllocsPerRun(100, call); count != 0 {
		panic(fmt.Sprintf("%v allocations", count))
	}
}

// NoneLeft panics if others still hold objects of this program after all have collected their
// garbage; collect makes the guest do so.
func NoneLeft(collect func()) {
	for range 200 {
		runtime.GC()
		collect()
		if metaffi.LiveObjects("go") == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	panic(fmt.Sprintf("%d objects leak", metaffi.LiveObjects("go")))
}
