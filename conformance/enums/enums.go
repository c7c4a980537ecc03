// Package enums has an enumeration.
package enums

import "fmt"

// Color is one of the constants.
type Color int

// The colors.
const (
	Red Color = iota
	Blue
)

var names = []string{"RED", "BLUE"}

// String is its name.
func (c Color) String() string { return names[c] }

// Number returns what it is counted as.
func (c Color) Number() int64 { return int64(c) }

// Parse finds one by its name.
func Parse(name string) (Color, error) {
	for i, known := range names {
		if known == name {
			return Color(i), nil
		}
	}
	return 0, fmt.Errorf("no color %s", name)
}

// Mixed names both.
func Mixed(a, b Color) string { return fmt.Sprintf("%v and %v", a, b) }
