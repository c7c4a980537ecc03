package xcall

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

type celsius float64
type text string

func TestEveryValueOfAnyTypeComesBack(t *testing.T) {
	values := []any{
		nil, true, int8(-1), int16(math.MinInt16), int32(5), int64(math.MinInt64), uint8(255),
		uint16(9), uint32(math.MaxUint32), uint64(math.MaxUint64), float32(1.5), math.Inf(-1),
		"", "nul \x00 and 🦀", strings.Repeat("x", inArenaAtMost+1),
		[]byte{}, []byte{1, 2}, []int64{1}, []float64{0.5}, []bool{true, false}, []string{"a", ""},
		[]any{int64(1), "x", nil, []any{}}, [][]int32{{1}, {}, {2, 3}}, [][]string{{"a"}},
		[][][]float64{{{1}, {}}, {}}, make([]int64, 10_000),
	}
	for _, value := range values {
		slot := lowered(t, value)
		back, err := Any(&slot)
		if err != nil || !reflect.DeepEqual(back, value) {
			t.Errorf("%T came back as %T %.100v, %v", value, back, back, err)
		}
		slot.release()
	}
	c.live = 0 // the fake releases no buffers
}

func TestNamedTypesAreLoweredAsTheirUnderlyingTypes(t *testing.T) {
	for _, test := range []struct{ named, plain any }{
		{celsius(1.5), 1.5}, {text("x"), "x"}, {[]text{"a"}, []string{"a"}},
		{[]celsius{1}, []float64{1}}, {[2]int16{1, 2}, []int16{1, 2}},
		{[1][2]int{{3, 4}}, [][]int64{{3, 4}}}, {int(5), int64(5)}, {uint(5), uint64(5)},
		{uintptr(5), uint64(5)}, {[]rune{'a'}, []int32{'a'}},
	} {
		slot := lowered(t, test.named)
		if back, err := Any(&slot); err != nil || !reflect.DeepEqual(back, test.plain) {
			t.Errorf("%T came back as %T %v, %v", test.named, back, back, err)
		}
	}
}

func TestNumbersAreAcceptedIfTheyFit(t *testing.T) {
	fits := func(value any, lift func(*Value) error, expected bool) {
		t.Helper()
		slot := lowered(t, value)
		if err := lift(&slot); (err == nil) != expected {
			t.Errorf("%T %v: %v", value, value, err)
		}
	}
	fits(int64(127), lifting(Number[int8]), true)
	fits(int64(128), lifting(Number[int8]), false)
	fits(int64(-1), lifting(Number[uint64]), false)
	fits(uint64(math.MaxUint64), lifting(Number[int64]), false)
	fits(uint64(math.MaxInt64), lifting(Number[int64]), true)
	fits(int64(1<<53+1), lifting(Number[float64]), false)
	fits(int64(1<<54), lifting(Number[float64]), true)
	fits(int64(math.MaxInt64), lifting(Number[float64]), false)
	fits(int64(math.MinInt64), lifting(Number[float64]), true)
	fits(uint64(math.MaxUint64), lifting(Number[float64]), false)
	fits(uint64(1<<63), lifting(Number[float64]), true)
	fits(int64(1<<24+1), lifting(Number[float32]), false)
	fits(math.MaxFloat64, lifting(Number[float32]), false)
	fits(math.Inf(1), lifting(Number[float32]), true)
	fits(1.0, lifting(Number[int]), false)
	fits(true, lifting(Number[int]), false)
	fits("1", lifting(Number[int]), false)
	fits(int8(1), lifting(Bool[bool]), false)
}

func lifting[T any](lift func(*Value) (T, error)) func(*Value) error {
	return func(v *Value) error {
		_, err := lift(v)
		return err
	}
}

func TestStringsOfEveryEncoding(t *testing.T) {
	sixteen := []uint16{'a', 0xd83e, 0xdd80}
	thirtyTwo := []rune{'a', '🦀'}
	for _, slot := range []Value{
		{Type: TypeString16, Length: 6, Bits: addressOf(sixteen)},
		{Type: TypeString32, Length: 8, Bits: addressOf(thirtyTwo)},
	} {
		if back, err := String[string](&slot); err != nil || back != "a🦀" {
			t.Errorf("%v: %q, %v", slot.Type, back, err)
		}
	}
}

func TestInvalidTextIsRefused(t *testing.T) {
	for _, value := range []any{"\xff", []string{"ok", "\xff"}, []any{struct{}{}, "\xff"}} {
		frame := newCall(1)
		err := LowerAny(arena{Frame: &frame.Frame}, frame.ret(0), value)
		if err == nil || !strings.Contains(err.Error(), "not valid UTF-8") {
			t.Errorf("%q: %v", value, err)
		}
	}
	noLiveObjects(t)
}

func TestOutOfMemory(t *testing.T) {
	c.outOf = true
	defer func() { c.outOf = false }()
	long := strings.Repeat("x", 100)
	for _, value := range []any{long, long + strings.Repeat("x", inArenaAtMost), []any{1, 2, 3, 4}} {
		frame := newCall(1)
		err := LowerAny(arena{Frame: &frame.Frame}, frame.ret(0), value)
		if kindOf(err, StatusOK) != ErrorInternal || !strings.Contains(err.Error(), "out of memory") {
			t.Errorf("%v", err)
		}
	}
	noLiveObjects(t)
}

func TestTypeNames(t *testing.T) {
	for of, name := range map[Type]string{
		TypeArray: "array", TypeInt64 | TypeArray: "int64_array",
		TypeUint8 | TypeArray | TypePacked: "uint8_packed_array", TypeString8: "string8",
		1 << 30: "type 0x40000000",
	} {
		if of.String() != name {
			t.Errorf("%s is called %s", name, of)
		}
	}
}
