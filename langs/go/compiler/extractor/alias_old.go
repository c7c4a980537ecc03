//go:build !go1.26

// Aliases keep their names, which is the default where go.mod requires a newer Go: the type that an
// alias stands for may not be importable.

//go:debug gotypesalias=1

package main
