// Package results has several results.
package results

import "errors"

// Nothing returns no result.
func Nothing() {}

// Divide divides, with a remainder.
func Divide(a, b int64) (int64, int64) { return a / b, a % b }

// Three returns three results.
func Three(text string) (string, float64, bool) { return text, 0.5, true }

// Checked fails for negative numbers.
func Checked(number int64) (int64, error) {
	if number < 0 {
		return 0, errors.New("a negative number")
	}
	return number, nil
}
