// Package main waits, with a context or without.
package main

import (
	"context"
	"errors"
	"time"
)

// Fail fails after a while.
func Fail(milliseconds int) error {
	time.Sleep(time.Duration(milliseconds) * time.Millisecond)
	return errors.New("failed")
}

// Wait waits until ctx ends.
func Wait(ctx context.Context, milliseconds int) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Duration(milliseconds) * time.Millisecond):
		return nil
	}
}

// Keeper keeps a context.
type Keeper struct{ ctx context.Context }

// NewKeeper keeps ctx.
func NewKeeper(ctx context.Context) *Keeper { return &Keeper{ctx} }

// Lives reports whether the context has not ended.
func (k *Keeper) Lives() bool { return k.ctx.Err() == nil }

// IsBackground reports whether ctx is the background context.
func IsBackground(ctx context.Context) bool { return ctx == context.Background() }

// NewContext returns a context other than the background one.
func NewContext() context.Context { return context.TODO() }

// IsMine reports whether ctx is the one of NewContext.
func IsMine(ctx context.Context) bool { return ctx == context.TODO() }
