// Package overloads has one function of many types, for Go has no overloads.
package overloads

import "runtime"

// Kind says what it is.
func Kind(value any) string {
	switch value.(type) {
	case int64:
		return "integer"
	case float64:
		return "number"
	case bool:
		return "flag"
	case string:
		return "text"
	case []int64:
		return "integers"
	}
	return "object"
}

// KindOfTwo has another name.
func KindOfTwo(_, _ int64) string { return "two" }

// Collect collects.
func Collect() { runtime.GC() }
