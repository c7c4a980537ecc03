//go:build !go1.26

// Aliases keep their names, as they do by default with newer Go versions of this library: the type
// that an alias stands for may not be importable.

//go:debug gotypesalias=1

package main
