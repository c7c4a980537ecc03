// Package tool is a tool.
package tool

import ("errors";"fmt";"io";"slices";"time")

// Color is a color.
type Color int
const (
	// Red is red.
	Red Color = iota
	Green
)
func (c Color) String() string { return fmt.Sprint("color ", int(c)) }
const Max = 7
const Name = "tool"
var Counter = 3
var ErrBad = errors.New("bad")
type CodeError struct { Code int }
func (e *CodeError) Error() string { return fmt.Sprint("code ", e.Code) }
type Shape interface { Area() float64; Label(prefix string) string }
type Square struct { Side float64; Name string }
func (s Square) Area() float64 { return s.Side*s.Side }
func (s Square) Label(prefix string) string { return prefix + s.Name }
func (s *Square) Grow(by float64) { s.Side += by }
func (s *Square) Close() error { return nil }
type Big struct { Square; Extra []string }
func NewSquare(side float64) *Square { return &Square{side, "sq"} }
func AreaOf(s Shape) float64 { return s.Area() }
func Add(a, b int) int { return a+b }
func Div(a, b int) (int, error) { if b == 0 { return 0, &CodeError{7} }; return a/b, nil }
func DivMod(a, b int) (q, r int, err error) { return a/b, a%b, nil }
func Apply(f func(int) int, x int) int { return f(x) }
func Adder(n int) func(int) int { return func(x int) int { return x+n } }
func Counts(words []string) map[string]int { m := map[string]int{}; for _, w := range words { m[w]++ }; return m }
func Total(m map[string]int) int { t := 0; for _, v := range m { t += v }; return t }
func Join(sep string, parts ...string) string { return sep }
func Wait(d time.Duration) time.Duration { return d }
func Write(w io.Writer, s string) (int, error) { return w.Write([]byte(s)) }
func Paint(c Color) Color { return c }
func Squares(n int) []*Square { return nil }
func Any(x any) any { return x }
func Bytes(b []byte) []byte { return b }
func First[T any](xs []T) T { return xs[0] }
func Nums(n int) <-chan int { c := make(chan int, n); for i := range n { c <- i }; close(c); return c }
func Maybe(b bool) *string { return nil }
func Matrix(m [][]float64) [][]float64 { return m }
func R(r rune, b byte, u uint8, c complex128) rune { return r }

// Sorted takes and gives plain values of a named type.
func Sorted(all []Color) []Color { slices.Sort(all); return all }

// Change is a function with a name of its own.
type Change func(*Square)
func Bigger(by float64) Change { return func(s *Square) { s.Side += by } }
func Changed(side float64, changes ...Change) float64 { s := NewSquare(side); for _, c := range changes { c(s) }; return s.Side }
func ChangedOnce(change Change, side float64) float64 { return Changed(side, change) }
