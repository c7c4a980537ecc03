// Package released is used after the runtime was released.
package released

import "errors"

// Thing has a number.
type Thing struct{ number int64 }

// NewThing makes one.
func NewThing(number int64) *Thing { return &Thing{number} }

// Number is its number.
func (t *Thing) Number() int64 { return t.number }

// Add adds.
func Add(a, b int64) int64 { return a + b }

// Subtract subtracts.
func Subtract(a, b int64) int64 { return a - b }

// FailWith fails.
func FailWith(message string) error { return errors.New(message) }
