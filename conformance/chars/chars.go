// Package chars has characters.
package chars

// EchoChar8 gives it back.
func EchoChar8(value byte) byte { return value }

// EchoChar16 gives it back.
func EchoChar16(value uint16) uint16 { return value }

// EchoChar32 gives it back.
func EchoChar32(value rune) rune { return value }

// EchoChar8s gives them back.
func EchoChar8s(values []byte) []byte { return values }

// EchoChar16s gives them back.
func EchoChar16s(values []uint16) []uint16 { return values }

// EchoChar32s gives them back.
func EchoChar32s(values []rune) []rune { return values }

// Next is the one after it.
func Next(character rune) rune { return character + 1 }
