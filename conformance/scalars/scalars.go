// Package scalars has every scalar type.
package scalars

// EchoInt8 gives it back.
func EchoInt8(value int8) int8 { return value }

// EchoInt16 gives it back.
func EchoInt16(value int16) int16 { return value }

// EchoInt32 gives it back.
func EchoInt32(value int32) int32 { return value }

// EchoInt64 gives it back.
func EchoInt64(value int64) int64 { return value }

// EchoUint8 gives it back.
func EchoUint8(value uint8) uint8 { return value }

// EchoUint16 gives it back.
func EchoUint16(value uint16) uint16 { return value }

// EchoUint32 gives it back.
func EchoUint32(value uint32) uint32 { return value }

// EchoUint64 gives it back.
func EchoUint64(value uint64) uint64 { return value }

// EchoSize gives it back.
func EchoSize(value uintptr) uintptr { return value }

// EchoFloat32 gives it back.
func EchoFloat32(value float32) float32 { return value }

// EchoFloat64 gives it back.
func EchoFloat64(value float64) float64 { return value }

// EchoBool gives it back.
func EchoBool(value bool) bool { return value }

// Negate says the opposite.
func Negate(value bool) bool { return !value }

// AddInt64 adds.
func AddInt64(a, b int64) int64 { return a + b }

// Half halves.
func Half(value float64) float64 { return value / 2 }

// Nothing takes and gives nothing.
func Nothing() {}
