package stubs

import "context"

// Await waits for the result of an asynchronous function of the guest, which
// call returns, until ctx is done. The guest then goes on, and its result is
// dropped.
func Await[T any](ctx context.Context, call func() (T, error)) (T, error) {
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	if ctx.Done() == nil {
		return call()
	}
	type outcome struct {
		result T
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		result, err := call()
		done <- outcome{result, err}
	}()
	select {
	case outcome := <-done:
		return outcome.result, outcome.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// AwaitEnd is [Await] for a function without a result.
func AwaitEnd(ctx context.Context, call func() error) error {
	_, err := Await(ctx, func() (struct{}, error) { return struct{}{}, call() })
	return err
}

// Await2 is [Await] for a function with two results.
func Await2[A, B any](ctx context.Context, call func() (A, B, error)) (A, B, error) {
	type both struct {
		a A
		b B
	}
	outcome, err := Await(ctx, func() (both, error) {
		a, b, err := call()
		return both{a, b}, err
	})
	return outcome.a, outcome.b, err
}

// Await3 is [Await] for a function with three results.
func Await3[A, B, C any](ctx context.Context, call func() (A, B, C, error)) (A, B, C, error) {
	type all struct {
		a A
		b B
		c C
	}
	outcome, err := Await(ctx, func() (all, error) {
		a, b, c, err := call()
		return all{a, b, c}, err
	})
	return outcome.a, outcome.b, outcome.c, err
}
