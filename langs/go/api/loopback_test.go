package metaffi_test

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

type function = func(...interface{}) ([]interface{}, error)

func module(t testing.TB, runtime, path string) *metaffi.MetaFFIModule {
	t.Helper()
	loaded, err := metaffi.NewMetaFFIRuntime(runtime).LoadModule(path)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func load(t testing.TB, from *metaffi.MetaFFIModule, path string, params, rets []IDL.MetaFFITypeInfo) function {
	t.Helper()
	loaded, err := from.LoadWithInfo(path, params, rets)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func infos(types ...IDL.MetaFFIType) []IDL.MetaFFITypeInfo {
	var infos []IDL.MetaFFITypeInfo
	for _, name := range types {
		infos = append(infos, IDL.MetaFFITypeInfo{StringType: name})
	}
	return infos
}

func array(of IDL.MetaFFIType, rank int) IDL.MetaFFITypeInfo {
	return IDL.MetaFFITypeInfo{StringType: of, Dimensions: rank}
}

func loopback(t testing.TB, path string, params, rets []IDL.MetaFFITypeInfo) function {
	t.Helper()
	return load(t, module(t, "loopback", "loopback"), path, params, rets)
}

// one calls, and returns the only result.
func one(t testing.TB, f function, args ...interface{}) interface{} {
	t.Helper()
	results, err := f(args...)
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 1 {
		t.Fatalf("%d results", len(results))
	}
	return results[0]
}

// failure calls, and returns the error.
func failure(t testing.TB, f function, args ...interface{}) *metaffi.MetaFFIError {
	t.Helper()
	results, err := f(args...)
	var failure *metaffi.MetaFFIError
	if !errors.As(err, &failure) {
		t.Fatalf("%v, %v", results, err)
	}
	return failure
}

func TestEveryScalarAtItsLimits(t *testing.T) {
	for _, test := range []struct {
		declared IDL.MetaFFIType
		values   []interface{}
	}{
		{IDL.INT8, []interface{}{int8(-128), int8(0), int8(127)}},
		{IDL.INT16, []interface{}{int16(math.MinInt16), int16(math.MaxInt16)}},
		{IDL.INT32, []interface{}{int32(math.MinInt32), int32(math.MaxInt32)}},
		{IDL.INT64, []interface{}{int64(math.MinInt64), int64(-1), int64(math.MaxInt64)}},
		{IDL.UINT8, []interface{}{uint8(0), uint8(255)}},
		{IDL.UINT16, []interface{}{uint16(math.MaxUint16)}},
		{IDL.UINT32, []interface{}{uint32(math.MaxUint32)}},
		{IDL.UINT64, []interface{}{uint64(0), uint64(math.MaxUint64)}},
		{IDL.SIZE, []interface{}{uint64(math.MaxUint64)}},
		{IDL.BOOL, []interface{}{true, false}},
		{IDL.CHAR8, []interface{}{uint8('a'), uint8(255)}},
		{IDL.CHAR16, []interface{}{uint16('é'), uint16(0xffff)}},
		{IDL.CHAR32, []interface{}{'a', '😀'}},
		{IDL.FLOAT64, []interface{}{0.0, math.Inf(1), math.Inf(-1), math.SmallestNonzeroFloat64, math.MaxFloat64}},
		{IDL.FLOAT32, []interface{}{float32(1.5), float32(math.SmallestNonzeroFloat32), float32(math.Inf(1))}},
		{IDL.STRING8, []interface{}{"", "a", "with\x00nul", "é e\u0301 😀", strings.Repeat("long ", 1000)}},
		{IDL.STRING16, []interface{}{"", "é 😀\x00"}},
		{IDL.STRING32, []interface{}{"", "é 😀\x00"}},
		{IDL.NULL, []interface{}{nil}},
		{IDL.ANY, []interface{}{nil, true, int64(1), uint8(2), 1.5, "text"}},
	} {
		echo := loopback(t, "callable=echo", infos(test.declared), infos(test.declared))
		for _, value := range test.values {
			if back := one(t, echo, value); back != value {
				t.Errorf("%s: %#v became %#v", test.declared, value, back)
			}
		}
	}
}

func TestFloatsSurviveBitForBit(t *testing.T) {
	echo := loopback(t, "callable=echo", infos(IDL.FLOAT64), infos(IDL.FLOAT64))
	for _, value := range []float64{math.Copysign(0, -1), math.NaN(), math.Float64frombits(0x7ff8000000000123)} {
		back := one(t, echo, value).(float64)
		if math.Float64bits(back) != math.Float64bits(value) {
			t.Errorf("%x became %x", math.Float64bits(value), math.Float64bits(back))
		}
	}
}

type celsius float64
type label string
type level int8

func TestFittingValuesAreAccepted(t *testing.T) {
	for _, test := range []struct {
		declared    IDL.MetaFFIType
		given, come interface{}
	}{
		{IDL.INT64, 1, int64(1)}, {IDL.INT64, uint8(1), int64(1)}, {IDL.INT64, level(-3), int64(-3)},
		{IDL.UINT64, 1, uint64(1)}, {IDL.UINT64, uint(1), uint64(1)}, {IDL.INT8, int64(-128), int8(-128)},
		{IDL.CHAR8, 'a', uint8('a')}, {IDL.CHAR16, 'a', uint16('a')}, {IDL.CHAR32, uint8('a'), 'a'},
		{IDL.FLOAT64, float32(0.5), 0.5}, {IDL.FLOAT64, 3, 3.0}, {IDL.FLOAT32, 0.1, float32(0.1)},
		{IDL.FLOAT64, celsius(1.5), 1.5}, {IDL.STRING8, label("x"), "x"}, {IDL.STRING8, nil, nil},
		{IDL.ANY, 7, int64(7)}, {IDL.ANY, uint(7), uint64(7)}, {IDL.ANY, label("x"), "x"},
		{IDL.HANDLE, nil, nil},
	} {
		echo := loopback(t, "callable=echo", infos(test.declared), infos(test.declared))
		if back := one(t, echo, test.given); back != test.come {
			t.Errorf("%s: %#v became %#v", test.declared, test.given, back)
		}
	}
}

func TestArraysOfEveryTypeAndRank(t *testing.T) {
	for _, test := range []struct {
		declared    IDL.MetaFFITypeInfo
		given, come interface{}
	}{
		{array(IDL.INT64_ARRAY, 0), []int64{1, -2}, []int64{1, -2}},
		{array(IDL.INT64, 1), []int{1, -2}, []int64{1, -2}},
		{array(IDL.INT64, 1), []int32{1, -2}, []int64{1, -2}},
		{array(IDL.INT64, 1), []interface{}{1, int8(-2)}, []int64{1, -2}},
		{array(IDL.INT64, 1), [2]int64{1, -2}, []int64{1, -2}},
		{array(IDL.INT64, 1), []int64(nil), []int64{}},
		{array(IDL.UINT8, 1), []byte("\x00\xff"), []byte("\x00\xff")},
		{array(IDL.UINT8, 1), []int{0, 255}, []byte("\x00\xff")},
		{array(IDL.INT8, 1), []int8{-1}, []int8{-1}},
		{array(IDL.INT16, 1), []int16{-1}, []int16{-1}},
		{array(IDL.INT32, 1), []int32{-1}, []int32{-1}},
		{array(IDL.UINT16, 1), []uint16{1}, []uint16{1}},
		{array(IDL.UINT32, 1), []uint32{1}, []uint32{1}},
		{array(IDL.UINT64, 1), []uint{1}, []uint64{1}},
		{array(IDL.SIZE, 1), []uintptr{1}, []uint64{1}},
		{array(IDL.FLOAT64, 1), []float64{0.5}, []float64{0.5}},
		{array(IDL.FLOAT64, 1), []float32{0.5}, []float64{0.5}},
		{array(IDL.FLOAT32, 1), []float32{0.5}, []float32{0.5}},
		{array(IDL.BOOL, 1), []bool{true, false}, []bool{true, false}},
		{array(IDL.BOOL, 1), []interface{}{true}, []bool{true}},
		{array(IDL.CHAR8, 1), []rune("ab"), []uint8("ab")},
		{array(IDL.CHAR16, 1), []uint16{'a'}, []uint16{'a'}},
		{array(IDL.CHAR32, 1), []rune("a😀"), []rune("a😀")},
		{array(IDL.STRING8, 1), []string{"", "é", "x\x00"}, []string{"", "é", "x\x00"}},
		{array(IDL.STRING8, 1), []interface{}{"a", label("b")}, []string{"a", "b"}},
		{array(IDL.STRING16, 1), []string{"", "é😀"}, []string{"", "é😀"}},
		{array(IDL.STRING32, 1), []string{"", "é😀"}, []string{"", "é😀"}},
		{array(IDL.INT64, 2), [][]int64{{1, 2, 3}, {4}, {}}, [][]int64{{1, 2, 3}, {4}, {}}},
		{array(IDL.INT64, 2), [][]int64{}, [][]int64{}},
		{array(IDL.INT64, 2), []interface{}{[]int{1}, []interface{}{2}}, [][]int64{{1}, {2}}},
		{array(IDL.INT32, 3), [][][]int32{{{1}, {}}, {}}, [][][]int32{{{1}, {}}, {}}},
		{array(IDL.STRING8, 2), [][]string{{"a"}, {"b", "c"}}, [][]string{{"a"}, {"b", "c"}}},
		{array(IDL.ANY, 1), []interface{}{1, "a", nil, []int64{2}}, []interface{}{int64(1), "a", nil, []int64{2}}},
		{array(IDL.ANY, 1), []string{"a"}, []interface{}{"a"}},
		{array(IDL.ARRAY, 0), []interface{}{1, []interface{}{"a"}}, []interface{}{int64(1), []interface{}{"a"}}},
		{array(IDL.INT64, -1), [][]int64{{1}}, [][]int64{{1}}},
		{array(IDL.ANY, 0), []int64{1}, []int64{1}},
		{array(IDL.ANY, 0), [][]string{{"a"}, nil}, [][]string{{"a"}, {}}},
		{array(IDL.INT64_PACKED_ARRAY, 0), []int64{1, 2}, []int64{1, 2}},
		{array(IDL.STRING8, 1), nil, nil},
	} {
		declared := []IDL.MetaFFITypeInfo{test.declared}
		echo := loopback(t, "callable=echo", declared, declared)
		if back := one(t, echo, test.given); !reflect.DeepEqual(back, test.come) {
			t.Errorf("%v: %#v became %#v", test.declared, test.given, back)
		}
	}
}

func TestLargeValuesArePassed(t *testing.T) {
	text := strings.Repeat("0123456789abcdef", 4<<20) // 64 MiB
	echo := loopback(t, "callable=echo", infos(IDL.STRING8), infos(IDL.STRING8))
	if back := one(t, echo, text); back != text {
		t.Error("64 MiB of text changed")
	}
	numbers := make([]float64, 100_000)
	for i := range numbers {
		numbers[i] = float64(i)
	}
	sum := loopback(t, "callable=sum", infos(IDL.FLOAT64_ARRAY), infos(IDL.FLOAT64))
	if total := one(t, sum, numbers); total != 4999950000.0 {
		t.Error(total)
	}
	count := loopback(t, "callable=range", infos(IDL.INT64), infos(IDL.INT64_PACKED_ARRAY))
	if items := one(t, count, 1000).([]int64); len(items) != 1000 || items[999] != 999 {
		t.Error(len(items))
	}
}

func TestMoreArgumentsThanFitInline(t *testing.T) {
	var types []IDL.MetaFFIType
	var args []interface{}
	for i := range 40 {
		types, args = append(types, IDL.STRING8), append(args, strings.Repeat("x", i*7))
	}
	echo := loopback(t, "callable=echo", infos(types...), infos(types...))
	results, err := echo(args...)
	if err != nil || !reflect.DeepEqual(results, args) {
		t.Error(results, err)
	}
}

func TestResultsAreCounted(t *testing.T) {
	results, err := loopback(t, "callable=void", nil, nil)()
	if err != nil || results == nil || len(results) != 0 {
		t.Error(results, err)
	}
	divide := loopback(t, "callable=divide", infos(IDL.INT64, IDL.INT64), infos(IDL.INT64, IDL.INT64))
	if results, err = divide(7, 2); err != nil || !reflect.DeepEqual(results, []interface{}{int64(3), int64(1)}) {
		t.Error(results, err)
	}
}

func TestWrongArgumentsAreNamed(t *testing.T) {
	for _, test := range []struct {
		declared IDL.MetaFFITypeInfo
		args     []interface{}
		says     string
	}{
		{array(IDL.INT64, 0), nil, "`callable=echo` takes 1 argument(s) (int64), 0 were given"},
		{array(IDL.INT64, 0), []interface{}{"a"}, "`callable=echo`: argument 1: expected int64, got string"},
		{array(IDL.INT64, 0), []interface{}{1.5}, "expected int64, got float64"},
		{array(IDL.INT64, 0), []interface{}{nil}, "expected int64, got nil"},
		{array(IDL.INT8, 0), []interface{}{128}, "128 is out of range of int8"},
		{array(IDL.UINT64, 0), []interface{}{-1}, "-1 is out of range of uint64"},
		{array(IDL.CHAR8, 0), []interface{}{'😀'}, "128512 is out of range of uint8"},
		{array(IDL.FLOAT32, 0), []interface{}{1e300}, "1e+300 is out of range of float32"},
		{array(IDL.BOOL, 0), []interface{}{1}, "expected bool, got int"},
		{array(IDL.STRING8, 0), []interface{}{"\xff"}, "the string is not valid UTF-8; use a []byte instead"},
		{array(IDL.STRING16, 0), []interface{}{1}, "expected string16, got int"},
		{array(IDL.NULL, 0), []interface{}{1}, "expected null, got int"},
		{array(IDL.INT64, 1), []interface{}{1}, "expected int64_array, got int"},
		{array(IDL.INT64, 2), []interface{}{[]int64{1}}, "argument 1: element 0: expected int64_array, got int64"},
		{array(IDL.INT64, 2), []interface{}{[]interface{}{[]interface{}{1, "a"}}}, "element 0: element 1: expected int64, got string"},
		{array(IDL.STRING8, 1), []interface{}{[]string{"a", "\xff"}}, "element 1: the string is not valid UTF-8"},
		{array(IDL.ARRAY, 0), []interface{}{1}, "expected array, got int"},
		{array(IDL.CALLABLE, 0), []interface{}{1}, "expected callable, got int"},
	} {
		declared := []IDL.MetaFFITypeInfo{test.declared}
		echo := loopback(t, "callable=echo", declared, declared)
		err := failure(t, echo, test.args...)
		if !strings.Contains(err.Error(), test.says) || err.Kind != metaffi.ErrorArgument {
			t.Errorf("kind %d, %q does not say %q", err.Kind, err, test.says)
		}
	}
}

func TestErrorsCarryTypeTraceAndCause(t *testing.T) {
	fail := loopback(t, "callable=fail", infos(IDL.STRING8), nil)
	err := failure(t, fail, "oh no")
	if err.Error() != "loopback.Failure: oh no" || err.Kind != metaffi.ErrorGuest ||
		err.Language != "loopback" || err.StackTrace() != "at loopback.fail" {
		t.Errorf("%#v", err)
	}
	var cause *metaffi.MetaFFIError
	if !errors.As(errors.Unwrap(err), &cause) || cause.Message != "the cause" {
		t.Error(cause)
	}
	panics := loopback(t, "callable=panic", infos(IDL.STRING8), nil)
	if err := failure(t, panics, "aaah"); err.Kind != metaffi.ErrorPanic || !strings.Contains(err.Message, "aaah") {
		t.Errorf("%#v", err)
	}
	if err := failure(t, fail, "again"); err.Message != "again" {
		t.Error("the next call does not work")
	}
}

func TestMissingNamesAreReported(t *testing.T) {
	kindOf := func(err error) metaffi.ErrorKind {
		var failure *metaffi.MetaFFIError
		if !errors.As(err, &failure) {
			t.Fatal(err)
		}
		return failure.Kind
	}
	err := metaffi.NewMetaFFIRuntime("cobol").LoadRuntimePlugin()
	if kindOf(err) != metaffi.ErrorNotFound || !strings.Contains(err.Error(), "loopback") {
		t.Error(err)
	}
	_, err = metaffi.NewMetaFFIRuntime("loopback").LoadModule("nowhere")
	if kindOf(err) != metaffi.ErrorNotFound {
		t.Error(err)
	}
	_, err = metaffi.NewMetaFFIRuntime("loopback").LoadModule("caf\xe9")
	if kindOf(err) != metaffi.ErrorArgument || !strings.Contains(err.Error(), "`caf\\xe9` is not UTF-8") {
		t.Error(err)
	}
	from := module(t, "loopback", "loopback")
	_, err = from.Load("callable=ad\xff", nil, nil)
	if kindOf(err) != metaffi.ErrorArgument || !strings.Contains(err.Error(), "from byte 11 on") {
		t.Error(err)
	}
	_, err = from.Load("callable=ad", nil, nil)
	if kindOf(err) != metaffi.ErrorNotFound || !strings.Contains(err.Error(), "did you mean") {
		t.Error(err)
	}
	_, err = from.Load("callable=add", []IDL.MetaFFIType{IDL.STRING8}, nil)
	if kindOf(err) != metaffi.ErrorSignature {
		t.Error(err)
	}
	_, err = from.Load("callable=add", []IDL.MetaFFIType{"integer"}, nil)
	if kindOf(err) != metaffi.ErrorSignature || !strings.Contains(err.Error(), `parameter 1: "integer" is not a type`) {
		t.Error(err)
	}
}

func TestAReleasedRuntimeFailsItsEntitiesOnly(t *testing.T) {
	mine, others := metaffi.NewMetaFFIRuntime("loopback"), loopback(t, "callable=void", nil, nil)
	if err := errors.Join(mine.LoadRuntimePlugin(), mine.LoadRuntimePlugin()); err != nil {
		t.Fatal(err)
	}
	from, err := mine.LoadModule("loopback")
	if err != nil {
		t.Fatal(err)
	}
	void := load(t, from, "callable=void", nil, nil)
	if err := errors.Join(mine.ReleaseRuntimePlugin(), mine.ReleaseRuntimePlugin()); err != nil {
		t.Fatal(err)
	}
	if err := failure(t, void); err.Kind != metaffi.ErrorReleased {
		t.Error(err)
	}
	if _, err := from.Load("callable=void", nil, nil); err == nil {
		t.Error("a released runtime loads")
	}
	if _, err := others(); err != nil {
		t.Error(err)
	}
	if from, err = mine.LoadModule("loopback"); err != nil {
		t.Fatal(err)
	}
	if _, err := load(t, from, "callable=void", nil, nil)(); err != nil {
		t.Error(err)
	}
}

// What remains are the argument slice and the values in interfaces, which are
// Go's own, and one allocation for the results.
func TestCallsAllocateWhatGoMust(t *testing.T) {
	void := loopback(t, "callable=void", nil, nil)
	echo := loopback(t, "callable=echo_int64", infos(IDL.INT64), infos(IDL.INT64))
	text := loopback(t, "callable=echo_string", infos(IDL.STRING8), infos(IDL.STRING8))
	for _, test := range []struct {
		name string
		most float64
		call func()
	}{
		{"void", 0, func() { _, _ = void() }},
		{"int64", 3, func() { _, _ = echo(int64(1000)) }},
		{"string", 4, func() { _, _ = text("0123456789abcdef") }},
	} {
		if allocations := testing.AllocsPerRun(1000, test.call); allocations > test.most {
			t.Errorf("%s: %v allocations", test.name, allocations)
		}
	}
}

func TestAModuleIsLoadedByItsConstructor(t *testing.T) {
	loaded, err := metaffi.NewMetaFFIModule(metaffi.NewMetaFFIRuntime("loopback"), "loopback")
	if err != nil {
		t.Fatal(err)
	}
	int64s := []metaffi.MetaFFITypeWithAlias{{StringType: IDL.INT64}, {StringType: IDL.INT64}}
	add := load(t, loaded, "callable=add", int64s, int64s[:1])
	if sum := one(t, add, 2, 3); sum != int64(5) {
		t.Fatal(sum)
	}
}
