package main

import (
	"fmt"
	"math"
	"strings"
)

// A proof shows that a call was made and returned.
type proof int

const (
	byCalls    proof = iota // the guest counts its calls
	byCount                 // the object returns its count
	byFailures              // the loop counts failures
	byValue                 // the result is what is expected
	bySame                  // the result is what was passed
)

// A scenario is one function of the fixture.
type scenario struct {
	name     string
	proof    proof
	argument any
	expected any
	// Further arguments, which are echoed once before the measurement.
	limits []any
}

const (
	elements       = 10_000
	objects        = 1_000 // strings, values, objects or entries of a collection
	step     int64 = 7     // the number that callbacks add
	number   int64 = 1_234_567_890_123
	luck           = "no luck today"
)

func numbers() (values []int64) {
	for i := int64(0); i < elements; i++ {
		values = append(values, i)
	}
	return values
}

func mixed() (values []interface{}) {
	for i := int64(0); i < objects; i++ {
		one := []interface{}{i, float64(i) / 4, fmt.Sprint("text ", i), i%2 == 0, nil}
		values = append(values, one[i%5])
	}
	return values
}

func texts() (values []string) {
	for i := range objects {
		values = append(values, fmt.Sprint("string ", i))
	}
	return values
}

func entries() map[string]int64 {
	values := map[string]int64{}
	for i := int64(0); i < objects; i++ {
		values[fmt.Sprint(i)] = i
	}
	return values
}

var scenarios = []*scenario{
	{name: "void", proof: byCalls},
	{name: "int64", proof: byValue, argument: number, expected: number,
		limits: []any{int64(0), int64(-1), int64(math.MaxInt64), int64(math.MinInt64)}},
	{name: "string", proof: byValue, argument: "sixteen letters!", expected: "sixteen letters!",
		limits: []any{"", "größer", "日本語 😀", strings.Repeat("x", 5000)}},
	{name: "array", proof: byValue, argument: numbers(),
		expected: int64(elements * (elements - 1) / 2)},
	{name: "numbers", proof: bySame, argument: numbers()},
	{name: "mixed", proof: bySame, argument: mixed()},
	{name: "strings", proof: bySame, argument: texts()},
	{name: "objects", proof: byValue, expected: objects},
	{name: "dict", proof: byValue, argument: entries(),
		expected: int64(objects * (objects - 1) / 2)},
	{name: "object", proof: byCount},
	{name: "callback", proof: byValue, argument: number, expected: number + step},
	{name: "error", proof: byFailures},
}
