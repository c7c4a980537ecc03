// Package mathutil has some arithmetic functions.
package mathutil

import "errors"

// Golden is the golden ratio.
const Golden = 1.618033988749895

// Add returns the sum of a and b.
func Add(a, b int64) int64 {
	return a + b
}

// Divide returns quotient and remainder of a divided by b.
func Divide(a, b int64) (quotient, remainder int64, err error) {
	if b == 0 {
		return 0, 0, errors.New("division by zero")
	}
	return a / b, a % b, nil
}

// Mean returns the mean of its arguments.
func Mean(numbers ...float64) float64 {
	sum := 0.0
	for _, number := range numbers {
		sum += number
	}
	return sum / float64(len(numbers))
}

// Primes returns the primes up to n.
func Primes(n int64) []int64 {
	composite := make([]bool, n+1)
	var primes []int64
	for i := int64(2); i <= n; i++ {
		if composite[i] {
			continue
		}
		primes = append(primes, i)
		for j := i * i; j <= n; j += i {
			composite[j] = true
		}
	}
	return primes
}
