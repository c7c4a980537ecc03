package metaffi_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func typed[F any](t testing.TB, module *metaffi.MetaFFIModule, path string) F {
	t.Helper()
	function, err := metaffi.Func[F](module, path)
	if err != nil {
		t.Fatal(err)
	}
	return function
}

func TestTypedCallsOfScalarsAllocateNothing(t *testing.T) {
	loopback := module(t, "loopback", "loopback")
	echo := typed[func(int64) int64](t, loopback, "callable=echo_int64")
	add := typed[func(int, int) (int, error)](t, loopback, "callable=add")
	increment := typed[func(*metaffi.Object) (int64, error)](t, loopback, "callable=Counter.increment,instance_required")
	counter := typed[func(int64) *metaffi.Object](t, loopback, "callable=Counter.new")(5)
	allocated := testing.AllocsPerRun(100, func() {
		if echo(math.MinInt64) != math.MinInt64 {
			t.Error("echo")
		}
		if sum, err := add(-3, 5); sum != 2 || err != nil {
			t.Error(sum, err)
		}
		if _, err := increment(counter); err != nil {
			t.Error(err)
		}
	})
	if allocated != 0 {
		t.Errorf("%v allocations", allocated)
	}
}

func TestTypedCallsConvertWhatIsDeclaredOtherwise(t *testing.T) {
	loopback := module(t, "loopback", "loopback")
	if got := typed[func(int32) int64](t, loopback, "callable=echo_int64")(-7); got != -7 {
		t.Error(got)
	}
	if got := typed[func(string) string](t, loopback, "callable=echo_string")("größer\x00"); got != "größer\x00" {
		t.Error(got)
	}
	if got := typed[func(string, string) string](t, loopback, "callable=concat")("a", "ü"); got != "aü" {
		t.Error(got)
	}
	if got := typed[func([]float64) float64](t, loopback, "callable=sum")([]float64{1, 2.5}); got != 3.5 {
		t.Error(got)
	}
	python, err := python()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := typed[func(bool) (bool, error)](t, python, "callable=echo")(true); err != nil || !got {
		t.Error(got, err)
	}
	if got, err := typed[func(float64) (float64, error)](t, python, "callable=echo")(2.5); err != nil || got != 2.5 {
		t.Error(got, err)
	}
	if got, err := typed[func([]string) (any, error)](t, python, "callable=kind")([]string{"a"}); err != nil || got != "list" {
		t.Error(got, err)
	}
}

func TestBoundMethodsAreTyped(t *testing.T) {
	python, err := python()
	if err != nil {
		t.Fatal(err)
	}
	var functions struct {
		Add  func(int64, int64) (int64, error)
		Kind func(string) (string, error)
		Echo func(int32) (int32, error)
	}
	if err := metaffi.Bind(python.Object(), &functions); err != nil {
		t.Fatal(err)
	}
	if sum, err := functions.Add(math.MaxInt64, -1); err != nil || sum != math.MaxInt64-1 {
		t.Error(sum, err)
	}
	if kind, err := functions.Kind("text"); err != nil || kind != "str" {
		t.Error(kind, err)
	}
	if same, err := functions.Echo(-7); err != nil || same != -7 {
		t.Error(same, err)
	}
	if _, err := functions.Add(math.MaxInt64, 1); err == nil {
		t.Error("what is too large came back")
	}
	var loopback struct {
		Add    func(int64, int64) (int64, error)
		Echo   func(int64) int64 `metaffi:"echo_int64"`
		Concat func(string, string) string
		Void   func() error
	}
	if err := metaffi.Bind(module(t, "loopback", "loopback").Object(), &loopback); err != nil {
		t.Fatal(err)
	}
	if sum, err := loopback.Add(2, -3); err != nil || sum != -1 {
		t.Error(sum, err)
	}
	if joined := loopback.Concat("a", "ü"); joined != "aü" {
		t.Error(joined)
	}
	if err := loopback.Void(); err != nil {
		t.Error(err)
	}
	if allocated := testing.AllocsPerRun(100, func() { loopback.Echo(math.MinInt64) }); allocated != 0 {
		t.Errorf("%v allocations", allocated)
	}
}

const takingSource = `
def apply(function, value): return function(value)
def joined(values, function): return "".join(function(str(value)) for value in values)
def none(function): return function is None
def adder(amount): return lambda value: value + amount
`

type operation func(int64) int64

func TestTypedCallsTakeFuncsOfAnyType(t *testing.T) {
	from := module(t, "python3", source(t, "taking.py", takingSource))
	ten := 10
	apply := typed[func(func(int64) int64, int64) int64](t, from, "callable=apply")
	if got := apply(func(x int64) int64 { return x + int64(ten) }, 32); got != 42 {
		t.Error(got)
	}
	mine := errors.New("mine")
	failing := typed[func(func(int) (int, error), int) (int, error)](t, from, "callable=apply")
	if _, err := failing(func(int) (int, error) { return 0, mine }, 1); !errors.Is(err, mine) {
		t.Error(err)
	}
	named := typed[func(operation, int64) (int64, error)](t, from, "callable=apply")
	if got, err := named(func(x int64) int64 { return -x }, 5); err != nil || got != -5 {
		t.Error(got, err)
	}
	text := typed[func(func(string) string, string) string](t, from, "callable=apply")
	if got := text(strings.ToUpper, "grün"); got != "GRÜN" {
		t.Error(got)
	}
	behind := typed[func([]int64, func(string) string) string](t, from, "callable=joined")
	if got := behind([]int64{1, -2}, func(s string) string { return s + ";" }); got != "1;-2;" {
		t.Error(got)
	}
	none := typed[func(func(int64) int64) bool](t, from, "callable=none")
	if !none(nil) || none(func(x int64) int64 { return x }) {
		t.Error("a nil func is None, and no other")
	}
	adder := typed[func(int64) func(int64) int64](t, from, "callable=adder")
	if got := apply(adder(5), 4); got != 9 {
		t.Error(got)
	}
	var bound struct {
		Apply func(func(float64) float64, float64) float64
	}
	if err := metaffi.Bind(from.Object(), &bound); err != nil {
		t.Fatal(err)
	}
	if got := bound.Apply(math.Sqrt, 6.25); got != 2.5 {
		t.Error(got)
	}
	nothingLives(t, "go")
}

func TestTypedCallsPassAFuncThatIsHeldWithoutAllocation(t *testing.T) {
	loopback := module(t, "loopback", "loopback")
	keep := typed[func(func(int64) int64) error](t, loopback, "callable=keep")
	forget := typed[func() error](t, loopback, "callable=forget")
	same := func(x int64) int64 { return x }
	allocated := testing.AllocsPerRun(100, func() {
		if err := keep(same); err != nil {
			t.Error(err)
		}
	})
	if allocated != 0 {
		t.Errorf("%v allocations", allocated)
	}
	if err := forget(); err != nil {
		t.Fatal(err)
	}
	nothingLives(t, "go")
}

func TestTypedCallsReportWhatDoesNotFit(t *testing.T) {
	java, err := java()
	if err != nil {
		t.Fatal(err)
	}
	bits := typed[func(int) (int, error)](t, java, "class=java.lang.Integer,callable=bitCount")
	if got, err := bits(-1); err != nil || got != 32 {
		t.Error(got, err)
	}
	if got, err := bits(1 << 40); err == nil || !strings.Contains(err.Error(), "1099511627776") {
		t.Error(got, err)
	}
	parse := typed[func(string) int32](t, java, "class=java.lang.Integer,callable=parseInt")
	if got := parse("-12"); got != -12 {
		t.Error(got)
	}
	defer func() {
		if err, is := recover().(*metaffi.MetaFFIError); !is || err.TypeName != "java.lang.NumberFormatException" {
			t.Error("a func without an error panics with it:", err)
		}
	}()
	parse("twelve")
}
