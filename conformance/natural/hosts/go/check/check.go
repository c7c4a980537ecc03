// Package check is what every program here does: it runs constructs, and lets
// go of everything at the end.
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

// Run runs the constructs that the arguments name, of the module.
func Run(guest string, use func(*metaffi.MetaFFIModule), collect func() error, constructs map[string]func()) {
	use(Of(metaffi.NewMetaFFIRuntime(guest).LoadModule(os.Args[1])))
	for _, name := range os.Args[2:] {
		constructs[name]()
	}
	finish(collect)
	fmt.Println("ok")
	metaffi.BeginExit()
}

// finish holds that no runtime holds an object of another.
func finish(collect func() error) {
	loopback := Of(metaffi.NewMetaFFIRuntime("loopback").LoadModule("loopback"))
	live := Of(metaffi.Func[func(string) (int64, string, error)](loopback, "callable=live_objects"))
	deadline := time.Now().Add(patience)
	for {
		count, which, err := live("")
		OK(err)
		// The function that tells is one itself.
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

// As returns an object as a value of Go, where nothing failed.
func As[T any](object *metaffi.Object) T { return Of(metaffi.As[T](object)) }

// Same holds that what came is what was expected.
func Same(came, expected any) {
	if !reflect.DeepEqual(came, expected) {
		panic(fmt.Sprintf("%#v is not %#v", came, expected))
	}
}

// Is holds that an object, as a value of Go, is what was expected.
func Is[T any](came *metaffi.Object, expected T) { Same(As[T](came), expected) }

// That holds that something is so.
func That(isSo bool) { Same(isSo, true) }

// Fails holds that an error says all of that.
func Fails(err error, texts ...string) *metaffi.MetaFFIError {
	var failure *metaffi.MetaFFIError
	for _, text := range texts {
		if err == nil || !strings.Contains(err.Error(), text) {
			panic(fmt.Sprintf("%v does not say %q", err, text))
		}
	}
	That(errors.As(err, &failure))
	return failure
}
