// Package long_text has long text.
package long_text

import (
	"strings"
	"unicode/utf8"
)

// Echo returns its argument.
func Echo(text string) string { return text }

// CodePoints counts the code points.
func CodePoints(text string) int64 { return int64(utf8.RuneCountInString(text)) }

// Repeat repeats a text.
func Repeat(text string, times int64) string { return strings.Repeat(text, int(times)) }
