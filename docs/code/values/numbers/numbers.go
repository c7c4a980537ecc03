// Package numbers works on slices.
package numbers

// Sum adds numbers up.
func Sum(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += value
	}
	return sum
}

// Scale multiplies numbers in place.
func Scale(values []float64, by float64) {
	for i := range values {
		values[i] *= by
	}
}

// Squares returns the first n squares.
func Squares(n int) []int64 {
	squares := make([]int64, n)
	for i := range squares {
		squares[i] = int64(i) * int64(i)
	}
	return squares
}
