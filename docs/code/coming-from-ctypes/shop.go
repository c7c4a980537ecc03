// Package shop is an ordinary Go package.
package shop

import "errors"

// Greet greets whoever is named.
func Greet(name string) string { return "Hello, " + name }

// Total adds up prices.
func Total(prices []float64) float64 {
	sum := 0.0
	for _, price := range prices {
		sum += price
	}
	return sum
}

// Share divides a total; nobody cannot share.
func Share(total, people int) (int, error) {
	if people == 0 {
		return 0, errors.New("nobody to share with")
	}
	return total / people, nil
}
