// Package main is called in other processes.
package main

import "errors"

// Counter cannot leave its process.
type Counter struct{ N int64 }

// NewCounter makes one.
func NewCounter(n int64) *Counter { return &Counter{N: n} }

// Double is called by its types.
func Double(n int64) int64 { return 2 * n }

// Total adds the numbers of all rows.
func Total(rows [][]int64) int64 {
	var total int64
	for _, row := range rows {
		for _, number := range row {
			total += number
		}
	}
	return total
}

// Fail returns an error.
func Fail(message string) error { return errors.New(message) }
