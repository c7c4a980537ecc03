// Package nested has a struct in a struct.
package nested

// Inner has a number.
type Inner struct{ Number int64 }

// NewInner creates an Inner.
func NewInner(number int64) *Inner { return &Inner{number} }

// Doubled returns twice the number.
func (i *Inner) Doubled() int64 { return i.Number * 2 }

// Outer contains an Inner.
type Outer struct{ Inner Inner }

// NewOuter creates an Outer.
func NewOuter() *Outer { return &Outer{Inner{1}} }

// Total returns the total.
func (o *Outer) Total() int64 { return o.Inner.Number + 1 }

// Where returns its own place; Go has no nested types.
func Where() string { return "innermost" }
