package main

import "runtime"

// Box holds anything.
type Box struct {
	Content interface{}
}

// NewBox makes a box.
func NewBox(content interface{}) *Box { return &Box{Content: content} }

// Open returns the content.
func (b *Box) Open() interface{} { return b.Content }

// Same returns its argument.
func Same(v interface{}) interface{} { return v }

// IsBox reports whether v is a *Box of this module.
func IsBox(v interface{}) bool {
	_, is := v.(*Box)
	return is
}

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
