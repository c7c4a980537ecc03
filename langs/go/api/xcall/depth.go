//go:build go1.22

package xcall

import "fmt"

// MaxDepth is METAFFI_MAX_DEPTH: how deeply arrays may be nested.
const MaxDepth = 256

// maxRank is the highest rank that a slot can express.
const maxRank = 255

// errTooDeep is the error of such a value. It is not wrapped with the positions
// of the elements, which would repeat the same text hundreds of times.
var errTooDeep = &callError{
	kind: ErrorArgument,
	message: fmt.Sprintf("the value is nested too deeply, or contains itself: "+
		"at most %d arrays may be nested; pass it as a handle", MaxDepth),
}

// arena is the place that a value is lowered to: the arena of a frame, and the
// number of arrays around the value.
type arena struct {
	*Frame
	depth int
}

// inside returns the arena for the elements of an array.
func (a arena) inside() (arena, error) {
	if a.depth >= MaxDepth {
		return a, errTooDeep
	}
	a.depth++
	return a, nil
}

// fits reports whether arrays are nested at most that deeply.
func (v *Value) fits(depth int) bool {
	if !v.Type.isArray() {
		return true
	}
	if depth == 0 || !v.holdsSlots() {
		return depth > 0
	}
	for i := range v.Length {
		if element := v.at(i); !element.fits(depth - 1) {
			return false
		}
	}
	return true
}

// holdsSlots reports whether the elements of an array are slots.
func (v *Value) holdsSlots() bool {
	element := v.Type.element()
	return v.Dims > 1 || element == 0 || element == TypeAny
}

// inElement names the element that an error is about.
func inElement(i int, err error) error {
	if err == error(errTooDeep) {
		return err
	}
	return fmt.Errorf("element %d: %w", i, err)
}
