package metaffi_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

func TestGoFunctionsAreCalledBack(t *testing.T) {
	for _, path := range []string{"callable=call", "callable=call_on_thread"} {
		call := loopback(t, path, infos(IDL.CALLABLE, IDL.ANY), infos(IDL.ANY))
		double := func(x int64) int64 { return 2 * x }
		if one(t, call, double, 21) != int64(42) {
			t.Error(path)
		}
		offset := 1
		if one(t, call, func(text string) string { return text + fmt.Sprint(offset) }, "a") != "a1" {
			t.Error("a closure")
		}
		original := &point{1, 2}
		if one(t, call, func(p *point) *point { return p }, original) != any(original) {
			t.Error("it is another object")
		}
	}
	nothingLives(t, "go", "loopback")
}

func TestTheErrorOfACallbackComesBack(t *testing.T) {
	sentinel := errors.New("sentinel")
	for _, path := range []string{"callable=call", "callable=call_on_thread"} {
		call := loopback(t, path, infos(IDL.CALLABLE, IDL.ANY), infos(IDL.ANY))
		err := failure(t, call, func(int64) (int64, error) { return 0, fmt.Errorf("wrapped: %w", sentinel) }, 1)
		if !errors.Is(err, sentinel) || !strings.Contains(err.Error(), "wrapped: sentinel") {
			t.Errorf("%s: %#v", path, err)
		}
		err = failure(t, call, func(int64) int64 { panic("aaah") }, 1)
		if err.Kind != metaffi.ErrorPanic || !strings.Contains(err.Message, "aaah") {
			t.Errorf("%s: %#v", path, err)
		}
		if one(t, call, func(x int64) int64 { return x }, 7) != int64(7) {
			t.Error("the next call does not work")
		}
	}
	nothingLives(t, "go")
}

func TestForeignFunctionsAreCalled(t *testing.T) {
	make := loopback(t, "callable=make_adder", infos(IDL.INT64), infos(IDL.CALLABLE))
	adder := one(t, make, 40).(*metaffi.MetaFFICallable)
	results, err := adder.Call(2)
	if err != nil || len(results) != 1 || results[0] != int64(42) {
		t.Error(results, err)
	}
	if _, err := adder.Call(); err == nil || !strings.Contains(err.Error(), "1 argument(s)") {
		t.Error(err)
	}
	call := loopback(t, "callable=call", infos(IDL.CALLABLE, IDL.ANY), infos(IDL.ANY))
	if one(t, call, adder, 1) != int64(41) {
		t.Error("it did not go home")
	}
	adder.Release()
	if _, err := adder.Call(2); err == nil || !strings.Contains(err.Error(), "released") {
		t.Error(err)
	}
	nothingLives(t, "loopback")
}

func TestAHeldFunctionIsPassedAsTheSameObject(t *testing.T) {
	from := module(t, "loopback", "loopback")
	keep := load(t, from, "callable=keep", infos(IDL.CALLABLE), nil)
	forget := load(t, from, "callable=forget", nil, nil)
	call := load(t, from, "callable=call", infos(IDL.CALLABLE, IDL.ANY), infos(IDL.ANY))
	live := func(x int64) int64 { return x + metaffi.LiveObjects("go") }
	other := func(x int64) int64 { return -x }
	must := func(_ []any, err error) {
		if err != nil {
			t.Error(err)
		}
	}
	must(keep(live))
	for range 3 {
		// There is only one object, which is both held and called.
		if got := one(t, call, live, 41); got != int64(42) {
			t.Error(got)
		}
		must(keep(live))
	}
	// Other functions passed in between are not confused, nor is what is passed
	// while it runs.
	var recursive func(int64) int64
	recursive = func(x int64) int64 {
		if x == 0 {
			return 0
		}
		return 1 + one(t, call, recursive, x-1).(int64)
	}
	if one(t, call, other, 1) != int64(-1) || one(t, call, recursive, 5) != int64(5) {
		t.Error("another function")
	}
	must(forget())
	if one(t, call, other, 2) != int64(-2) {
		t.Error("after it was given up")
	}
	nothingLives(t, "go")
}

func TestAKeptFunctionIsCalledLater(t *testing.T) {
	from := module(t, "loopback", "loopback")
	keep := load(t, from, "callable=keep", infos(IDL.ANY), nil)
	kept := load(t, from, "callable=kept", nil, infos(IDL.ANY))
	forget := load(t, from, "callable=forget", nil, nil)
	if _, err := keep(func(x int64) int64 { return x + 1 }); err != nil {
		t.Fatal(err)
	}
	if back, ok := one(t, kept).(func(int64) int64); !ok || back(1) != 2 {
		t.Error("it is not the original")
	}
	if _, err := forget(); err != nil {
		t.Fatal(err)
	}
	nothingLives(t, "go")
}

const callingSource = `
import threading

def apply(function, value): return function(value)
def in_thread(function, value):
    found = []
    thread = threading.Thread(target=lambda: found.append(function(value)))
    thread.start(); thread.join()
    return found[0]
def caught(function):
    try:
        function(1)
    except RuntimeError as error:
        return str(error)
def adder(amount): return lambda value: value + amount
`

func TestPythonCallsGoAndBack(t *testing.T) {
	from := module(t, "python3", source(t, "calling.py", callingSource))
	for _, path := range []string{"callable=apply", "callable=in_thread"} {
		apply := load(t, from, path, infos(IDL.CALLABLE, IDL.ANY), infos(IDL.ANY))
		if one(t, apply, func(x int64) int64 { return x * x }, 12) != int64(144) {
			t.Error(path)
		}
	}
	caught := load(t, from, "callable=caught", infos(IDL.CALLABLE), infos(IDL.STRING8))
	if got := one(t, caught, func(int64) error { return errors.New("no") }).(string); !strings.Contains(got, "no") {
		t.Error(got)
	}
	adder := load(t, from, "callable=adder", infos(IDL.INT64), infos(IDL.CALLABLE))
	results, err := one(t, adder, 40).(*metaffi.MetaFFICallable).Call(2)
	if err != nil || results[0] != int64(42) {
		t.Error(results, err)
	}
	nothingLives(t, "go", "python3")
}

func TestJavaCallsGoAndBack(t *testing.T) {
	unary := func(name string) IDL.MetaFFITypeInfo {
		return IDL.MetaFFITypeInfo{StringType: IDL.CALLABLE, Alias: "java.util.function." + name}
	}
	list := use(t, java, "class=java.util.ArrayList,callable=<init>", nil, infos(IDL.HANDLE))
	add := use(t, java, "class=java.util.ArrayList,callable=add,instance_required", infos(IDL.HANDLE, IDL.ANY), infos(IDL.BOOL))
	each := use(t, java, "class=java.util.ArrayList,callable=forEach,instance_required",
		[]IDL.MetaFFITypeInfo{{StringType: IDL.HANDLE}, unary("Consumer")}, nil)
	object := one(t, list)
	for _, word := range []string{"a", "b"} {
		one(t, add, object, word)
	}
	var seen []string
	if _, err := each(object, func(word string) { seen = append(seen, word) }); err != nil || len(seen) != 2 {
		t.Error(seen, err)
	}
	sentinel := errors.New("sentinel")
	if _, err := each(object, func(string) error { return sentinel }); !errors.Is(err, sentinel) {
		t.Errorf("%#v", err)
	}
	nothingLivesAfter(t, use(t, java, "class=java.lang.System,callable=gc", nil, nil), "go")
}

func TestManyGoroutinesAreCalledBack(t *testing.T) {
	call := loopback(t, "callable=call_on_thread", infos(IDL.CALLABLE, IDL.ANY), infos(IDL.ANY))
	var all sync.WaitGroup
	for worker := range 16 {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := range 50 {
				if one(t, call, func(x int64) int64 { return x + int64(worker) }, i) != int64(i+worker) {
					t.Error("a wrong result")
				}
			}
		}()
	}
	all.Wait()
	nothingLives(t, "go")
}

// scale is a named func type.
type scale func(int64) int64

func TestFunctionsOfEveryShapeAreCalledBack(t *testing.T) {
	call := loopback(t, "callable=call", infos(IDL.CALLABLE, IDL.ANY), infos(IDL.ANY))
	for _, callback := range []any{
		func(x int) (int, error) { return x + 1, nil },
		func(x any) any { return x.(int64) + 1 },
		func(x float64) int32 { return int32(x) + 1 },
		scale(func(x int64) int64 { return x + 1 }),
	} {
		if result := one(t, call, callback, int64(41)); fmt.Sprint(result) != "42" {
			t.Errorf("%T returned %v", callback, result)
		}
	}
	join := func(parts ...string) string { return strings.Join(parts, "-") }
	if result := one(t, call, join, []string{"a", "b"}); result != "a-b" {
		t.Error(result)
	}
	grid := func(rows [][]int32) []string { return make([]string, len(rows)) }
	if result := one(t, call, grid, [][]int64{{1}, {}}); len(result.([]string)) != 2 {
		t.Error(result)
	}
	if failed := failure(t, call, func(string) {}, 1); failed.Kind != metaffi.ErrorArgument ||
		!strings.Contains(failed.Message, "func(string): argument 1: expected string, got int64") {
		t.Error(failed)
	}
	nothingLives(t, "go", "loopback")
}

func TestAForeignFunctionIsAnArgumentOfACallback(t *testing.T) {
	adder := one(t, loopback(t, "callable=make_adder", infos(IDL.INT64), infos(IDL.CALLABLE)), 5)
	call := loopback(t, "callable=call", infos(IDL.CALLABLE, IDL.ANY), infos(IDL.ANY))
	if result := one(t, call, func(f func(int64) int64) int64 { return f(10) }, adder); result != int64(15) {
		t.Error(result)
	}
	failing := func(f func(string) (int64, error)) error { _, err := f("text"); return err }
	if failed := failure(t, call, failing, adder); failed.Language != "metaffi" && failed.Language != "loopback" {
		t.Errorf("%#v", failed)
	}
	adder.(*metaffi.MetaFFICallable).Release()
	nothingLives(t, "go", "loopback")
}
