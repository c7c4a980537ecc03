//go:build !cgo

package native

// Without cgo this package contains nothing else; the compiler's message quotes
// this line, and the name says what to do.
var _ = cgo_is_off__set_CGO_ENABLED_to_1_and_install_a_C_compiler
