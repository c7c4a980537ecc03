// Package kit has one of everything that a path can name.
package kit

// Limit is a variable.
var Limit = 5

// Shop is a struct.
type Shop struct{ Name string }

// NewShop makes a Shop.
func NewShop(name string) *Shop { return &Shop{name} }

// Greet is a method.
func (s *Shop) Greet(whom string) string { return s.Name + " greets " + whom }

// Largest is generic.
func Largest[T int | float64](a, b T) T {
	if a > b {
		return a
	}
	return b
}

// Length takes text that may be null.
func Length(text string) int { return len(text) }
