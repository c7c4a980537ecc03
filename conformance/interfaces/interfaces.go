// Package interfaces has an interface, and two types that implement it.
package interfaces

import "runtime"

// Shape has an area.
type Shape interface{ Area() float64 }

// Square is one.
type Square struct{ side float64 }

// NewSquare makes one.
func NewSquare(side float64) *Square { return &Square{side} }

// Area is its area.
func (s *Square) Area() float64 { return s.side * s.side }

// Circle is nearly one.
type Circle struct{ radius float64 }

// NewCircle makes one.
func NewCircle(radius float64) *Circle { return &Circle{radius} }

// Area is its area.
func (c *Circle) Area() float64 { return 3 * c.radius * c.radius }

// Describe says what it is.
func Describe(shape Shape) string {
	if _, ok := shape.(*Square); ok {
		return "a square"
	}
	return "a shape"
}

// Unit has the area 1.
func Unit() Shape { return NewSquare(1) }

// Largest returns the larger one.
func Largest(a, b Shape) Shape {
	if a.Area() > b.Area() {
		return a
	}
	return b
}

// Total adds.
func Total(shapes []Shape) float64 {
	total := 0.0
	for _, shape := range shapes {
		total += shape.Area()
	}
	return total
}

// Collect collects.
func Collect() { runtime.GC() }
