// Package check is what every program here does: it runs constructs, and lets
// go of everything at the end.
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

// constants are objects of others that stubs hold for good.
var constants int64

// Used says that so many members of enumerations were used.
func Used(members int64) { constants += members }

// Run runs the constructs that the arguments name behind the module.
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

// finish holds that no runtime holds an object of another, but for constants.
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

// OK holds that nothing failed.
func OK(err error) {
	if err != nil {
		panic(err)
	}
}

// Of returns a result, where nothing failed.
func Of[T any](result T, err error) T {
	OK(err)
	return result
}

// Same holds that what came is what was expected.
func Same(came, expected any) {
	if !reflect.DeepEqual(came, expected) {
		panic(fmt.Sprintf("%#v is not %#v", came, expected))
	}
}

// That holds that something is so.
func That(isSo bool) { Same(isSo, true) }

// Fails holds that an error says something.
func Fails(err error, text string) {
	if err == nil || !strings.Contains(err.Error(), text) {
		panic(fmt.Sprintf("%v does not say %q", err, text))
	}
}
