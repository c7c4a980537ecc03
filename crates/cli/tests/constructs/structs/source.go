// Package source has structs, embedded ones, and named types.
package source

import "errors"

// ErrEmpty reports an empty store.
var ErrEmpty = errors.New("empty")

// Limit is the maximum number of items.
const Limit = 10

// Celsius is a temperature.
type Celsius float64

// Fahrenheit converts.
func (c Celsius) Fahrenheit() float64 { return float64(c)*9/5 + 32 }

// Base has an ID.
type Base struct{ ID int64 }

// Describe describes it.
func (b *Base) Describe() string { return "" }

// Item is embedded.
type Item struct {
	Base
	Name  string
	Tags  []string
	Price *float64
}

// NewItem makes one.
func NewItem(name string) (*Item, error) { return nil, ErrEmpty }

// Store keeps items.
type Store interface {
	Get(id int64) (*Item, error)
	Put(item *Item) error
}

// Fill fills a store.
func Fill(store Store, names ...string) (int, error) { return 0, nil }
