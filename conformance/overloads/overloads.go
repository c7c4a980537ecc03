// Package overloads has one function for many types, because Go has no overloads.
package overloads

import "runtime"

// Kind returns the kind of its argument.
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

// KindOfTwo needs another name.
func KindOfTwo(_, _ int64) string { return "two" }

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
