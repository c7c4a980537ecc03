// Package fields has fields.
package fields

import "fmt"

// Kind is the kind of all boxes.
var Kind = "box"

// Box has fields.
type Box struct {
	Size    int64
	Label   string
	Next    *Box
	Weights []float64
}

// Describe returns the fields as text.
func (b *Box) Describe() string { return fmt.Sprintf("%s %d %s", Kind, b.Size, b.Label) }
