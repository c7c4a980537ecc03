package xcall

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// loop is an error that is its own cause.
type loop struct{}

func (l *loop) Error() string { return "loop" }
func (l *loop) Unwrap() error { return l }

// mute is a panic value whose text panics as well.
type mute struct{}

func (mute) String() string { panic("mute") }

func enter(t *testing.T, body func(*Frame) error, args ...Value) (Status, *cError) {
	t.Helper()
	entries = nil
	Register(Entry{ID: 0, Signature: "F(x int) string", Params: 1, Results: 1, Call: body})
	frame := newCall(1, args...)
	status := Enter(0, &frame.Frame, 0)
	if status == StatusOK {
		return status, nil
	}
	t.Cleanup(func() { c.releaseError(frame.failure()) })
	return status, frame.failure()
}

func chainOf(failure *cError) (links []string) {
	for failure != nil {
		links = append(links, failure.typeName.text()+": "+failure.message.text())
		failure = (*cError)(pointer(failure.cause))
	}
	return links
}

func TestAGoodCall(t *testing.T) {
	status, _ := enter(t, func(f *Frame) error {
		f.PutString(0, fmt.Sprint(f.Int64(0)+1))
		return nil
	}, lowered(t, 41))
	if status != StatusOK {
		t.Error(status)
	}
}

func TestErrorsAreReported(t *testing.T) {
	one := lowered(t, 1)
	none := func(*Frame) error { return nil }
	for _, test := range []struct {
		body func(*Frame) error
		args []Value
		kind Status
		says string
	}{
		{none, nil, ErrorArgument, "F(x int) string takes 1 argument(s), 0 were given"},
		{func(f *Frame) error { f.Bool(0); return nil }, []Value{one}, ErrorArgument,
			"F(x int) string: argument 1: expected bool, got int64"},
		{func(f *Frame) error { f.PutString(0, "\xff"); return nil }, []Value{one}, ErrorGuest,
			"F(x int) string: result 1: the string is not valid UTF-8"},
		{func(*Frame) error { return errors.New("no") }, []Value{one}, ErrorGuest, "no"},
		{func(*Frame) error { panic("oh") }, []Value{one}, ErrorPanic, "panic: oh"},
		{func(*Frame) error { panic(mute{}) }, []Value{one}, ErrorPanic, "panic: "},
	} {
		status, failure := enter(t, test.body, test.args...)
		if status != test.kind || failure.kind != test.kind {
			t.Errorf("%s: kind %d", test.says, status)
		}
		if message := failure.message.text(); !strings.HasPrefix(message, test.says) &&
			!strings.Contains(message, test.says) {
			t.Errorf("%q does not say %q", message, test.says)
		}
		if failure.language.text() != "go" {
			t.Error(failure.language.text())
		}
	}
}

func TestCausesAreReported(t *testing.T) {
	inner := errors.New("inner")
	_, failure := enter(t, func(*Frame) error { return fmt.Errorf("outer: %w", inner) }, lowered(t, 1))
	links := strings.Join(chainOf(failure), " | ")
	if links != "*fmt.wrapError: outer: inner | *errors.errorString: inner" {
		t.Error(links)
	}
	if original := objects.get((*Object)(pointer(failure.original))); original.value.(error).Error() != "outer: inner" {
		t.Error(original)
	}
	_, failure = enter(t, func(*Frame) error { return &loop{} }, lowered(t, 1))
	if links := chainOf(failure); len(links) != maxCauses+1 {
		t.Errorf("a chain that returns to itself has %d links", len(links))
	}
}

func TestAPanicWithNilIsAPanic(t *testing.T) {
	entries = nil
	Register(Entry{ID: 0, Signature: "F()", Call: func(*Frame) error { panic(nil) }}) //nolint
	frame := newCall(0)
	if status := Enter(0, &frame.Frame, 0); status != ErrorPanic {
		t.Error(status)
	}
	c.releaseError(frame.failure())
}

func TestAStackBeginsWithTheUsersFrames(t *testing.T) {
	stack := "goroutine 1 [running]:\nruntime/debug.Stack()\n\ta.go:1\npanic({1, 2})\n\tb.go:2\n" +
		"main.Deep(...)\n\thello.go:3\nmain.metaffiDeep()\n\tglue.go:4\n" +
		"m/xcall.Enter(0)\n\tentry.go:5\nmain.metaffi_guest_call()\n\tn.go:6\n"
	expected := "goroutine 1 [running]:\nmain.Deep(...)\n\thello.go:3\nmain.metaffiDeep()\n\tglue.go:4"
	if cut := guestStack(stack); cut != expected {
		t.Error(cut)
	}
	if whole := "goroutine 1 [running]:\nmain.f()\n\tx.go:1"; guestStack(whole) != whole {
		t.Error(guestStack(whole))
	}
}

func TestAFailingResultReleasesThoseBefore(t *testing.T) {
	entries = nil
	Register(Entry{ID: 0, Signature: "F()", Results: 2, Call: func(f *Frame) error {
		PutObject(f, 0, &point{})
		f.PutString(1, "\xff")
		return nil
	}})
	frame := newCall(2)
	if status := Enter(0, &frame.Frame, 0); status != ErrorGuest {
		t.Error(status)
	}
	noLiveObjects(t)
}
