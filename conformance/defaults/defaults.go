// Package defaults has a variadic function, because Go has no default arguments.
package defaults

// Greet greets; the greeting and the mark are optional.
func Greet(name string, rest ...string) string {
	greeting, mark := "Hello", "!"
	if len(rest) > 0 {
		greeting = rest[0]
	}
	if len(rest) > 1 {
		mark = rest[1]
	}
	return greeting + ", " + name + mark
}
