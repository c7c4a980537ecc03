//go:build stubs

package main

// MetaFFI by generated stubs.

import (
	"fmt"
	"path/filepath"
	"strings"

	java "bench/host/stubs/bench"
	python "bench/host/stubs/benchguest"
)

func init() { contestants["stubs"] = byStubs }

// functions are a guest's, as its stubs declare them.
type functions struct {
	calls, increment func() (int64, error)
	nothing, fail    func() error
	echo             func(value int64) (int64, error)
	text             func(value string) (string, error)
	sum              func(values []int64) (int64, error)
	apply            func(function func(int64) (int64, error), value int64) (int64, error)
}

func byStubs(guest, built string) (*contestant, error) {
	load := ofPython
	if guest == "java" {
		load = ofJava
	}
	of, err := load(built)
	if err != nil {
		return nil, err
	}
	return &contestant{
		calls: of.calls,
		loops: map[string]loop{
			"void":     stubsVoid(of.nothing),
			"int64":    stubsRepeat(of.echo),
			"string":   stubsRepeat(of.text),
			"array":    stubsRepeat(of.sum),
			"object":   stubsIncrement(of.increment),
			"callback": stubsApply(of.apply),
			"error":    stubsFail(of.fail),
		},
	}, nil
}

func ofJava(built string) (functions, error) {
	if err := java.BindModuleToCode(filepath.Join(built, "bench.jar"), "openjdk"); err != nil {
		return functions{}, err
	}
	counter, err := java.NewBench()
	return functions{
		java.BenchCalls, counter.Increment, java.BenchNothing, java.BenchFail,
		java.BenchEcho, java.BenchText, java.BenchSum, java.BenchApply,
	}, err
}

func ofPython(built string) (functions, error) {
	path := filepath.Join(built, "python", "bench_guest.py")
	if err := python.BindModuleToCode(path, "python3"); err != nil {
		return functions{}, err
	}
	counter, err := python.NewCounter()
	return functions{
		python.Calls, counter.Increment, python.Nothing, python.Fail,
		python.Echo, python.Text, python.Sum, python.Apply,
	}, err
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

func stubsVoid(nothing func() error) loop {
	return func(n int, _ any) (any, error) {
		var err error
		for ; n > 0 && err == nil; n-- {
			err = nothing()
		}
		return nil, err
	}
}

// stubsRepeat passes the same argument each time.
func stubsRepeat[A, R any](function func(A) (R, error)) loop {
	return func(n int, argument any) (any, error) {
		value := argument.(A)
		return repeat(n, func() (R, error) { return function(value) })
	}
}

func stubsIncrement(increment func() (int64, error)) loop {
	return func(n int, _ any) (any, error) { return repeat(n, increment) }
}

func stubsApply(apply func(func(int64) (int64, error), int64) (int64, error)) loop {
	add := func(value int64) (int64, error) { return value + step, nil }
	return func(n int, argument any) (any, error) {
		value := argument.(int64)
		return repeat(n, func() (int64, error) { return apply(add, value) })
	}
}

func stubsFail(fail func() error) loop {
	return func(n int, _ any) (any, error) {
		var failed int64
		for ; n > 0; n-- {
			if err := fail(); err != nil && strings.Contains(err.Error(), luck) {
				failed++
			} else {
				return nil, fmt.Errorf("the message got lost: %w", err)
			}
		}
		return failed, nil
	}
}
