// Package callback_threads calls functions from goroutines of its own.
package callback_threads

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
)

// onThread runs it on a thread that runs nothing else meanwhile.
func onThread(do func()) {
	done := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer close(done)
		do()
	}()
	<-done
}

// AddOnThread calls it.
func AddOnThread(add func(a, b int64) int64, a, b int64) (sum int64) {
	onThread(func() { sum = add(a, b) })
	return sum
}

// AskOnThread calls it.
func AskOnThread(ask func() bool) (answer bool) {
	onThread(func() { answer = ask() })
	return answer
}

// CountOnThreads calls it from several goroutines.
func CountOnThreads(count func() int64, threads, times int64) int64 {
	var total atomic.Int64
	var all sync.WaitGroup
	for range threads {
		all.Add(1)
		go func() {
			defer all.Done()
			for range times {
				total.Add(count())
			}
		}()
	}
	all.Wait()
	return total.Load()
}

// ConcatOnThreads calls it from several goroutines.
func ConcatOnThreads(concat func(a, b string) string, threads int64) bool {
	var wrong atomic.Int64
	var all sync.WaitGroup
	for range threads {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := range 25 {
				left := fmt.Sprint(i, " ")
				if concat(left, "🦀") != left+"🦀" {
					wrong.Add(1)
				}
			}
		}()
	}
	all.Wait()
	return wrong.Load() == 0
}

// FailOnThread calls it.
func FailOnThread(fail func(string) (string, error), message string) (said string) {
	onThread(func() {
		result, err := fail(message)
		switch {
		case err == nil:
			said = result
		case strings.Contains(err.Error(), message):
			said = "it failed"
		default:
			said = err.Error()
		}
	})
	return said
}

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
