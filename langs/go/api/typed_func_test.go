package metaffi_test

import (
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

func TestTypedCallsSayWhatDoesNotFit(t *testing.T) {
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
