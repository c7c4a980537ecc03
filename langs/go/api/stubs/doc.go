// Package stubs is the basis of generated stubs: metaffi -h go writes a package
// that imports it, and whose functions and types a program uses. The program
// itself needs only [As], [Cast], [Ptr] and the types of this package that its
// stubs mention.
//
// Everything here may be used by any goroutine.
package stubs
