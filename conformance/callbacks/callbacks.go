// Package callbacks takes functions, and calls them.
package callbacks

import (
	"runtime"
	"strconv"
)

// Apply calls a function.
func Apply(f func(a, b int64) int64, a, b int64) int64 { return f(a, b) }

// ApplyAny calls a function of another language, or of Go.
func ApplyAny(f any, a, b int64) (int64, error) {
	if own, ok := f.(func(a, b int64) int64); ok {
		return own(a, b), nil
	}
	results, err := f.(interface{ Call(...any) ([]any, error) }).Call(a, b)
	if err != nil {
		return 0, err
	}
	return results[0].(int64), nil
}

// ApplyAll calls each function with the result of the one before.
func ApplyAll(functions []func(a, b int64) int64, start int64) int64 {
	total := int64(0)
	for _, f := range functions {
		total = f(total, start)
	}
	return total
}

// ApplyBoth calls both functions.
func ApplyBoth(f func(a, b int64) int64, g func(a, b string) string, a, b int64) string {
	return g("sum: ", strconv.FormatInt(f(a, b), 10))
}

// Join calls a function.
func Join(f func(a, b string) string, a, b string) string { return f(a, b) }

// Pass calls a function.
func Pass(f func(any) any, value any) any { return f(value) }

// PassObject calls a function.
func PassObject(f func(any) any, value any) any { return f(value) }

type thing struct{ number int }

// PassOwn reports whether an object passed to a function comes back.
func PassOwn(f func(any) any) bool {
	own := &thing{7}
	return f(own) == own
}

// Ask calls a function.
func Ask(f func() bool) bool { return f() }

// AddUp calls a function repeatedly.
func AddUp(f func(a, b int64) int64, count int64) int64 {
	total := int64(0)
	for i := range count {
		total = f(total, i)
	}
	return total
}

// HasFunction reports whether its argument is not nil.
func HasFunction(f func(a, b int64) int64) bool { return f != nil }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
