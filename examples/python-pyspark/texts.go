// Package main is a Go guest that PySpark's workers call.
package main

import "strings"

// Initials returns the first letter of every word.
func Initials(text string) string {
	var initials strings.Builder
	for _, word := range strings.Fields(text) {
		initials.WriteRune([]rune(word)[0])
	}
	return strings.ToUpper(initials.String())
}

// Lengths returns the number of letters of each text.
func Lengths(texts []string) []int64 {
	lengths := make([]int64, len(texts))
	for i, text := range texts {
		lengths[i] = int64(len([]rune(text)))
	}
	return lengths
}
