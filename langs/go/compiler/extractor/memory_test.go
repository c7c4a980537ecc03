package main

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestCompilerMessagesAboutParameters(t *testing.T) {
	found := memoriesIn(`# example.com/p
./p.go:1:10: xs does not escape, mutate, or call
./p.go:2:10: mutates param: xs derefs=0
./p.go:3:10: leaking param: xs
./p.go:3:10: mutates param: xs derefs=0
./p.go:4:10: leaking param: xs to result ~r0 level=0
./p.go:5:10: leaking param content: xs
./p.go:6:10: moved to heap: xs
/a/b.go:7:10: xs does not escape
./p.go:8:10: xs does not escape, mutate, or call
./p.go:8:10: leaking param: xs
./p.go:9: xs does not escape, mutate, or call
./p.go:10:10: can inline xs
./p.go:11:10: calls param: xs derefs=0
`, "/dir")
	in := func(file string, line int) parameterPlace {
		return parameterPlace{file: filepath.FromSlash(file), line: line, column: 10, name: "xs"}
	}
	expected := memories{
		in("/dir/p.go", 1): isRead, in("/dir/p.go", 2): isWritten, in("/dir/p.go", 3): isKept,
		in("/dir/p.go", 4): isReturned, in("/dir/p.go", 5): isKept, in("/dir/p.go", 6): isKept,
		in("/a/b.go", 7): isWritten, in("/dir/p.go", 8): isKept,
	}
	if !reflect.DeepEqual(found, expected) {
		t.Errorf("%v", found)
	}
}

// describedMemories returns the memory descriptions of the parameters of functions in this source, as
// `name.parameter`.
func describedMemories(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	folder, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	files["go.mod"] = "module example.com/p\n\ngo 1.22\n"
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	found, err := extract(request{Dir: folder, Root: folder, Patterns: []string{"./..."}, Flags: []string{"-buildvcs=false"}})
	if err != nil || len(found.Errors) > 0 {
		t.Fatal(err, found.Errors)
	}
	memories := map[string]string{}
	add := func(function function) {
		for _, parameter := range function.Parameters {
			if of := parameter.Tags["memory"]; of != "" {
				memories[function.EntityPath[1]+"."+parameter.Name] = of
			}
		}
	}
	for _, module := range found.Modules {
		for _, function := range module.Functions {
			add(function)
		}
		for _, class := range module.Classes {
			for _, method := range class.Methods {
				add(method.function)
			}
		}
	}
	return memories
}

func TestBorrowedParameters(t *testing.T) {
	found := describedMemories(t, map[string]string{
		"p.go": `package p

import (
	"io"
	"slices"
	"sync/atomic"

	"example.com/p/internal/in"
)

var kept []int64

func Sum(xs []int64) (t int64) { for _, x := range xs { t += x }; return }
func SumOf(xs ...int64) (t int64) { for _, x := range xs { t += x }; return }
func Length(s string) int { return len(s) }
func Through(xs []int64) int64 { return in.Sum(xs) }
func Compare(a, b []int64) bool { return slices.Equal(a, b) }
func Copy(to, from []byte) int { return copy(to, from) }
func Defers(xs []int64) { defer func() { xs[0] = 1 }() }
func Sorts(xs []int64) { slices.Sort(xs) }
func Atomic(xs []int64) { atomic.AddInt64(&xs[0], 1) }
func Appends(xs []int64) int { xs = append(xs, 1); return len(xs) }
func Points(xs []int64) { p := &xs[0]; *p = 1 }
func Clears(xs []int64) { clear(xs) }
func Views(xs []int64) { ys := xs[1:]; ys[0] = 1 }
func Whole(xs []int64) { *(*[2]int64)(xs) = [2]int64{} }
func InAssembly(xs []byte)

//go:noescape
func NotEscaping(xs []byte)

func Keeps(xs []int64) { kept = xs }
func KeepsPart(xs []int64) { kept = xs[1:] }
func Returns(xs []int64) []int64 { return xs }
func Starts(xs []int64) { go func() { xs[0] = 1 }() }
func Panics(xs []int64) { panic(xs) }
func Sends(c chan []int64, xs []int64) { c <- xs }
func Calls(r io.Reader, p []byte) (int, error) { return r.Read(p) }
func Hands(f func([]byte), p []byte) { f(p) }
func Puts(m map[string]int, k string) { m[k] = 1 }
func PanicsWith(s string) { panic(s) }
func ReturnsText(s string) string { return s[1:] }
func ReturnsNamed(s string) (length int, rest string) { return len(s), s }
func ReturnsAny(s string) any { return s }
func ReturnsRows(s string) []string { return []string{s} }
func ReturnsOrKeeps(s string, m map[string]int) string { m[s] = 1; return s }
func Generic[E ~int64 | ~float64](xs []E) int { return len(xs) }
func Rows(xs [][]int64) int { return len(xs) }
func Bools(xs []bool) int { return len(xs) }
func Texts(xs []string) int { return len(xs) }

type Pointed struct{ in.Embedded }

func (p *Pointed) Read(b []byte) (int, error) { return copy(b, "x"), nil }
func (p *Pointed) Keep(b []byte) { p.B = b }

type Plain struct{}

func (Plain) Length(b []byte) int { return len(b) }

type Whatever interface{ Do(p []byte) }

type Holds[T any] struct{ x []T }

func (h *Holds[T]) Put(xs []T) { h.x = xs }
func (h *Holds[T]) Count(xs []T) int { return len(xs) }

func MakesIt() *Holds[int64] { return nil }
`,
		"p.s": "#include \"textflag.h\"\nTEXT ·InAssembly(SB), NOSPLIT, $0\n\tRET\n" +
			"TEXT ·NotEscaping(SB), NOSPLIT, $0\n\tRET\n",
		"internal/in/in.go": `package in

func Sum(xs []int64) (t int64) { for _, x := range xs { t += x }; return }

type Embedded struct{ B []byte }

func (e *Embedded) Fill(p []byte) { p[0] = 1 }
`,
	})
	expected := map[string]string{
		"Sum.xs": lent, "SumOf.xs": lent, "Length.s": lent, "Through.xs": lent, "Compare.a": lent, "Compare.b": lent,
		"ReturnsText.s": lent, "ReturnsNamed.s": lent,
		"Copy.to": filled, "Copy.from": lent, "Defers.xs": filled, "Sorts.xs": filled,
		"Appends.xs": filled, "Points.xs": filled, "Clears.xs": filled, "Views.xs": filled, "Whole.xs": filled,
		"InAssembly.xs": copiedBack, "NotEscaping.xs": filled,
		"Keeps.xs": copiedBack, "KeepsPart.xs": copiedBack, "Returns.xs": copiedBack, "Starts.xs": copiedBack,
		"Panics.xs": copiedBack, "Calls.p": copiedBack, "Hands.p": copiedBack,
		"Generic[int64].xs": copiedBack, "Generic[float64].xs": copiedBack,
		"Pointed.Read.b": filled, "Pointed.Keep.b": copiedBack, "Pointed.Fill.p": filled, "Plain.Length.b": lent,
		"Whatever.Do.p": copiedBack, "Holds[int64].Put.xs": copiedBack, "Holds[int64].Count.xs": copiedBack,
		"Sends.xs": copiedBack, "example.com/p/internal/in.Embedded.Fill.p": filled,
	}
	for name, of := range expected {
		if found[name] != of {
			t.Errorf("%s is %q, expected %q", name, found[name], of)
		}
	}
	if found["Atomic.xs"] == lent { // in Go 1.22 it leaks
		t.Error("an atomic write is not seen as a write")
	}
	for name, of := range found {
		if expected[name] == "" && of != copiedBack && name != "Atomic.xs" {
			t.Errorf("%s is %q, which is not expected", name, of)
		}
	}
}
