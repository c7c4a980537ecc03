// Package strings has text.
package strings

import "unicode/utf8"

// Echo returns its argument.
func Echo(text string) string { return text }

// EchoUtf16 returns its argument.
func EchoUtf16(text string) string { return text }

// EchoUtf32 returns its argument.
func EchoUtf32(text string) string { return text }

// Concat concatenates two texts.
func Concat(left, right string) string { return left + right }

// CodePoints counts the code points.
func CodePoints(text string) int64 { return int64(utf8.RuneCountInString(text)) }
