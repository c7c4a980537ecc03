//go:build stubs

package main

// MetaFFI by generated stubs.

import (
	"path/filepath"

	java "bench/host/stubs/bench"
	python "bench/host/stubs/benchguest"
)

func init() { contestants["stubs"] = byStubs }

func byStubs(guest, built string) (*contestant, error) {
	load := ofPython
	if guest == "java" {
		load = ofJava
	}
	of, err := load(built)
	if err != nil {
		return nil, err
	}
	return of.contestant(), nil
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
