// Package check runs the constructs of every program here, checks results, and drops everything at
// the end.
package check

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"time"

	"programs/loopback"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

const patience = 10 * time.Second

// constants counts the objects of others that stubs hold for good.
var constants int64

// Used records that this many enum members have been used.
func Used(members int64) { constants += members }

// Run runs the constructs named after the module.
func Run(bind func(module string) error, collect func() error, constructs map[string]func()) {
	names := os.Args[2:]
	for _, name := range names {
		if name == "binding" {
			constructs[name]()
		}
	}
	OK(bind(os.Args[1]))
	for _, name := range names {
		if name != "binding" {
			constructs[name]()
		}
	}
	finish(collect)
	fmt.Println("ok")
	metaffi.BeginExit()
}

// finish asserts that no runtime holds an object of another, except for constants.
func finish(collect func() error) {
	OK(loopback.BindModuleToCode("loopback", "loopback"))
	deadline := time.Now().Add(patience)
	for {
		count, which, err := loopback.LiveObjects("")
		OK(err)
		if count == constants {
			return
		}
		if time.Now().After(deadline) {
			panic(fmt.Sprintf("%d objects are live: %s", count, which))
		}
		runtime.GC()
		OK(collect())
		time.Sleep(5 * time.Millisecond)
	}
}

// OK panics if there is an error.
func OK(err error) {
	if err != nil {
		panic(err)
	}
}

// Of returns a result, and panics if there is an error.
func Of[T any](result T, err error) T {
	OK(err)
	return result
}

// Same panics unless both values are the same.
func Same(actual, expected any) {
	if !reflect.DeepEqual(actual, expected) {
		panic(fmt.Sprintf("%#v is not %#v", actual, expected))
	}
}

// That panics unless isSo is true.
func That(isSo bool) { Same(isSo, true) }

// Fails panics unless there is an error that contains a text.
func Fails(err error, text string) {
	if err == nil || !strings.Contains(err.Error(), text) {
		panic(fmt.Sprintf("%v does not contain %q", err, text))
	}
}
