// Package triangle is a library that uses Python.
package triangle

import metaffi "github.com/MetaFFI/sdk/api/go"

// Hypot calls Python's math.hypot.
func Hypot(a, b float64) (any, error) {
	math, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("math")
	if err != nil {
		return nil, err
	}
	hypot, err := math.LoadEntity("callable=hypot")
	if err != nil {
		return nil, err
	}
	results, err := hypot(a, b)
	if err != nil {
		return nil, err
	}
	return results[0], nil
}
