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

// String returns its name.
func (c Color) String() string { return names[c] }

// Number returns its value.
func (c Color) Number() int64 { return int64(c) }

// Parse returns the color with a name.
func Parse(name string) (Color, error) {
	for i, known := range names {
		if known == name {
			return Color(i), nil
		}
	}
	return 0, fmt.Errorf("no color %s", name)
}

// Mixed returns both names.
func Mixed(a, b Color) string { return fmt.Sprintf("%v and %v", a, b) }
