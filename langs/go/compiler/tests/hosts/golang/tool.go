// Package tool is what a library of Go has.
package tool

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

// Most is the most that fits.
const Most = 9

// Level says how loud.
type Level int

// The levels.
const (
	Low  Level = 1
	High Level = 2
)

// Raised is the next level.
func (l Level) Raised() Level { return l + 1 }

// Count is a variable.
var Count int

// Add adds.
func Add(a, b int) int { return a + b }

// Half halves.
func Half(value int) (float64, error) {
	if value < 0 {
		return 0, fmt.Errorf("half of %d: %w", value, ErrNegative)
	}
	return float64(value) / 2, nil
}

// ErrNegative is for what is negative.
var ErrNegative = errors.New("negative")

// Box holds a text.
type Box struct {
	// Text is what it holds.
	Text string
}

// NewBox makes one.
func NewBox(text string) *Box { return &Box{Text: text} }

// Put changes the text and gives the old one.
func (b *Box) Put(text string) string {
	old := b.Text
	b.Text = text
	return old
}

// Drawer is what draws.
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

// SameDrawer gives it back.
func SameDrawer(drawer Drawer) Drawer { return drawer }

// Collect forgets what it holds no more.
func Collect() { runtime.GC() }

// Apply calls a function.
func Apply(function func(int) int, value int) int { return function(value) }

// Twice gives a function.
func Twice() func(int) int { return func(x int) int { return 2 * x } }

// Sum adds all up.
func Sum(values ...int) (sum int) {
	for _, value := range values {
		sum += value
	}
	return sum
}

// Seconds are so many.
func Seconds(of time.Duration) float64 { return of.Seconds() }
