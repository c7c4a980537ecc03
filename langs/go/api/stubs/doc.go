// Package stubs is what generated stubs are made of: metaffi -h go writes a
// package that imports it, and whose functions and types are what a program
// uses. A program itself needs [As], [Cast], [Ptr] and the types of this package
// that its stubs name.
//
// Everything here may be used by any goroutine.
package stubs
