package main

// MetaFFI by stubs: the calls as `metaffi -h go` writes them. Paths differ by
// guest, so the entities are made here.

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/MetaFFI/sdk/api/go/stubs"
)

var stubsModule = stubs.Module{Package: "host", Version: 1}

// counterStub is the class Counter.
type counterStub struct{ stubs.Object }

func byStubs(guest, built string) (*contestant, error) {
	runtime, fixture, path := "python3", "python/bench_guest.py", pythonPath
	if guest == "java" {
		runtime, fixture, path = "openjdk", "bench.jar", javaPath
	}
	if err := stubsModule.Bind(filepath.Join(built, fixture), runtime); err != nil {
		return nil, err
	}
	entity := func(name, params, results string) *stubs.Entity {
		return &stubs.Entity{Module: &stubsModule, Path: path(name), Params: params, Results: results}
	}
	calls, counter := entity("calls", "", "int64"), entity("Counter", "", "handle")
	call := counter.Begin()
	made, err := stubs.ReturnObject[counterStub](&call)
	if err != nil {
		return nil, err
	}
	return &contestant{
		calls: func() (int64, error) { return stubs.Number[int64](calls.Scalars(0, 0)) },
		loops: map[string]loop{
			"void":     stubsVoid(entity("nothing", "", "")),
			"int64":    stubsEcho(entity("echo", "int64", "int64")),
			"string":   stubsText(entity("text", "string8", "string8")),
			"array":    stubsSum(entity("sum", "int64_array", "int64")),
			"object":   stubsIncrement(entity("increment", "handle", "int64"), made),
			"callback": stubsApply(entity("apply", "callable int64", "int64")),
			"error":    stubsFail(entity("fail", "", "")),
		},
	}, nil
}

// repeat calls n times, and gives the last result.
func repeat[T any](n int, call func() (T, error)) (any, error) {
	var last T
	var err error
	for ; n > 0 && err == nil; n-- {
		last, err = call()
	}
	return last, err
}

func stubsVoid(nothing *stubs.Entity) loop {
	return func(n int, _ any) (any, error) {
		_, err := repeat(n, func() (any, error) { return nil, nothing.Run(0, 0) })
		return nil, err
	}
}

func stubsEcho(echo *stubs.Entity) loop {
	return func(n int, argument any) (any, error) {
		value := argument.(int64)
		return repeat(n, func() (int64, error) {
			return stubs.Number[int64](echo.Scalars(stubs.Bits(value), 0))
		})
	}
}

func stubsText(text *stubs.Entity) loop {
	return func(n int, argument any) (any, error) {
		value := argument.(string)
		return repeat(n, func() (string, error) {
			call := text.Begin()
			call.Text(value)
			return stubs.ReturnText(&call)
		})
	}
}

func stubsSum(sum *stubs.Entity) loop {
	return func(n int, argument any) (any, error) {
		values := argument.([]int64)
		return repeat(n, func() (int64, error) {
			call := sum.Begin()
			call.Value(values)
			return stubs.Return[int64](&call)
		})
	}
}

func stubsIncrement(increment *stubs.Entity, counter *counterStub) loop {
	return func(n int, _ any) (any, error) {
		return repeat(n, func() (int64, error) {
			return stubs.Number[int64](increment.ScalarsOn(counter.MetaFFIObject(), 0))
		})
	}
}

func stubsApply(apply *stubs.Entity) loop {
	function := func(value int64) (int64, error) { return value + step, nil }
	return func(n int, argument any) (any, error) {
		value := argument.(int64)
		return repeat(n, func() (int64, error) {
			call := apply.Begin()
			call.Value(function)
			call.Scalar(stubs.Bits(value))
			return stubs.Return[int64](&call)
		})
	}
}

func stubsFail(fail *stubs.Entity) loop {
	return func(n int, _ any) (any, error) {
		var failed int64
		for ; n > 0; n-- {
			if err := fail.Run(0, 0); err != nil && strings.Contains(err.Error(), luck) {
				failed++
			} else {
				return nil, fmt.Errorf("the message got lost: %w", err)
			}
		}
		return failed, nil
	}
}
