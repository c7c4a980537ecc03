//go:build go1.22

package xcall

import "strings"

// ParseType returns the type with a name such as int64, int64_array or
// int64_packed_array; false if there is none.
func ParseType(name string) (Type, bool) {
	if name == "array" {
		return TypeArray, true
	}
	marks := Type(0)
	if scalar, ok := strings.CutSuffix(name, "_packed_array"); ok {
		name, marks = scalar, TypeArray|TypePacked
	} else if scalar, ok := strings.CutSuffix(name, "_array"); ok {
		name, marks = scalar, TypeArray
	}
	for of, known := range typeNames {
		if known == name && (of != TypeNull || marks == 0) {
			return of | marks, true
		}
	}
	return 0, false
}
