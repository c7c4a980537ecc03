//go:build go1.22

package xcall

import (
	"fmt"
	"runtime/debug"
	"strings"
)

// panicReport describes a panic of the guest's code. It is called while the
// panic is recovered, when its stack still exists.
func panicReport(panicked any) report {
	switch err := panicked.(type) {
	case *MetaFFIError: // a callback failed in a func without an error result
		return reportOf(err)
	case *callError:
		return reportOf(err)
	}
	stack := guestStack(string(debug.Stack()))
	described := report{
		kind:       ErrorPanic,
		message:    "panic: " + panicText(panicked),
		typeName:   fmt.Sprintf("%T", panicked),
		stackTrace: stack,
	}
	if err, ok := panicked.(error); ok {
		described.cause = unwrap(err)
		described.original = err
	}
	return described
}

// panicText returns the value as the runtime would print it. A value whose own
// text panics must not do so again.
func panicText(panicked any) (text string) {
	defer func() {
		if again := recover(); again != nil {
			text = fmt.Sprintf("%T (whose text panicked, too)", panicked)
		}
	}()
	return fmt.Sprint(panicked)
}

// guestStack removes our own frames from a stack: those above the panic, and
// those below the entry.
func guestStack(stack string) string {
	lines := strings.Split(strings.TrimRight(stack, "\n"), "\n")
	first, last := 1, len(lines)
	for i := 1; i < len(lines); i++ {
		switch line := lines[i]; {
		case strings.HasPrefix(line, "panic(") && first == 1:
			first = i + 2
		case strings.Contains(line, "/xcall.Enter"):
			last = i
		}
	}
	if first >= last {
		return strings.Join(lines, "\n")
	}
	return lines[0] + "\n" + strings.Join(lines[first:last], "\n")
}
