package metaffi

import (
	"reflect"
	"strings"
)

// hasNamedArgs reports whether the last argument of an entity holds named
// arguments.
func hasNamedArgs(entityPath string) bool {
	for _, item := range strings.Split(entityPath, ",") {
		tag := strings.ReplaceAll(item, " ", "")
		if tag == "named_args" || tag == "named_args=true" {
			return true
		}
	}
	return false
}

// withNamedArgs lets the last argument be a map, which is passed as its pairs
// of name and value; anything else is passed unchanged.
func withNamedArgs(
	call func(...interface{}) ([]interface{}, error),
) func(...interface{}) ([]interface{}, error) {
	return func(args ...interface{}) ([]interface{}, error) {
		last := len(args) - 1
		if last < 0 {
			return call(args...)
		}
		named := reflect.ValueOf(args[last])
		if named.Kind() != reflect.Map {
			return call(args...)
		}
		pairs := make([]interface{}, 0, named.Len())
		for entries := named.MapRange(); entries.Next(); {
			pair := []interface{}{entries.Key().Interface(), entries.Value().Interface()}
			pairs = append(pairs, pair)
		}
		all := append(append(make([]interface{}, 0, len(args)), args[:last]...), pairs)
		return call(all...)
	}
}
