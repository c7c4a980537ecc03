package main

import (
	"errors"
	"fmt"
)

// Next shows that the process is alive.
func Next() int { return 42 }

// Fail returns an error with a cause.
func Fail() (int, error) {
	return 0, fmt.Errorf("reading: %w", errors.New("disk full"))
}

// Panic panics with a value.
func Panic(text string) { panic(text) }

// NilMap panics inside the Go runtime.
func NilMap() {
	var m map[string]int
	m["x"] = 1
}

// Narrow takes eight bits.
func Narrow(value int8) int8 { return value }
