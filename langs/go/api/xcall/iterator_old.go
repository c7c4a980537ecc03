//go:build go1.22 && !go1.23

package xcall

import "reflect"

// pullFrom does not support sequences: Go has them since 1.23.
func pullFrom(reflect.Value) (next func() ([]reflect.Value, bool), stop func()) {
	return nil, nil
}
