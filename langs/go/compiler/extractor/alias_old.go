//go:build !go1.26

// Aliases keep their names, as they do by default where this library needs a
// newer Go: what an alias stands for may not be importable.

//go:debug gotypesalias=1

package main
