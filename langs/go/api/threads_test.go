package metaffi_test

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
)

// nilPointer causes a fault that Go detects by a signal, as Java does in its
// own code.
func nilPointer(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a nil pointer was followed")
		}
	}()
	var nowhere *point
	nowhere.x = 1
}

// Both runtimes use the same signals, and each makes its own assumptions about
// stacks.
func TestFaultsOfBothRuntimesAndManyGoroutines(t *testing.T) {
	length := use(t, java, "class=java.lang.Integer,callable=parseInt", infos(IDL.STRING8), infos(IDL.INT32))
	npe := use(t, java, "class=java.lang.String,callable=concat,instance_required", infos(IDL.STRING8, IDL.STRING8), infos(IDL.STRING8))
	collect := use(t, java, "class=java.lang.System,callable=gc", nil, nil)
	add := use(t, python, "callable=add", infos(IDL.INT64, IDL.INT64), infos(IDL.INT64))
	panics := use(t, goGuest, "callable=NilPointer", nil, infos(IDL.INT64))
	var all sync.WaitGroup
	for worker := range 32 {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := range 100 {
				nilPointer(t)
				if err := failure(t, npe, "a", nil); err.TypeName != "java.lang.NullPointerException" {
					t.Error(err)
				}
				failure(t, panics)
				if one(t, length, "7") != int32(7) || one(t, add, worker, i) != int64(worker+i) {
					t.Error("a wrong result")
				}
				if i%50 == 0 {
					runtime.GC()
					if _, err := collect(); err != nil {
						t.Error(err)
					}
				}
			}
		}()
	}
	all.Wait()
}

// A goroutine that does not stop by itself is stopped by a signal, which no
// runtime may keep from Go.
func TestGarbageIsCollectedWhileGoroutinesSpin(t *testing.T) {
	spin := use(t, goGuest, "callable=Spin", infos(IDL.INT64), nil)
	collect := use(t, goGuest, "callable=Collect", nil, nil)
	const long = 30 * time.Second
	var stop atomic.Bool
	done := make(chan uint64)
	go func() {
		x := uint64(1)
		for !stop.Load() {
			for range 100_000_000 { // long enough, without a call
				x = x*2862933555777941757 + 3037000493
			}
		}
		done <- x
	}()
	if _, err := spin(200); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	for range 5 {
		runtime.GC()
		if _, err := collect(); err != nil {
			t.Fatal(err)
		}
	}
	stop.Store(true)
	<-done
	if took := time.Since(start); took > long {
		t.Errorf("collecting took %s", took)
	}
}

// A goroutine that is locked to its thread ends the thread when it ends. Go
// blocks every signal on such a thread, even those that Java's code needs.
func TestThreadsEndWhileJavaCollects(t *testing.T) {
	parse := use(t, java, "class=java.lang.Integer,callable=parseInt", infos(IDL.STRING8), infos(IDL.INT32))
	add := use(t, python, "callable=add", infos(IDL.INT64, IDL.INT64), infos(IDL.INT64))
	collect := use(t, java, "class=java.lang.System,callable=gc", nil, nil)
	var stop atomic.Bool
	done := make(chan error)
	go func() {
		var failure error
		for !stop.Load() && failure == nil {
			_, failure = collect()
		}
		done <- failure
	}()
	for range 200 {
		var all sync.WaitGroup
		for range 8 {
			all.Add(1)
			go func() {
				defer all.Done()
				runtime.LockOSThread()
				if one(t, parse, "7") != int32(7) || one(t, add, 1, 2) != int64(3) {
					t.Error("a wrong result")
				}
			}()
		}
		all.Wait()
	}
	stop.Store(true)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// What Python keeps for a thread is released when the thread ends, and Go no
// longer knows that thread.
func TestAThreadEndsThatKeepsObjectsOfGo(t *testing.T) {
	keep := use(t, python, "callable=keep_in_thread", infos(IDL.ANY, IDL.CALLABLE), nil)
	for range 20 {
		done := make(chan error)
		go func() {
			runtime.LockOSThread()
			_, err := keep(&point{1, 2}, func(x int64) int64 { return x })
			done <- err
		}()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	nothingLivesAfter(t, forgetting(t), "go")
}
