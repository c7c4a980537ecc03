// Package varargs has variadic functions.
package varargs

import "strings"

// Join joins.
func Join(separator string, words ...string) string { return strings.Join(words, separator) }

// Total returns the sum.
func Total(numbers ...int64) int64 {
	total := int64(0)
	for _, number := range numbers {
		total += number
	}
	return total
}

// Count returns the number of values.
func Count(values ...any) int64 { return int64(len(values)) }
