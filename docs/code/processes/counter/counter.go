// Package counter counts.
package counter

var last int

// Next returns the next number.
func Next() int {
	last++
	return last
}
