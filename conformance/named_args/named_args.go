// Package named_args has functions that take named arguments as a map.
package named_args

import "fmt"

// NewOptions creates a map.
func NewOptions() map[string]any { return map[string]any{} }

// Put sets an option.
func Put(options map[string]any, name string, value any) { options[name] = value }

// Describe describes with size and color.
func Describe(what string, options map[string]any) (string, error) {
	var size, color any = 1, "red"
	for name, value := range options {
		switch name {
		case "size":
			size = value
		case "color":
			color = value
		default:
			return "", fmt.Errorf("there is no option %s", name)
		}
	}
	return fmt.Sprintf("%s, size %v, %v", what, size, color), nil
}

// DescribeAll describes several.
func DescribeAll(numbers []int64, options map[string]any) (string, error) {
	return Describe(fmt.Sprintf("%d boxes", len(numbers)), options)
}
