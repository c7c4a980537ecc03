// Package generics has a generic function and a generic type.
package generics

import "cmp"

// Largest returns the larger of two values.
func Largest[T cmp.Ordered](a, b T) T { return max(a, b) }

// Stack is last in, first out.
type Stack[T any] struct{ items []T }

// NewStack creates a Stack.
func NewStack[T any]() *Stack[T] { return &Stack[T]{} }

// Push adds an item on top.
func (s *Stack[T]) Push(item T) { s.items = append(s.items, item) }

// Pop removes the top item.
func (s *Stack[T]) Pop() T {
	last := len(s.items) - 1
	item := s.items[last]
	s.items = s.items[:last]
	return item
}

// Size returns the number of items.
func (s *Stack[T]) Size() int64 { return int64(len(s.items)) }
