// Package tool is a typical Go library.
package tool

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

// Most is the most that fits.
const Most = 9

// Level is a volume.
type Level int

// The levels.
const (
	Low  Level = 1
	High Level = 2
)

// Raised returns the next level.
func (l Level) Raised() Level { return l + 1 }

// Count is a variable.
var Count int

// Add adds.
func Add(a, b int) int { return a + b }

// Half returns half of a value.
func Half(value int) (float64, error) {
	if value < 0 {
		return 0, fmt.Errorf("half of %d: %w", value, ErrNegative)
	}
	return float64(value) / 2, nil
}

// ErrNegative is the error of a negative number.
var ErrNegative = errors.New("negative")

// Box holds a text.
type Box struct {
	// Text is its content.
	Text string
}

// NewBox creates a Box.
func NewBox(text string) *Box { return &Box{Text: text} }

// Put replaces the text and returns the old one.
func (b *Box) Put(text string) string {
	old := b.Text
	b.Text = text
	return old
}

// Drawer opens boxes.
type Drawer interface {
	// Open opens a box.
	Open(box *Box, name string) (*Box, error)
	Amount() float64
}

// Draw uses all methods of a drawer.
func Draw(drawer Drawer, name string) (string, error) {
	opened, err := drawer.Open(NewBox(name), name)
	if err != nil {
		return "", fmt.Errorf("not open: %w", err)
	}
	return fmt.Sprint(opened.Text, drawer.Amount()), nil
}

// SameDrawer returns its argument.
func SameDrawer(drawer Drawer) Drawer { return drawer }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }

// Apply calls a function.
func Apply(function func(int) int, value int) int { return function(value) }

// Twice returns a function.
func Twice() func(int) int { return func(x int) int { return 2 * x } }

// Sum adds up all values.
func Sum(values ...int) (sum int) {
	for _, value := range values {
		sum += value
	}
	return sum
}

// Seconds returns the number of seconds.
func Seconds(of time.Duration) float64 { return of.Seconds() }
