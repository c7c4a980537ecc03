package stubs

import (
	"reflect"
	"sort"
)

// Named returns the arguments that are passed by name: those that options set,
// each collected by put, and fixed ones, names and values in turn.
func Named[O any](options []O, put func(*O, map[string]any), fixed ...any) [][]any {
	named := map[string]any{}
	for at := range options {
		put(&options[at], named)
	}
	pairs := Pairs(fixed...)
	for name, value := range named {
		pairs = append(pairs, []any{name, value})
	}
	sort.Slice(pairs, func(a, b int) bool { return pairs[a][0].(string) < pairs[b][0].(string) })
	return pairs
}

// Pairs returns named arguments: names and values in turn.
func Pairs(named ...any) [][]any {
	pairs := make([][]any, 0, len(named)/2)
	for at := 0; at+1 < len(named); at += 2 {
		pairs = append(pairs, []any{named[at], named[at+1]})
	}
	return pairs
}

// One returns a slice of the options; nil means none.
func One[O any](options *O) []O {
	if options == nil {
		return nil
	}
	return []O{*options}
}

// Put collects an argument, unless it is nil: then it is omitted.
func Put(named map[string]any, name string, value any) {
	of := reflect.ValueOf(value)
	switch of.Kind() {
	case reflect.Invalid:
		return
	case reflect.Slice, reflect.Map, reflect.Func:
		if of.IsNil() {
			return
		}
	case reflect.Pointer:
		if of.IsNil() {
			return
		}
		if _, is := value.(Reference); !is {
			value = of.Elem().Interface()
		}
	}
	named[name] = value
}

// PutAll collects further arguments.
func PutAll(named, others map[string]any) {
	for name, value := range others {
		named[name] = value
	}
}

// Nullable returns what a pointer points to; nil is null.
func Nullable[T any](value *T) any {
	if value == nil {
		return nil
	}
	return *value
}
