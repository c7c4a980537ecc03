//go:build go1.22

package xcall

import (
	"runtime"
	"sync"
	"unsafe"
)

// errorMemory is the error in C's memory that a MetaFFIError was lifted from: what is
// rarely needed is read from it on demand. Any goroutine may do so.
type errorMemory struct {
	raw *cError
	// outer is the error that this one caused, which owns the memory; of is the
	// object, if the error was passed as a value. Otherwise this owns the
	// memory.
	outer *errorMemory
	of    *reference

	readOriginal, readTrace sync.Once
	handle                  MetaFFIHandle
	trace                   string
}

// owned returns the error as one that is released when nothing refers to it any
// more.
func (e *cError) owned() *errorMemory {
	holding.Add(1)
	made := &errorMemory{raw: e}
	runtime.SetFinalizer(made, (*errorMemory).drop)
	return made
}

func (c *errorMemory) drop() {
	native.DropError(unsafe.Pointer(c.raw))
	holding.Add(-1)
}

// object returns the exception object.
func (e *cError) object() *Object {
	return (*Object)(pointer(e.original))
}

// isComplete reports whether there is nothing left to read of the error or its
// causes.
func (e *cError) isComplete() bool {
	for depth := 0; e != nil && depth < maxCauses; depth++ {
		object := e.object()
		isForeign := object != nil && object.Owner != native.Owner
		if isForeign || e.stackTrace.Length != 0 || e.reader() != 0 {
			return false
		}
		e = (*cError)(pointer(e.cause))
	}
	return true
}

// reader returns the address of the function that reads the stack trace; 0 if
// there is none.
func (e *cError) reader() uintptr {
	if uintptr(e.structSize) < unsafe.Offsetof(e.readStackTrace)+unsafe.Sizeof(e.readStackTrace) {
		return 0
	}
	return e.readStackTrace
}

// alive reports whether the memory may be read, until done: an object that the
// error was passed as may be released by whoever holds it.
func (c *errorMemory) alive() bool { return c.of == nil || c.of.use() }

func (c *errorMemory) done() {
	if c.of != nil {
		c.of.done()
	}
	runtime.KeepAlive(c)
}

func (c *errorMemory) stackTrace() string {
	c.readTrace.Do(func() {
		if !c.alive() {
			return
		}
		defer c.done()
		c.trace = c.raw.stackTrace.lift()
		if c.trace == "" && c.raw.reader() != 0 {
			c.trace = native.ReadStackTrace(unsafe.Pointer(c.raw)).lift()
		}
	})
	return c.trace
}

func (c *errorMemory) original() MetaFFIHandle {
	if c.of != nil && c.outer == nil {
		return MetaFFIHandle{c.of} // it stands for the exception
	}
	c.readOriginal.Do(func() {
		if !c.alive() {
			return
		}
		defer c.done()
		object := c.raw.object()
		if object != nil && object.Owner != native.Owner {
			native.Retain(object)
			c.handle = newHandle(object)
		}
	})
	return c.handle
}
