package main

// MetaFFI with typed funcs: those of metaffi.Func, and of stubs.

import (
	"errors"
	"fmt"
	"strings"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func init() { contestants["typed"] = typed }

// functions are the functions of a guest, with their types.
type functions struct {
	calls, increment func() (int64, error)
	nothing, fail    func() error
	echo             func(value int64) (int64, error)
	text             func(value string) (string, error)
	sum              func(values []int64) (int64, error)
	apply            func(function func(int64) (int64, error), value int64) (int64, error)
}

// typed loads the guest's functions as typed funcs.
func typed(guest, built string) (*contestant, error) {
	l, err := loaderOf(guest, built)
	if err != nil {
		return nil, err
	}
	var of functions
	var newCounter func() (*metaffi.Object, error)
	var increment func(*metaffi.Object) (int64, error)
	err = errors.Join(
		typedAs(l, "calls", &of.calls), typedAs(l, "nothing", &of.nothing), typedAs(l, "fail", &of.fail),
		typedAs(l, "echo", &of.echo), typedAs(l, "text", &of.text), typedAs(l, "sum", &of.sum),
		typedAs(l, "apply", &of.apply), typedAs(l, "Counter", &newCounter),
		typedAs(l, "increment", &increment))
	if err != nil {
		return nil, err
	}
	counter, err := newCounter()
	of.increment = func() (int64, error) { return increment(counter) }
	return of.contestant(), err
}

func typedAs[F any](l *loader, name string, to *F) (err error) {
	*to, err = metaffi.Func[F](l.module, l.path(name))
	return err
}

func (of functions) contestant() *contestant {
	return &contestant{
		calls: of.calls,
		loops: map[string]loop{
			"void":     typedVoid(of.nothing),
			"int64":    typedRepeat(of.echo),
			"string":   typedRepeat(of.text),
			"array":    typedRepeat(of.sum),
			"object":   typedMethod(of.increment),
			"callback": typedApply(of.apply),
			"error":    typedFail(of.fail),
		},
	}
}

// repeat calls n times, and returns the last result.
func repeat[T any](n int, call func() (T, error)) (any, error) {
	var last T
	var err error
	for ; n > 0 && err == nil; n-- {
		last, err = call()
	}
	return last, err
}

func typedVoid(nothing func() error) loop {
	return func(n int, _ any) (any, error) {
		var err error
		for ; n > 0 && err == nil; n-- {
			err = nothing()
		}
		return nil, err
	}
}

// typedRepeat passes the same argument each time.
func typedRepeat[A, R any](function func(A) (R, error)) loop {
	return func(n int, argument any) (any, error) {
		value := argument.(A)
		return repeat(n, func() (R, error) { return function(value) })
	}
}

func typedMethod(increment func() (int64, error)) loop {
	return func(n int, _ any) (any, error) { return repeat(n, increment) }
}

func typedApply(apply func(func(int64) (int64, error), int64) (int64, error)) loop {
	add := func(value int64) (int64, error) { return value + step, nil }
	return func(n int, argument any) (any, error) {
		value := argument.(int64)
		return repeat(n, func() (int64, error) { return apply(add, value) })
	}
}

func typedFail(fail func() error) loop {
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
