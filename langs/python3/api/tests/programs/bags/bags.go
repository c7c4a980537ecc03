// Package bags has collections.
package bags

import (
	"errors"
	"iter"
	"sort"
)

// Counts counts words.
type Counts map[string]int

// Total adds the numbers up.
func (c Counts) Total() (n int) {
	for _, v := range c {
		n += v
	}
	return
}

func Ages() map[string]int { return map[string]int{"Ann": 36, "Bob": 41} }
func Sum(ages map[string]int) (n int) {
	for _, v := range ages {
		n += v
	}
	return
}
func Count(words ...string) Counts {
	c := Counts{}
	for _, w := range words {
		c[w]++
	}
	return c
}
func TotalOf(c Counts) int     { return c.Total() }
func Groups() map[int][]string { return map[int][]string{1: {"a"}, 2: {"bb", "cc"}} }
func Flatten(m map[string]map[string][]int) (n []int) {
	for _, v := range m {
		for _, w := range v {
			n = append(n, w...)
		}
	}
	sort.Ints(n)
	return
}

type Point struct{ X, Y int }

func Places() map[string]*Point { return map[string]*Point{"home": {1, 2}} }
func Copies() map[Point]Point   { return map[Point]Point{{1, 2}: {3, 4}} }
func Ticks(n int) <-chan int {
	c := make(chan int)
	go func() {
		for i := range n {
			c <- i
		}
		close(c)
	}()
	return c
}
func Drain(c <-chan string) (all []string) {
	for s := range c {
		all = append(all, s)
	}
	return
}
func Evens(to int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < to; i += 2 {
			if !yield(i) {
				return
			}
		}
	}
}
func Pairs() iter.Seq2[string, *Point] {
	return func(yield func(string, *Point) bool) {
		_ = yield("a", &Point{1, 1}) && yield("b", &Point{2, 2})
	}
}
func Collect(s iter.Seq[int]) (n []int) {
	for v := range s {
		n = append(n, v)
	}
	return
}
func Keys(s iter.Seq2[string, int]) (n []string) {
	for k := range s {
		n = append(n, k)
	}
	sort.Strings(n)
	return
}
func Anything(what string) any {
	switch what {
	case "point":
		return Point{1, 2}
	case "pointer":
		return &Point{3, 4}
	case "map":
		return map[string]int{"x": 1}
	case "counts":
		return Counts{"y": 2}
	case "nil":
		return nil
	}
	return what
}

// Short is an error.
type Short struct{ By int }

func (s *Short) Error() string { return "too short" }
func Fail(short bool) error {
	if short {
		return &Short{3}
	}
	return errors.New("other")
}
func Nil() map[string]int { return nil }
func Inter() (chan int, map[string]any) {
	return make(chan int, 3), map[string]any{"n": 1, "m": map[string]int{"q": 5}}
}
