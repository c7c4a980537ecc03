// Package arrays has arrays of every rank.
package arrays

import "strings"

// EchoBytes returns its argument.
func EchoBytes(items []uint8) []uint8 { return items }

// EchoInt8s returns its argument.
func EchoInt8s(items []int8) []int8 { return items }

// EchoInt16s returns its argument.
func EchoInt16s(items []int16) []int16 { return items }

// EchoInt32s returns its argument.
func EchoInt32s(items []int32) []int32 { return items }

// EchoInt64s returns its argument.
func EchoInt64s(items []int64) []int64 { return items }

// EchoUint16s returns its argument.
func EchoUint16s(items []uint16) []uint16 { return items }

// EchoUint32s returns its argument.
func EchoUint32s(items []uint32) []uint32 { return items }

// EchoUint64s returns its argument.
func EchoUint64s(items []uint64) []uint64 { return items }

// EchoFloat32s returns its argument.
func EchoFloat32s(items []float32) []float32 { return items }

// EchoFloat64s returns its argument.
func EchoFloat64s(items []float64) []float64 { return items }

// EchoBools returns its argument.
func EchoBools(items []bool) []bool { return items }

// EchoStrings returns its argument.
func EchoStrings(items []string) []string { return items }

// EchoTable returns its argument.
func EchoTable(items [][]int64) [][]int64 { return items }

// EchoCube returns its argument.
func EchoCube(items [][][]float64) [][][]float64 { return items }

// EchoStringTable returns its argument.
func EchoStringTable(items [][]string) [][]string { return items }

// Lengths returns the lengths of the rows.
func Lengths(table [][]int64) []int64 {
	lengths := make([]int64, len(table))
	for i, row := range table {
		lengths[i] = int64(len(row))
	}
	return lengths
}

// Ragged has rows of several lengths.
func Ragged() [][]int64 { return [][]int64{{1, 2, 3}, {}, {4}} }

// Total returns the sum of all elements.
func Total(cube [][][]float64) float64 {
	total := 0.0
	for _, table := range cube {
		for _, row := range table {
			for _, value := range row {
				total += value
			}
		}
	}
	return total
}

// Join joins words with a separator.
func Join(words []string, separator string) string { return strings.Join(words, separator) }
