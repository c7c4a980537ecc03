// Package interfaces takes values of any language that implement its interfaces.
package interfaces

import (
	"errors"
	"io"
)

// Shape has an area.
type Shape interface {
	Area() float64
	Scale(by float64, names ...string) (Shape, error)
}

// Square is a Shape.
type Square struct{ Side float64 }

// Area is its area.
func (s Square) Area() float64 { return s.Side * s.Side }

// Scale makes another.
func (s Square) Scale(by float64, _ ...string) (Shape, error) { return Square{s.Side * by}, nil }

// Total adds areas.
func Total(shapes ...Shape) float64 {
	total := 0.0
	for _, shape := range shapes {
		total += shape.Area()
	}
	return total
}

// Double scales by two.
func Double(shape Shape) (Shape, error) { return shape.Scale(2, "a", "b") }

// Same returns its argument.
func Same(shape Shape) Shape { return shape }

// Copy reads everything and writes it.
func Copy(to io.Writer, from io.Reader) (int64, error) { return io.Copy(to, from) }

// Greet writes.
func Greet(to io.Writer) error { _, err := io.WriteString(to, "hello"); return err }

// IsRefused reports whether an error wraps another.
func IsRefused(shape Shape) bool {
	_, err := shape.Scale(0)
	var refused interface{ Error() string }
	return errors.As(err, &refused)
}
