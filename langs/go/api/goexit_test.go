package metaffi_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

// ends runs a function on a goroutine of its own, and reports whether the
// function returned. What is deferred runs in any case.
func ends(t *testing.T, run func()) (returned bool) {
	t.Helper()
	ended := make(chan bool)
	go func() {
		defer func() { ended <- returned }()
		run()
		returned = true
	}()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		t.Fatal("the goroutine does not end")
	}
	return returned
}

const callbacksSource = `
kept = []
def call(function, x): return function(x)
def finally_(function, x, note):
    try: return function(x)
    finally: note(x)
def swallow(function, x, then):
    texts = []
    for n in range(3):
        try: function(x)
        except Exception as error: texts.append(str(error))
        then(len(texts))
    return texts
def keep(function): kept.append(function)
def in_thread(function, x):
    import threading
    messages = []
    def run():
        for n in range(2):
            try: function(x)
            except Exception as error: messages.append(str(error))
    thread = threading.Thread(target=run)
    thread.start(); thread.join()
    return messages
`

func pythonCallbacks(t *testing.T, path string, params, results []metaffi.MetaFFITypeInfo) function {
	t.Helper()
	from, err := metaffi.NewMetaFFIRuntime("python3").LoadModule(source(t, "calls_back.py", callbacksSource))
	if err != nil {
		t.Fatal(err)
	}
	return load(t, from, path, params, results)
}

func exit(int64) int64 { runtime.Goexit(); return 0 }

// javaApplies makes Java call a function.
func javaApplies(t *testing.T) function {
	stream := "class=java.util.stream.LongStream,callable="
	of := use(t, java, stream+"of", infos(IDL.INT64), infos(IDL.HANDLE))
	mapped := use(t, java, stream+"map,instance_required", []metaffi.MetaFFITypeInfo{
		{StringType: IDL.HANDLE}, {StringType: IDL.CALLABLE, Alias: "java.util.function.LongUnaryOperator"},
	}, infos(IDL.HANDLE))
	sum := use(t, java, stream+"sum,instance_required", infos(IDL.HANDLE), infos(IDL.INT64))
	return func(args ...interface{}) ([]interface{}, error) {
		results, err := mapped(one(t, of, args[1]), args[0])
		if err != nil {
			return nil, err
		}
		return sum(results[0])
	}
}

// collectors makes the guests collect garbage.
func collectors(t *testing.T) function {
	inJava := use(t, java, "class=java.lang.System,callable=gc", nil, nil)
	inGo := use(t, goGuest, "callable=Collect", nil, nil)
	return func(...interface{}) ([]interface{}, error) {
		if _, err := inJava(); err != nil {
			return nil, err
		}
		return inGo()
	}
}

// callers are functions of each guest that call a Go func on the same thread.
func callers(t *testing.T) map[string]function {
	return map[string]function{
		"loopback": loopback(t, "callable=call", infos(IDL.CALLABLE, IDL.ANY), infos(IDL.ANY)),
		"python3":  pythonCallbacks(t, "callable=call", infos(IDL.CALLABLE, IDL.ANY), infos(IDL.ANY)),
		"go":       use(t, goGuest, "callable=Apply", infos(IDL.CALLABLE, IDL.INT64), infos(IDL.INT64)),
		"openjdk":  javaApplies(t),
	}
}

func TestAGoroutineEndsInACallback(t *testing.T) {
	for name, call := range callers(t) {
		for range 50 {
			if ends(t, func() { _, _ = call(exit, 1) }) {
				t.Fatal(name, ": the goroutine goes on")
			}
			if x := one(t, call, func(x int64) int64 { return x + 1 }, int64(1)); x != int64(2) {
				t.Fatal(name, x)
			}
		}
	}
	nothingLivesAfter(t, collectors(t), "go")
}

// Each language calls Go, which calls the next one.
func TestAGoroutineEndsInANestedCallback(t *testing.T) {
	calls := callers(t)
	innermost := exit
	var deferred []string
	for name, call := range calls {
		inner := innermost
		innermost = func(x int64) int64 {
			defer func() { deferred = append(deferred, name) }()
			results, err := call(inner, x)
			t.Error(name, "returned", results, err)
			return 0
		}
	}
	for range 20 {
		deferred = nil
		if ends(t, func() { innermost(1) }) {
			t.Fatal("the goroutine goes on")
		}
		if len(deferred) != len(calls) {
			t.Fatal("deferred functions ran:", deferred)
		}
	}
	nothingLivesAfter(t, collectors(t), "go")
}

func TestTheGuestSeesThatAGoroutineEnds(t *testing.T) {
	finally := pythonCallbacks(t, "callable=finally_", infos(IDL.CALLABLE, IDL.ANY, IDL.CALLABLE), infos(IDL.ANY))
	noted := int64(0)
	if ends(t, func() { _, _ = finally(exit, 7, func(x int64) { noted = x }) }) || noted != 7 {
		t.Error("Python's finally did not run:", noted)
	}
	swallow := pythonCallbacks(t, "callable=swallow", infos(IDL.CALLABLE, IDL.ANY, IDL.CALLABLE), infos(IDL.ANY))
	times := int64(0)
	if ends(t, func() { _, _ = swallow(exit, 7, func(n int64) { times = n }) }) || times != 3 {
		t.Error("Python could not go on:", times)
	}
}

// A guest that calls Go again while its call is ending may reach Goexit once
// more; so may a deferred function, which may also panic.
func TestAGoroutineEndsWhileItEnds(t *testing.T) {
	for name, call := range callers(t) {
		again := func(x int64) int64 {
			defer func() { _, _ = call(exit, x) }()
			defer func() { one(t, call, func(x int64) int64 { return x }, x) }()
			defer func() { panic("while it ends") }()
			return exit(x)
		}
		for range 20 {
			if ends(t, func() { _, _ = call(again, 1) }) {
				t.Fatal(name, ": the goroutine goes on")
			}
		}
	}
	nothingLivesAfter(t, collectors(t), "go")
}

func TestAThreadThatGoDidNotStartLivesOn(t *testing.T) {
	inThread := pythonCallbacks(t, "callable=in_thread", infos(IDL.CALLABLE, IDL.ANY), infos(IDL.ANY))
	for range 20 {
		messages := one(t, inThread, exit, 1)
		texts, ok := messages.([]string)
		if !ok || len(texts) != 2 || !strings.Contains(texts[0], "runtime.Goexit") {
			t.Fatalf("%#v", messages)
		}
		runtime.GC()
	}
	for range 50 { // later threads
		if messages := one(t, inThread, func(x int64) int64 { return x }, 1); messages == nil {
			t.Fatal("nothing came back")
		}
	}
}

func BenchmarkCallback(b *testing.B) {
	from := module(b, "loopback", "loopback")
	call := load(b, from, "callable=call", infos(IDL.CALLABLE, IDL.ANY), infos(IDL.ANY))
	double := func(x int64) int64 { return 2 * x }
	for range b.N {
		if _, err := call(double, int64(1)); err != nil {
			b.Fatal(err)
		}
	}
}
