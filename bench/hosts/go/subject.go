package main

import (
	"fmt"
	"time"
)

const (
	batchTime   = time.Millisecond
	warmUpCalls = 20_000
	warmUpTime  = 300 * time.Millisecond
)

// A loop calls n times with that argument. The result is that of the last call,
// or how many calls failed.
type loop func(n int, argument any) (any, error)

// A contestant brings a loop for each scenario.
type contestant struct {
	loops map[string]loop
	// How often the guest's nothing ran.
	calls func() (int64, error)
}

// A subject is one contestant in one scenario: timed in batches, its results
// verified.
type subject struct {
	name     string
	scenario *scenario
	loop     loop
	calls    func() (int64, error)
	count    int64
	size     int
}

// prepare checks the limits, warms up, and finds the size of a batch.
func (s *subject) prepare() error {
	for _, limit := range s.scenario.limits {
		if came, err := s.loop(1, limit); err != nil || came != limit {
			return fmt.Errorf("%v came back as %v: %w", limit, came, err)
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

// batch returns the nanoseconds per call of one batch.
func (s *subject) batch() (float64, error) {
	took, err := s.timed()
	return float64(took.Nanoseconds()) / float64(s.size), err
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
	case byValue:
		right = result == s.scenario.expected
	}
	if !right {
		return fmt.Errorf("%d calls returned %v", n, result)
	}
	return nil
}
