// Package main greets.
package main

import (
	"context"
	"time"
)

// Greet greets.
func Greet(name string) string { return "Hello, " + name }

// Wait waits until ctx ends.
func Wait(ctx context.Context, milliseconds int) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Duration(milliseconds) * time.Millisecond):
		return nil
	}
}
