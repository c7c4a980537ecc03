// Package callback_threads calls functions from its own goroutines.
package callback_threads

import (
	"runtime"
	"strconv"
	"sync"
)

// AskOnThread calls on another goroutine.
func AskOnThread(f func() bool) bool {
	answer := make(chan bool)
	go func() { answer <- f() }()
	return <-answer
}

// AskHereAndThere calls here and on another goroutine.
func AskHereAndThere(f func() bool) []bool { return []bool{f(), AskOnThread(f), f()} }

// SumOnThreads adds ones on several goroutines.
func SumOnThreads(f func(a, b int64) int64, threads, times int64) int64 {
	sums := make(chan int64)
	for range threads {
		go func() {
			total := int64(0)
			for range times {
				total = f(total, 1)
			}
			sums <- total
		}()
	}
	sum := int64(0)
	for range threads {
		sum += <-sums
	}
	return sum
}

// JoinOnThreads numbers a text on several goroutines.
func JoinOnThreads(f func(a, b string) string, text string, count int64) []string {
	texts := make([]string, count)
	var all sync.WaitGroup
	for i := range texts {
		all.Add(1)
		go func() {
			defer all.Done()
			texts[i] = f(text, strconv.Itoa(i))
		}()
	}
	all.Wait()
	return texts
}

// PassOnThread calls on another goroutine.
func PassOnThread(f func(any) any, value any) any {
	answer := make(chan any)
	go func() { answer <- f(value) }()
	return <-answer
}

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
