// Package shop is an ordinary Go package.
package shop

import "errors"

// Greet greets whoever is named.
func Greet(name string) string { return "Hello, " + name }

// Share divides a total; nobody cannot share.
func Share(total, people int) (int, error) {
	if people == 0 {
		return 0, errors.New("nobody to share with")
	}
	return total / people, nil
}
