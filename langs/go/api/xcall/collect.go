//go:build go1.22

package xcall

import (
	"runtime"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

var (
	begun         = time.Now()
	nextHeapCheck atomic.Int64 // after begun
)

// checkHeap reports how much of the heap is in use, at most every few milliseconds.
func checkHeap() {
	now, next := int64(time.Since(begun)), nextHeapCheck.Load()
	if now < next || !nextHeapCheck.CompareAndSwap(next, now+int64(5*time.Millisecond)) {
		return
	}
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() == metrics.KindUint64 {
		native.Press(sample[0].Value.Uint64())
	}
}

// Collect frees memory that other languages wait for. Of their objects Go sees
// only small references, so its collector has no reason to hurry; of Go's own
// it must first learn that they were released.
func Collect(ofOthers bool) {
	forgetDropped()
	if ofOthers && holding.Load() == 0 {
		return
	}
	runtime.GC()
	if ofOthers {
		awaitReleases()
	}
}

// awaitReleases waits while finalizers, which run in a goroutine, release what
// the collection has found.
func awaitReleases() {
	const moment = 100 * time.Microsecond
	before := holding.Load()
	for unchanged := 0; unchanged < 3; unchanged++ {
		time.Sleep(moment)
		if now := holding.Load(); now != before {
			before, unchanged = now, 0
		}
	}
}
