//go:build go1.22

package xcall

import (
	"errors"
	"reflect"
	"testing"
)

// tree is a slice type whose elements are of its own type.
type tree []tree

func nestedAny(depth int) any {
	value := []any{}
	for range depth - 1 {
		value = []any{value}
	}
	return value
}

func nestedTree(depth int) tree {
	value := tree{}
	for range depth - 1 {
		value = tree{value}
	}
	return value
}

func depthOf(value any) int {
	depth := 0
	for of := reflect.ValueOf(value); of.Kind() == reflect.Slice; depth++ {
		if of.Len() == 0 {
			return depth + 1
		}
		if of = of.Index(0); of.Kind() == reflect.Interface {
			of = of.Elem()
		}
	}
	return depth
}

func TestTheDeepestValueComesBack(t *testing.T) {
	typed := reflect.ValueOf([]int64{1})
	for range MaxDepth - 1 {
		slice := reflect.MakeSlice(reflect.SliceOf(typed.Type()), 1, 1)
		slice.Index(0).Set(typed)
		typed = slice
	}
	for _, value := range []any{nestedAny(MaxDepth), nestedTree(MaxDepth), typed.Interface()} {
		frame := newCall(1, lowered(t, value))
		if depth := depthOf(frame.Any(0)); depth != MaxDepth {
			t.Errorf("%d levels of %T come back as %d", MaxDepth, value, depth)
		}
	}
}

func TestValuesNestedTooDeeplyAreRefused(t *testing.T) {
	cycle, treeCycle, ring := make([]any, 1), make(tree, 1), make([]any, 1)
	cycle[0], treeCycle[0], ring[0] = cycle, treeCycle, [1]any{ring}
	deeper := []any{
		nestedAny(MaxDepth + 1), nestedAny(100_000), nestedTree(MaxDepth + 1),
		cycle, treeCycle, ring, []any{struct{}{}, cycle}, [][]any{{struct{}{}}, cycle},
	}
	for i, value := range deeper {
		frame := newCall(1)
		err := LowerAny(arena{Frame: &frame.Frame}, frame.ret(0), value)
		if !errors.Is(err, errTooDeep) && kindOf(err, StatusOK) != ErrorArgument {
			t.Errorf("value %d: %v", i, err)
		}
	}
	noLiveObjects(t)
}

// deepSlot returns a slot of that many nested arrays.
func deepSlot(t *testing.T, depth int) Value {
	slot := lowered(t, []int64{1})
	for range depth - 1 {
		inner := lowered(t, []any{nil})
		*(*Value)(inner.data()) = slot
		slot = inner
	}
	return slot
}

func TestAValueNestedTooDeeplyIsNotLifted(t *testing.T) {
	if slot := deepSlot(t, MaxDepth); !slot.fits(MaxDepth) {
		t.Error("the deepest does not fit")
	}
	slot := deepSlot(t, MaxDepth+1)
	if _, err := takeValue(&slot, TypeAny); !errors.Is(err, errTooDeep) {
		t.Error(err)
	}
	frame := newCall(0, deepSlot(t, MaxDepth+1))
	entry := Entry{Params: 1, Call: func(f *Frame) error { f.Any(0); return nil }}
	if status := entry.enter(&frame.Frame, 0); status != ErrorArgument {
		t.Error(status)
	}
}

func TestFuncsOfTypesThatHoldThemselves(t *testing.T) {
	lift := liftOf(reflect.TypeFor[tree]())
	slot := lowered(t, nestedTree(5))
	value, err := lift(&slot)
	if err != nil || depthOf(value.Interface()) != 5 {
		t.Error(value, err)
	}
}
