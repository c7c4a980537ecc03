// Package check runs the constructs of every program here, checks results, and drops everything at
// the end.
package check

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"time"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

const patience = 10 * time.Second

// Run runs the constructs of the module that the arguments name.
func Run(guest string, use func(*metaffi.MetaFFIModule), collect func() error, constructs map[string]func()) {
	use(Of(metaffi.NewMetaFFIRuntime(guest).LoadModule(os.Args[1])))
	for _, name := range os.Args[2:] {
		constructs[name]()
	}
	finish(collect)
	fmt.Println("ok")
	metaffi.BeginExit()
}

// finish asserts that no runtime holds an object of another.
func finish(collect func() error) {
	loopback := Of(metaffi.NewMetaFFIRuntime("loopback").LoadModule("loopback"))
	live := Of(metaffi.Func[func(string) (int64, string, error)](loopback, "callable=live_objects"))
	deadline := time.Now().Add(patience)
	for {
		count, which, err := live("")
		OK(err)
		// The function that counts is itself an object.
		if count == 1 {
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

// As returns an object as a Go value, and panics if there is an error.
func As[T any](object *metaffi.Object) T { return Of(metaffi.As[T](object)) }

// Same panics unless both values are the same.
func Same(actual, expected any) {
	if !reflect.DeepEqual(actual, expected) {
		panic(fmt.Sprintf("%#v is not %#v", actual, expected))
	}
}

// Is panics unless an object, as a Go value, is the expected one.
func Is[T any](actual *metaffi.Object, expected T) { Same(As[T](actual), expected) }

// That panics unless isSo is true.
func That(isSo bool) { Same(isSo, true) }

// Fails panics unless there is an error that contains all texts.
func Fails(err error, texts ...string) *metaffi.MetaFFIError {
	var failure *metaffi.MetaFFIError
	for _, text := range texts {
		if err == nil || !strings.Contains(err.Error(), text) {
			panic(fmt.Sprintf("%v does not contain %q", err, text))
		}
	}
	That(errors.As(err, &failure))
	return failure
}
