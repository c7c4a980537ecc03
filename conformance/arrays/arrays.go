// Package arrays has arrays of every rank.
package arrays

import "strings"

// EchoBytes gives it back.
func EchoBytes(items []uint8) []uint8 { return items }

// EchoInt8s gives it back.
func EchoInt8s(items []int8) []int8 { return items }

// EchoInt16s gives it back.
func EchoInt16s(items []int16) []int16 { return items }

// EchoInt32s gives it back.
func EchoInt32s(items []int32) []int32 { return items }

// EchoInt64s gives it back.
func EchoInt64s(items []int64) []int64 { return items }

// EchoUint16s gives it back.
func EchoUint16s(items []uint16) []uint16 { return items }

// EchoUint32s gives it back.
func EchoUint32s(items []uint32) []uint32 { return items }

// EchoUint64s gives it back.
func EchoUint64s(items []uint64) []uint64 { return items }

// EchoFloat32s gives it back.
func EchoFloat32s(items []float32) []float32 { return items }

// EchoFloat64s gives it back.
func EchoFloat64s(items []float64) []float64 { return items }

// EchoBools gives it back.
func EchoBools(items []bool) []bool { return items }

// EchoStrings gives it back.
func EchoStrings(items []string) []string { return items }

// EchoTable gives it back.
func EchoTable(items [][]int64) [][]int64 { return items }

// EchoCube gives it back.
func EchoCube(items [][][]float64) [][][]float64 { return items }

// EchoStringTable gives it back.
func EchoStringTable(items [][]string) [][]string { return items }

// Lengths are those of the rows.
func Lengths(table [][]int64) []int64 {
	lengths := make([]int64, len(table))
	for i, row := range table {
		lengths[i] = int64(len(row))
	}
	return lengths
}

// Ragged has rows of several lengths.
func Ragged() [][]int64 { return [][]int64{{1, 2, 3}, {}, {4}} }

// Total is the sum of all.
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

// Join puts a separator between.
func Join(words []string, separator string) string { return strings.Join(words, separator) }
