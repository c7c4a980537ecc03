// Package source has iterators and channels.
package source

import "iter"

// Squares yields squares.
func Squares(most int) iter.Seq[int] { return nil }

// Pairs yields pairs.
func Pairs() iter.Seq2[string, int] { return nil }

// Ticks ticks.
func Ticks() <-chan int { return nil }
