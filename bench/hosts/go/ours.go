package main

// MetaFFI: the public API, entities loaded dynamically.

import (
	"fmt"
	"path/filepath"
	"strings"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

type function = func(...interface{}) ([]interface{}, error)

// ours loads the guest's functions.
func ours(guest, built string) (*contestant, error) {
	l, err := loaderOf(guest, built)
	if err != nil {
		return nil, err
	}
	return oursFrom(l)
}

// loaderOf loads the guest's module.
func loaderOf(guest, built string) (*loader, error) {
	runtime, fixture, path := "python3", "python/bench_guest.py", pythonPath
	if guest == "java" {
		runtime, fixture, path = "openjdk", "bench.jar", javaPath
	}
	module, err := metaffi.NewMetaFFIRuntime(runtime).LoadModule(filepath.Join(built, fixture))
	if err != nil {
		return nil, err
	}
	return &loader{module: module, path: path}, nil
}

func javaPath(name string) string {
	switch name {
	case "Counter":
		name = "<init>"
	case "increment":
		name += ",instance_required"
	}
	return "class=bench.Bench,callable=" + name
}

func pythonPath(name string) string {
	if name == "increment" {
		name = "Counter.increment,instance_required"
	}
	return "callable=" + name
}

// A loader stores the first error.
type loader struct {
	module *metaffi.MetaFFIModule
	path   func(name string) string
	err    error
}

func (l *loader) load(name string, result metaffi.MetaFFIType, parameters ...metaffi.MetaFFIType) function {
	var results []metaffi.MetaFFIType
	if result != "" {
		results = append(results, result)
	}
	loaded, err := l.module.Load(l.path(name), parameters, results)
	if l.err == nil {
		l.err = err
	}
	return loaded
}

func oursFrom(l *loader) (*contestant, error) {
	calls, counter := l.load("calls", metaffi.INT64), l.load("Counter", metaffi.HANDLE)
	loops := map[string]loop{
		"void":    oursVoid(l.load("nothing", "")),
		"int64":   oursLast[int64](l.load("echo", metaffi.INT64, metaffi.INT64)),
		"string":  oursLast[string](l.load("text", metaffi.STRING8, metaffi.STRING8)),
		"array":   oursSum(l.load("sum", metaffi.INT64, metaffi.INT64_ARRAY)),
		"numbers": oursResult[[]int64](l.load("numbers", metaffi.INT64_ARRAY)),
		"mixed": oursLast[[]interface{}](
			l.load("mixed", metaffi.ANY_ARRAY, metaffi.ANY_ARRAY)),
		"strings": oursLast[[]string](
			l.load("strings", metaffi.STRING8_ARRAY, metaffi.STRING8_ARRAY)),
		"dict": oursTotal(l.load("total", metaffi.INT64, metaffi.ANY)),
		"callback": oursApply(
			l.load("apply", metaffi.INT64, metaffi.CALLABLE, metaffi.INT64)),
		"error": oursFail(l.load("fail", "")),
	}
	same := l.load("objects", metaffi.HANDLE_ARRAY, metaffi.HANDLE_ARRAY)
	increment := l.load("increment", metaffi.INT64, metaffi.HANDLE)
	if l.err != nil {
		return nil, l.err
	}
	many, err := manyOf(counter)
	if err != nil {
		return nil, err
	}
	made, err := counter()
	if err != nil {
		return nil, err
	}
	loops["object"] = oursIncrement(increment, made[0])
	loops["objects"] = oursObjects(same, many)
	return &contestant{loops: loops, calls: func() (int64, error) {
		results, err := calls()
		if err != nil {
			return 0, err
		}
		return results[0].(int64), nil
	}}, nil
}

func oursVoid(nothing function) loop {
	return func(n int, _ any) (any, error) {
		for ; n > 0; n-- {
			if _, err := nothing(); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}
}

// oursLast passes a value of type T, and converts the result back to T.
func oursLast[T any](call function) loop {
	return func(n int, argument any) (any, error) {
		value := argument.(T)
		var last T
		for ; n > 0; n-- {
			results, err := call(value)
			if err != nil {
				return nil, err
			}
			last = results[0].(T)
		}
		return last, nil
	}
}

func oursSum(sum function) loop {
	return func(n int, argument any) (any, error) {
		values := argument.([]int64)
		var last int64
		for ; n > 0; n-- {
			results, err := sum(values)
			if err != nil {
				return nil, err
			}
			last = results[0].(int64)
		}
		return last, nil
	}
}

func oursResult[T any](call function) loop {
	return func(n int, _ any) (any, error) {
		var last T
		for ; n > 0; n-- {
			results, err := call()
			if err != nil {
				return nil, err
			}
			last = results[0].(T)
		}
		return last, nil
	}
}

func oursTotal(total function) loop {
	return func(n int, argument any) (any, error) {
		values := argument.(map[string]int64)
		var last int64
		for ; n > 0; n-- {
			results, err := total(values)
			if err != nil {
				return nil, err
			}
			last = results[0].(int64)
		}
		return last, nil
	}
}

func manyOf(counter function) ([]interface{}, error) {
	var many []interface{}
	for range objects {
		made, err := counter()
		if err != nil {
			return nil, err
		}
		many = append(many, made[0])
	}
	return many, nil
}

// oursObjects returns the number of objects that came back.
func oursObjects(same function, many []interface{}) loop {
	return func(n int, _ any) (any, error) {
		var last []metaffi.MetaFFIHandle
		for ; n > 0; n-- {
			results, err := same(many)
			if err != nil {
				return nil, err
			}
			last = results[0].([]metaffi.MetaFFIHandle)
		}
		return len(last), nil
	}
}

func oursIncrement(increment function, counter any) loop {
	return func(n int, _ any) (any, error) {
		var last int64
		for ; n > 0; n-- {
			results, err := increment(counter)
			if err != nil {
				return nil, err
			}
			last = results[0].(int64)
		}
		return last, nil
	}
}

func oursApply(apply function) loop {
	function := func(value int64) int64 { return value + step }
	return func(n int, argument any) (any, error) {
		value := argument.(int64)
		var last int64
		for ; n > 0; n-- {
			results, err := apply(function, value)
			if err != nil {
				return nil, err
			}
			last = results[0].(int64)
		}
		return last, nil
	}
}

func oursFail(fail function) loop {
	return func(n int, _ any) (any, error) {
		var failed int64
		for ; n > 0; n-- {
			if _, err := fail(); err != nil && strings.Contains(err.Error(), luck) {
				failed++
			} else {
				return nil, fmt.Errorf("the message got lost: %w", err)
			}
		}
		return failed, nil
	}
}
