// Package strings has text.
package strings

import "unicode/utf8"

// Echo gives it back.
func Echo(text string) string { return text }

// EchoUtf16 gives it back.
func EchoUtf16(text string) string { return text }

// EchoUtf32 gives it back.
func EchoUtf32(text string) string { return text }

// Concat puts one after the other.
func Concat(left, right string) string { return left + right }

// CodePoints counts.
func CodePoints(text string) int64 { return int64(utf8.RuneCountInString(text)) }
