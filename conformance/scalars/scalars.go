// Package scalars has every scalar type.
package scalars

// EchoInt8 returns its argument.
func EchoInt8(value int8) int8 { return value }

// EchoInt16 returns its argument.
func EchoInt16(value int16) int16 { return value }

// EchoInt32 returns its argument.
func EchoInt32(value int32) int32 { return value }

// EchoInt64 returns its argument.
func EchoInt64(value int64) int64 { return value }

// EchoUint8 returns its argument.
func EchoUint8(value uint8) uint8 { return value }

// EchoUint16 returns its argument.
func EchoUint16(value uint16) uint16 { return value }

// EchoUint32 returns its argument.
func EchoUint32(value uint32) uint32 { return value }

// EchoUint64 returns its argument.
func EchoUint64(value uint64) uint64 { return value }

// EchoSize returns its argument.
func EchoSize(value uintptr) uintptr { return value }

// EchoFloat32 returns its argument.
func EchoFloat32(value float32) float32 { return value }

// EchoFloat64 returns its argument.
func EchoFloat64(value float64) float64 { return value }

// EchoBool returns its argument.
func EchoBool(value bool) bool { return value }

// Negate returns the opposite.
func Negate(value bool) bool { return !value }

// AddInt64 adds.
func AddInt64(a, b int64) int64 { return a + b }

// Half halves.
func Half(value float64) float64 { return value / 2 }

// Nothing takes and returns nothing.
func Nothing() {}
