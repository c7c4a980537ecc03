// Package generics has a generic function and a generic type.
package generics

import "cmp"

// Largest returns the larger one.
func Largest[T cmp.Ordered](a, b T) T { return max(a, b) }

// Stack is last in, first out.
type Stack[T any] struct{ items []T }

// NewStack makes one.
func NewStack[T any]() *Stack[T] { return &Stack[T]{} }

// Push puts one on top.
func (s *Stack[T]) Push(item T) { s.items = append(s.items, item) }

// Pop takes the top one.
func (s *Stack[T]) Pop() T {
	last := len(s.items) - 1
	item := s.items[last]
	s.items = s.items[:last]
	return item
}

// Size counts.
func (s *Stack[T]) Size() int64 { return int64(len(s.items)) }
