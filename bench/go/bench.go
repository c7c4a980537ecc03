// Package main contains the functions that the benchmark calls in Go. The guest of
// MetaFFI is built from this file alone; together with floor.go and plain.go it makes
// the library of the other contestants.
package main

import "errors"

var calls int64

// Nothing does almost nothing; Calls proves that it ran.
func Nothing() { calls++ }

// Calls returns the number of times that Nothing ran.
func Calls() int64 { return calls }

// Echo returns its argument.
func Echo(value int64) int64 { return value }

// Text returns its argument.
func Text(value string) string { return value }

// Sum adds up the values.
func Sum(values []int64) int64 {
	var sum int64
	for _, value := range values {
		sum += value
	}
	return sum
}

var numbers = func() (values []int64) {
	for i := int64(0); i < 10_000; i++ {
		values = append(values, i)
	}
	return values
}()

// Numbers returns a list.
func Numbers() []int64 { return numbers }

// Mixed returns its argument.
func Mixed(values []any) []any { return values }

// Strings returns its argument.
func Strings(values []string) []string { return values }

// Objects returns its argument.
func Objects(values []*Counter) []*Counter { return values }

// Bytes returns its argument.
func Bytes(values []byte) []byte { return values }

// Total reads every entry.
func Total(values map[string]int64) int64 {
	var sum int64
	for _, value := range values {
		sum += value
	}
	return sum
}

// Fail always fails.
func Fail() error { return errors.New("no luck today") }

// Apply calls a function of the host.
func Apply(function func(int64) int64, value int64) int64 { return function(value) }

// Counter is an object with a method.
type Counter struct{ count int64 }

// NewCounter creates a counter that starts at zero.
func NewCounter() *Counter { return &Counter{} }

// Increment adds one and returns the count.
func (c *Counter) Increment() int64 {
	c.count++
	return c.count
}
