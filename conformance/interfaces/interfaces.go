// Package interfaces has an interface, and two types that implement it.
package interfaces

import "runtime"

// Shape has an area.
type Shape interface{ Area() float64 }

// Square is a shape.
type Square struct{ side float64 }

// NewSquare creates a Square.
func NewSquare(side float64) *Square { return &Square{side} }

// Area returns its area.
func (s *Square) Area() float64 { return s.side * s.side }

// Circle is roughly a circle.
type Circle struct{ radius float64 }

// NewCircle creates a Circle.
func NewCircle(radius float64) *Circle { return &Circle{radius} }

// Area returns its area.
func (c *Circle) Area() float64 { return 3 * c.radius * c.radius }

// Describe returns what the shape is.
func Describe(shape Shape) string {
	if _, ok := shape.(*Square); ok {
		return "a square"
	}
	return "a shape"
}

// Unit returns a shape with the area 1.
func Unit() Shape { return NewSquare(1) }

// Largest returns the larger of two values.
func Largest(a, b Shape) Shape {
	if a.Area() > b.Area() {
		return a
	}
	return b
}

// Total returns the sum.
func Total(shapes []Shape) float64 {
	total := 0.0
	for _, shape := range shapes {
		total += shape.Area()
	}
	return total
}

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
