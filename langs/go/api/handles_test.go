package metaffi_test

import (
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

// point is a Go object that is passed as a handle.
type point struct{ x, y int }

// nothingLives waits until collected handles have been released.
func nothingLives(t *testing.T, runtimes ...string) {
	t.Helper()
	nothingLivesAfter(t, nil, runtimes...)
}

// nothingLivesAfter does the same while collect makes another language collect.
func nothingLivesAfter(t *testing.T, collect function, runtimes ...string) {
	t.Helper()
	for _, name := range runtimes {
		deadline := time.Now().Add(10 * time.Second)
		for metaffi.LiveObjects(name) != 0 {
			if time.Now().After(deadline) {
				t.Fatalf("%d objects of %s live", metaffi.LiveObjects(name), name)
			}
			runtime.GC()
			if collect != nil {
				if _, err := collect(); err != nil {
					t.Fatal(err)
				}
			}
			time.Sleep(time.Millisecond)
		}
	}
}

func counter(t *testing.T) (function, function) {
	from := module(t, "loopback", "loopback")
	return load(t, from, "callable=Counter.new", infos(IDL.INT64), infos(IDL.HANDLE)),
		load(t, from, "callable=Counter.increment,instance_required", infos(IDL.HANDLE), infos(IDL.INT64))
}

func TestForeignObjectsAreHandles(t *testing.T) {
	made, increment := counter(t)
	handle := one(t, made, 41).(metaffi.MetaFFIHandle)
	if one(t, increment, handle) != int64(42) || one(t, increment, handle) != int64(43) {
		t.Error("it is another counter")
	}
	if handle.RuntimeID() == 0 || !strings.Contains(handle.String(), "loopback") {
		t.Error(handle)
	}
	handle.Release()
	handle.Release()
	if err := failure(t, increment, handle); err.Kind != metaffi.ErrorReleased ||
		!strings.Contains(err.Message, "this handle was released") {
		t.Error(err)
	}
	nothingLives(t, "loopback")
}

func TestHandlesThatAreForgottenAreReleased(t *testing.T) {
	made, _ := counter(t)
	for range 1000 {
		one(t, made, 1)
	}
	nothingLives(t, "loopback")
}

func TestAHandleKeepsItsIdentity(t *testing.T) {
	made, increment := counter(t)
	from := module(t, "loopback", "loopback")
	keep := load(t, from, "callable=keep", infos(IDL.ANY), nil)
	kept := load(t, from, "callable=kept", nil, infos(IDL.ANY))
	forget := load(t, from, "callable=forget", nil, nil)
	handle := one(t, made, 1).(metaffi.MetaFFIHandle)
	if _, err := keep(handle); err != nil {
		t.Fatal(err)
	}
	back := one(t, kept).(metaffi.MetaFFIHandle)
	if !back.Same(handle) {
		t.Error("it is another object")
	}
	handle.Release()
	if one(t, increment, back) != int64(2) {
		t.Error("it does not live on")
	}
	back.Release()
	if _, err := forget(); err != nil {
		t.Fatal(err)
	}
	nothingLives(t, "loopback", "go")
}

func TestGoObjectsComeBackAsTheOriginal(t *testing.T) {
	from := module(t, "loopback", "loopback")
	for _, declared := range []IDL.MetaFFIType{IDL.HANDLE, IDL.ANY} {
		echo := load(t, from, "callable=echo", infos(declared), infos(declared))
		original := &point{1, 2}
		channel := make(chan int)
		if one(t, echo, original) != any(original) || one(t, echo, channel) != any(channel) {
			t.Error("it is another object")
		}
		if one(t, echo, point{1, 2}) != any(point{1, 2}) || one(t, echo, 1+2i) != any(1+2i) {
			t.Error("a value changed")
		}
		if one(t, echo, (*point)(nil)) != nil {
			t.Error("nil is something")
		}
	}
	keep := load(t, from, "callable=keep", infos(IDL.HANDLE), nil)
	kept := load(t, from, "callable=kept", nil, infos(IDL.HANDLE))
	forget := load(t, from, "callable=forget", nil, nil)
	original := &point{3, 4}
	if _, err := keep(original); err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	if metaffi.LiveObjects("go") != 1 || one(t, kept) != any(original) {
		t.Error("it was not kept")
	}
	if _, err := forget(); err != nil {
		t.Fatal(err)
	}
	nothingLives(t, "go")
}

func TestArraysOfHandles(t *testing.T) {
	made, increment := counter(t)
	declared := []IDL.MetaFFITypeInfo{array(IDL.HANDLE, 1)}
	echo := loopback(t, "callable=echo", declared, declared)
	a, b := one(t, made, 1).(metaffi.MetaFFIHandle), one(t, made, 10).(metaffi.MetaFFIHandle)
	back := one(t, echo, []metaffi.MetaFFIHandle{a, b, {}}).([]metaffi.MetaFFIHandle)
	if len(back) != 3 || !back[1].Same(b) || back[2] != (metaffi.MetaFFIHandle{}) {
		t.Fatal(back)
	}
	if one(t, increment, back[0]) != int64(2) {
		t.Error("it is another object")
	}
	original := &point{}
	mixed := one(t, echo, []interface{}{original, a, nil})
	if items := mixed.([]interface{}); items[0] != any(original) || !items[1].(metaffi.MetaFFIHandle).Same(a) || items[2] != nil {
		t.Error(mixed)
	}
	if own := one(t, echo, []*point{original, nil}); !reflect.DeepEqual(own, []interface{}{original, nil}) {
		t.Error(own)
	}
	declared = []IDL.MetaFFITypeInfo{array(IDL.HANDLE, 2)}
	echo = loopback(t, "callable=echo", declared, declared)
	rows := one(t, echo, [][]metaffi.MetaFFIHandle{{a}, {}, {b, a}}).([][]metaffi.MetaFFIHandle)
	if len(rows) != 3 || len(rows[1]) != 0 || !rows[2][1].Same(a) {
		t.Error(rows)
	}
	a, b, back, mixed, rows = metaffi.MetaFFIHandle{}, metaffi.MetaFFIHandle{}, nil, nil, nil
	nothingLives(t, "loopback", "go")
}

func TestAFailingArgumentReleasesThoseBefore(t *testing.T) {
	echo := loopback(t, "callable=echo", infos(IDL.HANDLE, IDL.ANY_ARRAY, IDL.INT64), infos(IDL.HANDLE, IDL.ANY_ARRAY, IDL.INT64))
	failure(t, echo, &point{}, []interface{}{&point{}, "a"}, "no number")
	array := loopback(t, "callable=echo", infos(IDL.HANDLE_ARRAY), infos(IDL.HANDLE_ARRAY))
	made, _ := counter(t)
	released := one(t, made, 1).(metaffi.MetaFFIHandle)
	released.Release()
	failure(t, array, []interface{}{&point{}, released})
	nothingLives(t, "go", "loopback")
}

func TestManyGoroutinesCall(t *testing.T) {
	from := module(t, "loopback", "loopback")
	echo := load(t, from, "callable=echo", infos(IDL.HANDLE, IDL.STRING8, IDL.INT64_ARRAY), infos(IDL.HANDLE, IDL.STRING8, IDL.INT64_ARRAY))
	var all sync.WaitGroup
	for worker := range 64 {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := range 200 {
				given := []interface{}{&point{worker, i}, strings.Repeat("é", i*3), make([]int64, i*5)}
				if results, err := echo(given...); err != nil || !reflect.DeepEqual(results, given) {
					t.Error(results, err)
					return
				}
			}
		}()
	}
	all.Wait()
	nothingLives(t, "go")
}
