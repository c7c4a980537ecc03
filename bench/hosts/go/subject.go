package main

import (
	"fmt"
	"reflect"
	"time"
)

const (
	batchTime   = time.Millisecond
	warmUpCalls = 20_000
	warmUpTime  = 300 * time.Millisecond
	shared      = 40 // batches that threads share
)

// A loop calls n times with an argument. Its result is that of the last call, or the
// number of calls that failed.
type loop func(n int, argument any) (any, error)

// A contestant provides a loop for each scenario.
type contestant struct {
	loops map[string]loop
	// The number of times that the guest's nothing ran.
	calls func() (int64, error)
}

// A subject is one contestant in one scenario: it is timed in batches, and its results
// are verified.
type subject struct {
	name     string
	scenario *scenario
	loop     loop
	calls    func() (int64, error)
	count    int64
	size     int // of a batch; 0 until it is prepared
}

// prepare checks the limits, warms up, and determines the size of a batch, unless that
// has been done.
func (s *subject) prepare() error {
	if s.size > 0 {
		return nil
	}
	s.size = 1
	for _, limit := range s.scenario.limits {
		if answer, err := s.loop(1, limit); err != nil || answer != limit {
			return fmt.Errorf("%v came back as %v: %w", limit, answer, err)
		}
	}
	var done int
	var spent time.Duration
	for done < warmUpCalls && spent < warmUpTime {
		took, err := s.timed()
		if err != nil {
			return err
		}
		done, spent = done+s.size, spent+took
		if took < batchTime/2 {
			s.size *= 2
		}
	}
	return nil
}

// take returns the nanoseconds per call of one batch, or of batches that threads share.
func (s *subject) take(threads int) (float64, error) {
	if err := s.prepare(); err != nil {
		return 0, fmt.Errorf("%s, %s: %w", s.name, s.scenario.name, err)
	}
	if threads > 0 {
		return s.atOnce(threads)
	}
	return s.batch()
}

// batch returns the nanoseconds per call of one batch.
func (s *subject) batch() (float64, error) {
	took, err := s.timed()
	return float64(took.Nanoseconds()) / float64(s.size), err
}

// atOnce returns the nanoseconds per call of batches that several goroutines share.
func (s *subject) atOnce(threads int) (float64, error) {
	n := s.size * shared / threads
	start := make(chan struct{})
	done := make(chan error)
	for range threads {
		go func() {
			<-start
			result, err := s.loop(n, s.scenario.argument)
			if err == nil && result != s.scenario.expected {
				err = fmt.Errorf("%d calls returned %v", n, result)
			}
			done <- err
		}()
	}
	began := time.Now()
	close(start)
	var failed error
	for range threads {
		if err := <-done; err != nil {
			failed = err
		}
	}
	return float64(time.Since(began).Nanoseconds()) / float64(n*threads), failed
}

func (s *subject) timed() (time.Duration, error) {
	before, err := s.calls()
	if err != nil {
		return 0, err
	}
	start := time.Now()
	result, err := s.loop(s.size, s.scenario.argument)
	took := time.Since(start)
	if err != nil {
		return 0, err
	}
	return took, s.verify(before, result)
}

func (s *subject) verify(before int64, result any) error {
	right, n := false, int64(s.size)
	switch s.scenario.proof {
	case byCalls:
		after, err := s.calls()
		right = err == nil && after-before == n
	case byCount:
		right = result == any(s.count+n)
		s.count += n
	case byFailures:
		right = result == any(n)
	case bySame:
		right = reflect.DeepEqual(result, s.scenario.argument)
	case byValue:
		right = result == s.scenario.expected
	}
	if !right {
		return fmt.Errorf("%d calls returned %v", n, result)
	}
	return nil
}
