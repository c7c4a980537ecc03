package main

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

// values are a goroutine's variables, and the host's objects by name.
type values struct {
	variables map[string]any
	objects   *sync.Map
}

func newValues() values { return values{map[string]any{}, &sync.Map{}} }

// copied returns the variables of a new goroutine.
func (v values) copied() values { return values{maps.Clone(v.variables), v.objects} }

// lower returns the Go value that is passed.
func (v values) lower(written any) (any, error) {
	if written == nil {
		return nil, nil
	}
	tagged, _ := written.(map[string]any)
	tag, value := tagOf(tagged)
	switch text, _ := value.(string); tag {
	case "var":
		stored, ok := v.variables[text]
		if !ok {
			return nil, fmt.Errorf("there is no variable %q", text)
		}
		return stored, nil
	case "object":
		object, _ := v.objects.LoadOrStore(text, &thing{text})
		return object, nil
	case "callback":
		function, ok := functions[text]
		if !ok {
			return nil, fmt.Errorf("this host has no function %q", text)
		}
		return function, nil
	case "repeat":
		one, err := v.lower(value)
		if err != nil {
			return nil, err
		}
		return strings.Repeat(one.(string), int(tagged["times"].(float64))), nil
	default:
		if items, ok := value.([]any); ok {
			return v.array(tag, items, rank(tagged))
		}
		return scalar(tag, text)
	}
}

// tagOf returns the key that is not a modifier of another.
func tagOf(tagged map[string]any) (string, any) {
	for tag, value := range tagged {
		if tag != "dims" && tag != "times" {
			return tag, value
		}
	}
	return "", nil
}

func rank(tagged map[string]any) int {
	if dims, ok := tagged["dims"].(float64); ok {
		return int(dims)
	}
	return 1
}

// array returns a slice of the type that the API returns for such an array.
func (v values) array(tag string, items []any, dims int) (any, error) {
	element := strings.TrimSuffix(strings.TrimSuffix(tag, "_array"), "_packed")
	of, ok := goTypes[element]
	if !ok || hasNull(items) {
		of = reflect.TypeFor[any]()
	}
	for range dims - 1 {
		of = reflect.SliceOf(of)
	}
	made := reflect.MakeSlice(reflect.SliceOf(of), len(items), len(items))
	for i, item := range items {
		value, err := v.item(tag, element, item, dims)
		if err != nil {
			return nil, err
		}
		if value != nil {
			made.Index(i).Set(reflect.ValueOf(value))
		}
	}
	return made.Interface(), nil
}

func hasNull(items []any) bool {
	for _, item := range items {
		if item == nil {
			return true
		}
	}
	return false
}

func (v values) item(tag, element string, item any, dims int) (any, error) {
	if rows, ok := item.([]any); ok && dims > 1 {
		return v.array(tag, rows, dims-1)
	}
	if text, ok := item.(string); ok {
		return scalar(element, text)
	}
	return v.lower(item)
}

var goTypes = map[string]reflect.Type{
	"float64": reflect.TypeFor[float64](), "float32": reflect.TypeFor[float32](),
	"int8": reflect.TypeFor[int8](), "int16": reflect.TypeFor[int16](),
	"int32": reflect.TypeFor[int32](), "int64": reflect.TypeFor[int64](),
	"uint8": reflect.TypeFor[uint8](), "uint16": reflect.TypeFor[uint16](),
	"uint32": reflect.TypeFor[uint32](), "uint64": reflect.TypeFor[uint64](),
	"size": reflect.TypeFor[uint64](), "bool": reflect.TypeFor[bool](),
	"char8": reflect.TypeFor[uint8](), "char16": reflect.TypeFor[uint16](), "char32": reflect.TypeFor[rune](),
	"string8": reflect.TypeFor[string](), "string16": reflect.TypeFor[string](), "string32": reflect.TypeFor[string](),
}

// scalar reads a scalar of a type of MetaFFI.
func scalar(name, text string) (any, error) {
	of, ok := goTypes[name]
	if !ok {
		return nil, fmt.Errorf("there is no type %q", name)
	}
	made := reflect.New(of).Elem()
	var err error
	switch kind := of.Kind(); {
	case strings.HasPrefix(name, "string"):
		made.SetString(text)
	case strings.HasPrefix(name, "char"):
		code := reflect.ValueOf([]rune(text)[0])
		made.Set(code.Convert(of))
	case kind == reflect.Bool:
		made.SetBool(text == "true")
	case made.CanInt():
		var number int64
		number, err = strconv.ParseInt(text, 10, of.Bits())
		made.SetInt(number)
	case made.CanUint():
		var number uint64
		number, err = strconv.ParseUint(text, 10, of.Bits())
		made.SetUint(number)
	default:
		var number float64
		number, err = strconv.ParseFloat(text, of.Bits())
		made.SetFloat(number)
	}
	return made.Interface(), err
}

// expect compares a result with the plan.
func (v values) expect(expected, actual any) error {
	if tagged, ok := expected.(map[string]any); ok && tagged["store"] != nil {
		if actual == nil {
			return fmt.Errorf("got null")
		}
		v.variables[tagged["store"].(string)] = actual
		return nil
	}
	wanted, err := v.lower(expected)
	if err == nil && !same(wanted, actual) {
		err = fmt.Errorf("expected %s, got %s", short(wanted), short(actual))
	}
	return err
}

// same compares exactly: types, the bits of floats, identity.
func same(wanted, actual any) bool {
	a, b := reflect.ValueOf(wanted), reflect.ValueOf(actual)
	if a.Kind() != b.Kind() {
		return false
	}
	if handle, ok := wanted.(metaffi.MetaFFIHandle); ok {
		other, ok := actual.(metaffi.MetaFFIHandle)
		return ok && handle.Same(other)
	}
	switch a.Kind() {
	case reflect.Slice:
		return sameItems(a, b)
	case reflect.Func:
		return a.Pointer() == b.Pointer()
	case reflect.Float32, reflect.Float64:
		return a.Type() == b.Type() && sameFloat(a.Float(), b.Float())
	}
	return wanted == actual
}

func sameItems(a, b reflect.Value) bool {
	// Handles are returned in a slice type of their own if none of them belongs to Go.
	if a.Type() != b.Type() && innermost(b.Type()) != reflect.TypeFor[metaffi.MetaFFIHandle]() || a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		item := b.Index(i).Interface()
		if item == (metaffi.MetaFFIHandle{}) {
			item = nil
		}
		if !same(a.Index(i).Interface(), item) {
			return false
		}
	}
	return true
}

func innermost(of reflect.Type) reflect.Type {
	for of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	return of
}

func sameFloat(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
}
