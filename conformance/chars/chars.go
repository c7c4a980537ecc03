// Package chars has characters.
package chars

// EchoChar8 returns its argument.
func EchoChar8(value byte) byte { return value }

// EchoChar16 returns its argument.
func EchoChar16(value uint16) uint16 { return value }

// EchoChar32 returns its argument.
func EchoChar32(value rune) rune { return value }

// EchoChar8s returns its argument.
func EchoChar8s(values []byte) []byte { return values }

// EchoChar16s returns its argument.
func EchoChar16s(values []uint16) []uint16 { return values }

// EchoChar32s returns its argument.
func EchoChar32s(values []rune) []rune { return values }

// Next returns the next character.
func Next(character rune) rune { return character + 1 }
