//go:build go1.22

package xcall

// Func lifts a function. Null is nil.
func Func[T any](v *Value) (T, error) {
	var none T
	if v.isNull() {
		return none, nil
	}
	if v.Type != TypeCallable {
		return none, mismatch[T](v)
	}
	return none, &unsupported{what: "a callable as an argument"}
}

// PutFunc lowers result i, a function.
func PutFunc[T any](f *Frame, i int, value T) {
	if isNil(value) {
		*f.ret(i) = Value{Type: TypeNull}
		return
	}
	panic(&resultFault{index: i, err: &unsupported{what: "a function as a result"}})
}
