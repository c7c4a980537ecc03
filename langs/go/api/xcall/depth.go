//go:build go1.22

package xcall

import "fmt"

// MaxDepth is METAFFI_MAX_DEPTH: how many arrays may be nested.
const MaxDepth = 256

// maxRank is the highest rank that a slot can say.
const maxRank = 255

// errTooDeep refuses a value; its elements do not say where they are, which
// would be hundreds of times the same.
var errTooDeep = &fault{
	kind: ErrorArgument,
	message: fmt.Sprintf("the value is nested too deeply, or contains itself: "+
		"at most %d arrays may be nested; pass it as a handle", MaxDepth),
}

// arena is where a value is lowered to: the arena of a frame, inside of so
// many arrays.
type arena struct {
	*Frame
	depth int
}

// inside is the arena for the elements of an array.
func (a arena) inside() (arena, error) {
	if a.depth >= MaxDepth {
		return a, errTooDeep
	}
	a.depth++
	return a, nil
}

// fits says whether arrays are nested no more than so many times.
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

// holdsSlots says whether the elements of an array are slots.
func (v *Value) holdsSlots() bool {
	element := v.Type.element()
	return v.Dims > 1 || element == 0 || element == TypeAny
}

// inElement says which element an error is about.
func inElement(i int, err error) error {
	if err == error(errTooDeep) {
		return err
	}
	return fmt.Errorf("element %d: %w", i, err)
}
