// Package exact_values has values without a MetaFFI type of their own.
package exact_values

import (
	"math/big"
	"runtime"
)

func power(base, exponent int64) *big.Int {
	return new(big.Int).Exp(big.NewInt(base), big.NewInt(exponent), nil)
}

// Integer is 2 to the power of 100.
func Integer() interface{} { return power(2, 100) }

// Negative is less than any int64.
func Negative() interface{} { return new(big.Int).Neg(power(2, 70)) }

// Huge has thousands of digits.
func Huge() interface{} { return power(10, 5000) }

func named(name string) *big.Int {
	values := map[string]func() interface{}{"integer": Integer, "negative": Negative, "huge": Huge}
	return values[name]().(*big.Int)
}

// Equals reports whether a value is the number with that name.
func Equals(name string, value interface{}) bool {
	number, ok := value.(*big.Int)
	return ok && number.Cmp(named(name)) == 0
}

// Passed reports whether a function returns its argument.
func Passed(function func(interface{}) interface{}, name string) bool {
	return Equals(name, function(named(name)))
}

// Collect runs the garbage collector.
func Collect() {
	for i := 0; i < 3; i++ {
		runtime.GC()
	}
}
