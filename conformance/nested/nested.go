// Package nested has a struct in a struct.
package nested

// Inner has a number.
type Inner struct{ Number int64 }

// NewInner makes one.
func NewInner(number int64) *Inner { return &Inner{number} }

// Doubled is twice the number.
func (i *Inner) Doubled() int64 { return i.Number * 2 }

// Outer has an inner one.
type Outer struct{ Inner Inner }

// NewOuter makes one.
func NewOuter() *Outer { return &Outer{Inner{1}} }

// Total counts.
func (o *Outer) Total() int64 { return o.Inner.Number + 1 }

// Where says where this is; Go has no types in types.
func Where() string { return "innermost" }
