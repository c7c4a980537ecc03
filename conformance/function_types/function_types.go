// Package function_types has types of functions.
package function_types

import "runtime"

// Transform is a named func type.
type Transform func(a, b int64) int64

// Joiner is a named func type with a method.
type Joiner func(a, b string) string

// Both joins in both orders.
func (j Joiner) Both(a, b string) string { return j(a, b) + ", " + j(b, a) }

// ApplyTransform calls a Transform.
func ApplyTransform(transform Transform, a, b int64) int64 { return transform(a, b) }

// CallSupplier calls a function.
func CallSupplier(supplier func() any) any { return supplier() }

// CallOwn calls a Joiner.
func CallOwn(joiner Joiner, a, b string) string { return joiner(a, b) }

// HasMore calls the method of a Joiner.
func HasMore(joiner Joiner, a, b string) string { return joiner.Both(a, b) }

// Combine calls a function of narrower numbers.
func Combine(operator func(a, b int32) int32, a, b int32) int32 { return operator(a, b) }

// Mapper is a generic func type.
type Mapper[T any] func(T) T

// MapNumber calls a Mapper.
func MapNumber(mapper Mapper[int64], number int64) int64 { return mapper(number) }

// MapText calls a Mapper.
func MapText(mapper Mapper[string], text string) string { return mapper(text) }

// Flag is a named bool.
type Flag bool

// MapFlag calls a function of a named type.
func MapFlag(mapper func(Flag) Flag, flag Flag) Flag { return mapper(flag) }

// Fold calls a function of int.
func Fold(operator func(a, b int) int, count int) int {
	total := 0
	for i := range count {
		total = operator(total, i)
	}
	return total
}

// Task is a named func type with an error.
type Task func(input string) (output string, err error)

// Attempt calls a Task.
func Attempt(task Task, text string) (string, error) { return task(text) }

// Gather calls a variadic function.
func Gather(gatherer func(numbers ...int64) []int64, count int64) []int64 {
	numbers := make([]int64, count)
	for i := range numbers {
		numbers[i] = int64(i)
	}
	return gatherer(numbers...)
}

// Test calls a function.
func Test(condition func() bool) bool { return condition() }

// Run calls a function without a result.
func Run(task func()) bool {
	task()
	return true
}

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
