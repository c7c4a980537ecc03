//go:build go1.23

package metaffi_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

const naturalSource = `
import datetime, io
from decimal import Decimal

LIMIT = 3

class Frame:
    """Rows."""
    def __init__(self, rows, name="frame"): self.rows, self.name = rows, name
    def select(self, *columns): return Frame([{c: row[c] for c in columns} for row in self.rows])
    def count(self, start: int = 0) -> int: return len(self.rows) + start
    def plus(self, n: int) -> int: return n + 1
    def head(self, *, size=1): return Frame(self.rows[:size])
    def options(self): return {"size": len(self.rows), "nested": {"deep": [1, 2]}}
    def fail(self): raise ValueError("no rows")
    def __len__(self): return len(self.rows)
    def __getitem__(self, at): return self.rows[at]
    def __setitem__(self, at, row): self.rows[at] = row
    def __iter__(self): return iter(self.rows)
    def __str__(self): return f"{self.name} of {len(self.rows)}"
    def __repr__(self): return f"Frame({self.name!r})"
    def __eq__(self, other): return isinstance(other, Frame) and self.rows == other.rows

def frame(*rows): return Frame(list(rows))
def divided(a: int, b: int): return a // b, a % b
def moment(): return datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.timezone.utc)
def wait(seconds): return datetime.timedelta(seconds=seconds)
def huge(): return 2 ** 100
def is_huge(n): return n == 2 ** 100
def text_file(text): return io.StringIO(text)
def copied(source, target):
    for line in source:
        target.write(bytes(line))
    return target.write(source.read() or b"")
def apply(function, value): return function(value)
def joined(channel): return "-".join(str(n) for n in channel)
`

func natural(t testing.TB) *metaffi.MetaFFIModule {
	t.Helper()
	forget := forgetting(t)
	t.Cleanup(func() { _, _ = forget() })
	return module(t, "python3", source(t, "natural.py", naturalSource))
}

// forgetting makes Python forget what it knows about Go's types, which are
// functions of Go.
func forgetting(t testing.TB) function {
	t.Helper()
	return load(t, module(t, "python3", "gc"), "callable=collect", nil, infos(metaffi.INT64))
}

func as[T any](t testing.TB, object *metaffi.Object) T {
	t.Helper()
	value, err := metaffi.As[T](object)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func row(id int) map[string]any { return map[string]any{"id": id, "name": fmt.Sprint("n", id)} }

func TestObjectsAreUsedByTheNamesOfTheirMembers(t *testing.T) {
	frame := natural(t).Call("frame", row(1), row(2))
	if frame.Err() != nil || frame.String() != "frame of 2" || fmt.Sprintf("%#v", frame) != "Frame('frame')" {
		t.Fatalf("%v %#v", frame, frame)
	}
	names := frame.Call("select", "name").Index(1).Index("name")
	if as[string](t, names) != "n2" || as[int](t, frame.Call("count", 5)) != 7 {
		t.Error(names)
	}
	if size := as[int](t, frame.Call("head", metaffi.Named("size", 2)).Call("count")); size != 2 {
		t.Error("an argument by its name:", size)
	}
	if err := frame.Set("name", "sales"); err != nil || as[string](t, frame.Get("name")) != "sales" {
		t.Error(err)
	}
	if length, err := frame.Len(); err != nil || length != 2 {
		t.Error(length, err)
	}
	if err := frame.SetIndex(0, row(9)); err != nil || as[int](t, frame.Index(0).Index("id")) != 9 {
		t.Error(err)
	}
	if same, err := frame.Equal(natural(t).Call("frame", row(9), row(2))); err != nil || !same {
		t.Error(same, err)
	}
	made := natural(t).Get("Frame").Call("", []any{})
	if made.String() != "frame of 0" {
		t.Error(made)
	}
	if as[int](t, natural(t).Get("LIMIT")) != 3 {
		t.Error("a constant of the module")
	}
}

func TestErrorsAreReportedAtTheEnd(t *testing.T) {
	frame := natural(t).Call("frame")
	var failure *metaffi.MetaFFIError
	err := frame.Call("fail").Call("select", "a").Index(1).Err()
	if !errors.As(err, &failure) || failure.TypeName != "ValueError" {
		t.Error(err)
	}
	err = frame.Call("selct").Err()
	if err == nil || !strings.Contains(err.Error(), "did you mean `select`?") {
		t.Error(err)
	}
	if _, err = metaffi.As[[]string](frame.Call("count")); err == nil {
		t.Error("a number is not a list of text")
	}
	if as[int](t, frame.Call("count")) != 0 {
		t.Error("the next call")
	}
}

func TestObjectsBecomeValuesOfGo(t *testing.T) {
	options := natural(t).Call("frame", row(1)).Call("options")
	value, err := options.Value()
	want := map[string]any{"size": int64(1), "nested": map[string]any{"deep": []int64{1, 2}}}
	if err != nil || !reflect.DeepEqual(value, want) {
		t.Errorf("%#v %v", value, err)
	}
	type nested struct{ Deep []int }
	type sized struct {
		Size   int
		Nested nested
	}
	if got := as[sized](t, options); !reflect.DeepEqual(got, sized{1, nested{[]int{1, 2}}}) {
		t.Error(got)
	}
	type named struct {
		Title string `metaffi:"name"`
	}
	if got := as[named](t, natural(t).Call("frame")); got.Title != "frame" {
		t.Error(got)
	}
	pair := natural(t).Call("divided", 7, 2)
	if as[int](t, pair.Index(0)) != 3 || as[int](t, pair.Index(1)) != 1 {
		t.Error(pair)
	}
	if rows := as[[]map[string]any](t, natural(t).Call("frame", row(3))); rows[0]["id"] != 3 {
		t.Error(rows)
	}
}

func TestIterating(t *testing.T) {
	frame := natural(t).Call("frame", row(1), row(2), row(3))
	sum := 0
	for row := range frame.Iter() {
		sum += as[int](t, row.Index("id"))
	}
	for row, err := range metaffi.All[map[string]any](frame) {
		if err != nil {
			t.Fatal(err)
		}
		sum += row["id"].(int)
	}
	if sum != 12 {
		t.Error(sum)
	}
	for item := range natural(t).Call("divided", 1, 1).Call("nothing").Iter() {
		if item.Err() == nil {
			t.Error("an error has no elements")
		}
	}
}

func TestExactValues(t *testing.T) {
	module := natural(t)
	if moment := as[time.Time](t, module.Call("moment")); !moment.Equal(time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)) {
		t.Error(moment)
	}
	if duration := as[time.Duration](t, module.Call("wait", 1.5)); duration != 1500*time.Millisecond {
		t.Error(duration)
	}
	huge := new(big.Int).Lsh(big.NewInt(1), 100)
	if got := as[*big.Int](t, module.Call("huge")); got.Cmp(huge) != 0 || !as[bool](t, module.Call("is_huge", huge)) {
		t.Error(got)
	}
}

func TestStreams(t *testing.T) {
	module := natural(t)
	file := module.Call("text_file", "some text")
	reader, err := metaffi.Reader(file)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(reader); err != nil || string(text) != "some text" {
		t.Error(string(text), err)
	}
	writer, err := metaffi.Writer(file)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(writer, ", and more")
	if text := as[string](t, file.Call("getvalue")); text != "some text, and more" {
		t.Error(text)
	}
	if _, err := metaffi.Reader(module.Call("frame")); err == nil || !strings.Contains(err.Error(), "read") {
		t.Error(err)
	}
	source, target := bytes.NewBufferString("one\ntwo"), &bytes.Buffer{}
	if err := module.Call("copied", source, target).Err(); err != nil || target.String() != "one\ntwo" {
		t.Error(target, err)
	}
	numbers := make(chan int, 2)
	numbers <- 1
	numbers <- 2
	close(numbers)
	if text := as[string](t, module.Call("joined", numbers)); text != "1-2" {
		t.Error(text)
	}
}

func TestTypedFunctions(t *testing.T) {
	module := natural(t)
	divided, err := metaffi.Func[func(int, int) (int, int, error)](module, "callable=divided")
	if err != nil {
		t.Fatal(err)
	}
	if quotient, rest, err := divided(7, 2); err != nil || quotient != 3 || rest != 1 {
		t.Error(quotient, rest, err)
	}
	if _, _, err := divided(1, 0); err == nil {
		t.Error("no error")
	}
	plus, err := metaffi.Func[func(*metaffi.Object, int) (int, error)](module, "callable=Frame.plus,instance_required")
	if err != nil {
		t.Fatal(err)
	}
	if sum, err := plus(module.Call("frame"), 2); err != nil || sum != 3 {
		t.Error(sum, err)
	}
	if _, err := metaffi.Func[func(string, string) (int, error)](module, "callable=divided"); err == nil ||
		!strings.Contains(err.Error(), "parameter 1: string does not fit int64") {
		t.Error(err)
	}
	if _, err := metaffi.Func[func(int) error](module, "callable=divided"); err == nil {
		t.Error("a func with too few parameters")
	}
	entity, err := module.LoadEntity("callable=divided")
	if err != nil {
		t.Fatal(err)
	}
	if results, err := entity(9, 2); err != nil || !reflect.DeepEqual(results[0], []int64{4, 1}) {
		t.Error(results, err)
	}
}

func TestBinding(t *testing.T) {
	var module struct {
		Divided   func(int, int) (int, int, error)
		TextFile  func(string) (*metaffi.Object, error)
		MakeFrame func(rows ...any) (metaffi.Object, error) `metaffi:"frame"`
		IsHuge    func(*big.Int) bool
	}
	if err := metaffi.Bind(natural(t).Object(), &module); err != nil {
		t.Fatal(err)
	}
	if quotient, _, err := module.Divided(9, 4); err != nil || quotient != 2 {
		t.Error(quotient, err)
	}
	frame, err := module.MakeFrame(row(1), row(2))
	if err != nil || frame.String() != "frame of 2" || module.IsHuge(big.NewInt(1)) {
		t.Error(&frame, err)
	}
	var wrong struct {
		Dividde func(int, int) int
		Frame   func() any
		Nothing func()
	}
	err = metaffi.Bind(natural(t).Object(), &wrong)
	if err == nil || !strings.Contains(err.Error(), "Dividde") || !strings.Contains(err.Error(), "Nothing") || wrong.Frame != nil {
		t.Error(err)
	}
}

func TestObjectsAreReleased(t *testing.T) {
	module := natural(t)
	if text := as[string](t, module.Call("apply", func(text string) string { return text + "!" }, "a")); text != "a!" {
		t.Error(text)
	}
	frame := module.Call("frame", row(1))
	frame.Release()
	var failure *metaffi.MetaFFIError
	if err := frame.Call("count").Err(); err == nil {
		t.Error("it was released")
	} else if errors.As(err, &failure) && failure.Kind != metaffi.ErrorReleased {
		t.Error(err)
	}
}

func BenchmarkNaturalMethod(b *testing.B) {
	frame := natural(b).Call("frame")
	for range b.N {
		if frame.Call("plus", 1).Err() != nil {
			b.Fatal()
		}
	}
}

func BenchmarkLoadedMethod(b *testing.B) {
	frame := natural(b).Call("frame").Handle()
	plus, err := natural(b).Load("callable=Frame.plus,instance_required",
		[]metaffi.MetaFFIType{metaffi.HANDLE, metaffi.INT64}, []metaffi.MetaFFIType{metaffi.INT64})
	if err != nil {
		b.Fatal(err)
	}
	for range b.N {
		if _, err := plus(frame, 1); err != nil {
			b.Fatal(err)
		}
	}
}
