// Package main is a Go guest that Dask's workers call.
package main

import (
	"fmt"
	"hash/fnv"
)

// Checksum returns a checksum of a text.
func Checksum(text string) string {
	hash := fnv.New32a()
	hash.Write([]byte(text))
	return fmt.Sprintf("%08x", hash.Sum32())
}
