package metaffi_test

import (
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

const pythonSource = `
import threading

class Box:
    def __init__(self, value): self.value = value
    def get(self): return self.value

def echo(value): return value
def kind(value): return type(value).__name__
def add(a: int, b: int) -> int: return a + b
def words(text: str) -> list: return text.split()
def matrix() -> list: return [[1, 2], [], [3]]
def mixed() -> list: return [1, "a", None, 2.5, True]
def fail():
    try:
        {}["key"]
    except KeyError as error:
        raise ValueError("no such thing") from error
local = threading.local()
def keep_in_thread(value, function): local.kept = value, function
def in_thread():
    found = []
    thread = threading.Thread(target=lambda: found.append(sum(range(1000))))
    thread.start(); thread.join()
    return found[0]
`

// source writes a file of a guest.
func source(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(scratch, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var python = sync.OnceValues(func() (*metaffi.MetaFFIModule, error) {
	path := filepath.Join(scratch, "guest.py")
	if err := os.WriteFile(path, []byte(pythonSource), 0o600); err != nil {
		return nil, err
	}
	return metaffi.NewMetaFFIRuntime("python3").LoadModule(path)
})

const goSource = `package guest

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

var ErrEmpty = errors.New("empty")

type Thing struct{ N int }

func NewThing(n int) *Thing             { return &Thing{n} }
func Any(x any) any                     { return x }
func TypeOf(x any) string               { return fmt.Sprintf("%T", x) }
func Two(a int, b string) (string, int) { return b, a }
func Fail() error                       { return ErrEmpty }
func IsEmpty(err error) bool            { return errors.Is(err, ErrEmpty) }
func Panic(text string)                 { panic(text) }
func NilPointer() int                   { var thing *Thing; return thing.N }
func Collect()                          { runtime.GC() }
func Exit() int                         { runtime.Goexit(); return 0 }

func Apply(f func(int) int, x int) int { return f(x) }

// Spin keeps a goroutine busy without a call that could stop it.
func Spin(milliseconds int) {
	go func() {
		x := uint64(1)
		for end := time.Now().Add(time.Duration(milliseconds) * time.Millisecond); time.Now().Before(end); {
			for range 10_000_000 {
				x = x*2862933555777941757 + 3037000493
			}
		}
		runtime.KeepAlive(x)
	}()
}
`

// goGuest is a guest built for these tests.
var goGuest = sync.OnceValues(func() (*metaffi.MetaFFIModule, error) {
	source := filepath.Join(scratch, "guest.go")
	if err := os.WriteFile(source, []byte(goSource), 0o600); err != nil {
		return nil, err
	}
	build := exec.Command(filepath.Join(os.Getenv("METAFFI_HOME"), "bin", "metaffi"), "-c", "--idl", source, "-g", "-o", scratch)
	if output, err := build.CombinedOutput(); err != nil {
		return nil, errors.Join(err, errors.New(string(output)))
	}
	return metaffi.NewMetaFFIRuntime("go").LoadModule(filepath.Join(scratch, "guest_MetaFFIGuest"))
})

// lends is the guest of the fixture with that name.
var lends = sync.OnceValues(func() (*metaffi.MetaFFIModule, error) {
	source := filepath.Join("..", "fixtures", "lends", "lends.go")
	build := exec.Command(filepath.Join(os.Getenv("METAFFI_HOME"), "bin", "metaffi"), "-c", "--idl", source, "-g", "-o", scratch)
	if output, err := build.CombinedOutput(); err != nil {
		return nil, errors.Join(err, errors.New(string(output)))
	}
	return metaffi.NewMetaFFIRuntime("go").LoadModule(filepath.Join(scratch, "lends_MetaFFIGuest"))
})

func TestSlicesAreFilledByGo(t *testing.T) {
	double := use(t, lends, "callable=Double", []IDL.MetaFFITypeInfo{array(IDL.INT64, 1)}, nil)
	for _, count := range []int{0, 3, 10_000} {
		numbers := make([]int64, count)
		for i := range numbers {
			numbers[i] = int64(i)
		}
		if _, err := double(numbers); err != nil {
			t.Fatal(err)
		}
		for i, number := range numbers {
			if number != int64(2*i) {
				t.Fatal(i, number)
			}
		}
	}
	ints := []int{1, 2}
	if _, err := double(ints); err != nil || ints[1] != 4 {
		t.Error(err, ints)
	}
	if _, err := double([]interface{}{1, 2}); err != nil {
		t.Error(err)
	}
	text := []byte("quiet")
	shout := use(t, lends, "callable=Shout", []IDL.MetaFFITypeInfo{array(IDL.UINT8, 1)}, infos(IDL.INT64))
	if one(t, shout, text) != int64(5) || string(text) != "QUIET" {
		t.Errorf("%s", text)
	}
	keep := use(t, lends, "callable=DoubleAndKeep", []IDL.MetaFFITypeInfo{array(IDL.INT64, 1)}, nil)
	numbers := []int64{1, 2}
	if _, err := keep(numbers); err != nil || numbers[1] != 4 {
		t.Error(err, numbers)
	}
	numbers[0] = 100
	if kept := one(t, use(t, lends, "callable=Kept", nil, infos(IDL.INT64))); kept != int64(6) {
		t.Error(kept)
	}
}

// scratch is a folder that exists while the tests run.
var scratch string

func TestMain(m *testing.M) {
	if play, ok := plays[os.Getenv("METAFFI_TEST_PLAY")]; ok {
		play() // a process of its own; see exit_test.go
		return
	}
	folder, err := os.MkdirTemp("", "metaffi-go-tests")
	if err != nil {
		panic(err)
	}
	scratch = folder
	code := m.Run()
	_ = os.RemoveAll(folder)
	metaffi.Exit(code)
}

// use loads an entity of a guest that is created once.
func use(t testing.TB, guest func() (*metaffi.MetaFFIModule, error), path string, params, rets []IDL.MetaFFITypeInfo) function {
	t.Helper()
	from, err := guest()
	if err != nil {
		t.Fatal(err)
	}
	return load(t, from, path, params, rets)
}

var java = sync.OnceValues(func() (*metaffi.MetaFFIModule, error) {
	return metaffi.NewMetaFFIRuntime("openjdk").LoadModule("")
})

// Any value passed to Python and Go comes back unchanged.
func TestValuesArePassedByTheirActualType(t *testing.T) {
	values := []interface{}{
		nil, true, int64(math.MinInt64), uint64(math.MaxUint64), math.Inf(-1), "é 😀\x00",
		[]byte("\x00\xff"), []string{"a", ""}, []int64{1, 2}, [][]int64{{1}, {}},
	}
	python := use(t, python, "callable=echo", infos(IDL.ANY), infos(IDL.ANY))
	goes := use(t, goGuest, "callable=Any", infos(IDL.ANY), infos(IDL.ANY))
	for _, value := range values {
		if back := one(t, goes, value); !reflect.DeepEqual(back, value) {
			t.Errorf("Go: %#v became %#v", value, back)
		}
		back := one(t, python, value)
		if items, ok := back.([]interface{}); ok { // Python's lists are of any type
			back, value = len(items), reflect.ValueOf(value).Len()
		}
		if !reflect.DeepEqual(back, value) {
			t.Errorf("Python: %#v became %#v", value, back)
		}
	}
}

func TestPythonIsCalled(t *testing.T) {
	add := use(t, python, "callable=add", infos(IDL.INT64, IDL.INT64), infos(IDL.INT64))
	if one(t, add, 40, 2) != int64(42) {
		t.Error("40 + 2")
	}
	words := use(t, python, "callable=words", infos(IDL.STRING8), infos(IDL.STRING8_ARRAY))
	if got := one(t, words, "one two"); !reflect.DeepEqual(got, []string{"one", "two"}) {
		t.Error(got)
	}
	matrix := use(t, python, "callable=matrix", nil, []IDL.MetaFFITypeInfo{array(IDL.INT64, 2)})
	if got := one(t, matrix); !reflect.DeepEqual(got, [][]int64{{1, 2}, {}, {3}}) {
		t.Error(got)
	}
	mixed := use(t, python, "callable=mixed", nil, infos(IDL.ANY))
	if got := one(t, mixed); !reflect.DeepEqual(got, []interface{}{int64(1), "a", nil, 2.5, true}) {
		t.Error(got)
	}
	box := use(t, python, "callable=Box", infos(IDL.ANY), infos(IDL.HANDLE))
	get := use(t, python, "callable=Box.get,instance_required", infos(IDL.HANDLE), infos(IDL.ANY))
	original := &point{1, 2}
	if one(t, get, one(t, box, original)) != any(original) {
		t.Error("a Go object in a Python object is another one")
	}
	if got := one(t, use(t, python, "callable=in_thread", nil, infos(IDL.INT64))); got != int64(499500) {
		t.Error(got)
	}
	nothingLives(t, "python3", "go")
}

func TestErrorsOfPython(t *testing.T) {
	err := failure(t, use(t, python, "callable=fail", nil, nil))
	if err.Error() != "ValueError: no such thing" || err.Language != "python3" || err.Kind != metaffi.ErrorGuest ||
		!strings.Contains(err.StackTrace(), "in fail") {
		t.Errorf("%#v", err)
	}
	var cause *metaffi.MetaFFIError
	if !errors.As(err.Cause, &cause) || cause.TypeName != "KeyError" {
		t.Error(err.Cause)
	}
	kind := use(t, python, "callable=kind", infos(IDL.HANDLE), infos(IDL.STRING8))
	if one(t, kind, err.Original()) != "ValueError" {
		t.Error("the exception is another object")
	}
}

func TestJavaIsCalled(t *testing.T) {
	list := use(t, java, "class=java.util.ArrayList,callable=<init>", nil, infos(IDL.HANDLE))
	add := use(t, java, "class=java.util.ArrayList,callable=add,instance_required", infos(IDL.HANDLE, IDL.ANY), infos(IDL.BOOL))
	get := use(t, java, "class=java.util.ArrayList,callable=get,instance_required", infos(IDL.HANDLE, IDL.INT32), infos(IDL.ANY))
	object := one(t, list)
	kept := []interface{}{"é 😀\x00", int64(math.MinInt64), 1.5, true, nil, &point{3, 4}}
	for _, value := range kept {
		if one(t, add, object, value) != true {
			t.Error("not added")
		}
	}
	for i, value := range kept {
		if back := one(t, get, object, i); back != value {
			t.Errorf("%#v became %#v", value, back)
		}
	}
	split := use(t, java, "class=java.lang.String,callable=split,instance_required", infos(IDL.STRING8, IDL.STRING8), infos(IDL.STRING8_ARRAY))
	if got := one(t, split, "a,b", ","); !reflect.DeepEqual(got, []string{"a", "b"}) {
		t.Error(got)
	}
	copyOf := use(t, java, "class=java.util.Arrays,callable=copyOf", infos(IDL.INT64_ARRAY, IDL.INT32), infos(IDL.INT64_ARRAY))
	if got := one(t, copyOf, []int64{1, math.MaxInt64}, 3); !reflect.DeepEqual(got, []int64{1, math.MaxInt64, 0}) {
		t.Error(got)
	}
	limit := use(t, java, "class=java.lang.Long,field=MAX_VALUE,getter", nil, infos(IDL.INT64))
	if one(t, limit) != int64(math.MaxInt64) {
		t.Error("Long.MAX_VALUE")
	}
	object = nil
	nothingLives(t, "openjdk")
	collect := use(t, java, "class=java.lang.System,callable=gc", nil, nil)
	nothingLivesAfter(t, collect, "go") // what the list held
}

func TestErrorsOfJava(t *testing.T) {
	parse := use(t, java, "class=java.lang.Integer,callable=parseInt", infos(IDL.STRING8), infos(IDL.INT32))
	err := failure(t, parse, "abc")
	if err.Error() != `java.lang.NumberFormatException: For input string: "abc"` || err.Language != "openjdk" ||
		!strings.Contains(err.StackTrace(), "at java.base/java.lang.Integer.parseInt") {
		t.Errorf("%#v", err)
	}
	message := use(t, java, "class=java.lang.Throwable,callable=getMessage,instance_required", infos(IDL.HANDLE), infos(IDL.STRING8))
	if one(t, message, err.Original()) != err.Message {
		t.Error("the exception is another object")
	}
	if one(t, parse, "12") != int32(12) {
		t.Error("the next call does not work")
	}
	err = nil
	nothingLives(t, "openjdk")
}

func TestAnObjectGoesThroughAThirdLanguage(t *testing.T) {
	list := use(t, java, "class=java.util.ArrayList,callable=<init>", nil, infos(IDL.HANDLE))
	add := use(t, java, "class=java.util.ArrayList,callable=add,instance_required", infos(IDL.HANDLE, IDL.ANY), infos(IDL.BOOL))
	size := use(t, java, "class=java.util.ArrayList,callable=size,instance_required", infos(IDL.HANDLE), infos(IDL.INT32))
	object := one(t, list).(metaffi.MetaFFIHandle)
	for _, echo := range []function{
		use(t, python, "callable=echo", infos(IDL.HANDLE), infos(IDL.HANDLE)),
		use(t, goGuest, "callable=Any", infos(IDL.ANY), infos(IDL.ANY)),
	} {
		back := one(t, echo, object).(metaffi.MetaFFIHandle)
		if !back.Same(object) || one(t, add, back, "x") != true {
			t.Error(back)
		}
	}
	if one(t, size, object) != int32(2) {
		t.Error("they were others")
	}
}

func TestAGoGuestIsAnotherRuntime(t *testing.T) {
	made := use(t, goGuest, "callable=NewThing", infos(IDL.INT64), infos(IDL.HANDLE))
	field := use(t, goGuest, "field=Thing.N,instance_required,getter", infos(IDL.HANDLE), infos(IDL.INT64))
	thing := one(t, made, 7).(metaffi.MetaFFIHandle)
	if one(t, field, thing) != int64(7) || !strings.Contains(thing.String(), "an object of go:") {
		t.Error(thing)
	}
	kind := use(t, goGuest, "callable=TypeOf", infos(IDL.ANY), infos(IDL.STRING8))
	if got := one(t, kind, &point{}).(string); !strings.HasSuffix(got, ".MetaFFIHandle") {
		t.Error(got)
	}
	nothingLivesAfter(t, use(t, goGuest, "callable=Collect", nil, nil), "go")
	two := use(t, goGuest, "callable=Two", infos(IDL.INT64, IDL.STRING8), infos(IDL.STRING8, IDL.INT64))
	if results, err := two(1, "a"); err != nil || !reflect.DeepEqual(results, []interface{}{"a", int64(1)}) {
		t.Error(results, err)
	}
	err := failure(t, use(t, goGuest, "callable=Fail", nil, nil))
	if err.Language != "go" || err.TypeName != "*errors.errorString" {
		t.Errorf("%#v", err)
	}
	isEmpty := use(t, goGuest, "callable=IsEmpty", infos(IDL.HANDLE), infos(IDL.BOOL))
	if one(t, isEmpty, err.Original()) != true {
		t.Error("the error value is another one")
	}
	err = failure(t, use(t, goGuest, "callable=Panic", infos(IDL.STRING8), nil), "aaah")
	if err.Kind != metaffi.ErrorPanic || !strings.Contains(err.Message, "panic: aaah") || !strings.Contains(err.StackTrace(), "guest.Panic") {
		t.Errorf("%#v", err)
	}
}
