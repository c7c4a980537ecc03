// Package natural has the types that natural.py uses.
package natural

import "io"

// Point is a place.
type Point struct{ X, Y int }

// Kind distinguishes maps from other values.
func Kind(value any) string {
	if _, is := value.(map[string]any); is {
		return "map"
	}
	return "other"
}

// Total calls a function that adds up the values of a map.
func Total(of func(map[string]int) int) int { return of(map[string]int{"a": 1, "b": 2}) }

// Copied reads a file of another language.
func Copied(from io.Reader) (string, error) {
	all, err := io.ReadAll(from)
	return string(all), err
}
