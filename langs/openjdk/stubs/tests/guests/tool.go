// Package tool is a guest of the tests.
package tool

import (
	"errors"
	"fmt"
	"runtime"
	"strconv"
)

// Most is how many there are at most.
const Most = 7

// Level is a named number.
type Level int

// Some levels.
const (
	Low  Level = 1
	High Level = 2
)

// String says it.
func (l Level) String() string { return "level " + strconv.Itoa(int(l)) }

// Counter counts.
type Counter struct {
	// Name is what it counts.
	Name  string
	count int
}

// NewCounter makes one.
func NewCounter(name string) *Counter { return &Counter{Name: name} }

// Add counts up.
func (c *Counter) Add(by int) int {
	c.count += by
	return c.count
}

// Add adds.
func Add(a, b int) int { return a + b }

// Half halves.
func Half(value float64) float64 { return value / 2 }

// Greet greets.
func Greet(name string) string { return "Hello, " + name }

// Divide fails for 0.
func Divide(a, b int) (int, error) {
	if b == 0 {
		return 0, errors.New("division by zero")
	}
	return a / b, nil
}

// Each calls a function with each number.
func Each(numbers []int64, f func(int64) int64) []int64 {
	made := []int64{}
	for _, number := range numbers {
		made = append(made, f(number))
	}
	return made
}

// Drawer is what draws.
type Drawer interface {
	// Open opens a counter.
	Open(counter *Counter, name string) (*Counter, error)
	Amount() float64
}

// Compare puts counters in order.
func (c *Counter) Compare(other *Counter) int { return c.count - other.count }

// Draw uses all methods of a drawer.
func Draw(drawer Drawer, name string) (string, error) {
	opened, err := drawer.Open(NewCounter(name), name)
	if err != nil {
		return "", fmt.Errorf("not open: %w", err)
	}
	return opened.Name + strconv.FormatFloat(drawer.Amount(), 'f', 1, 64), nil
}

// Collect forgets what it holds no more.
func Collect() { runtime.GC() }

// SameDrawer gives it back.
func SameDrawer(drawer Drawer) Drawer { return drawer }

// Raise raises a level.
func Raise(level Level) Level { return level + 1 }
