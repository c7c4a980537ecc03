//go:build go1.22

package xcall

// Go's predeclared names, for glue in packages that give these names another
// meaning.
type (
	PredeclaredAny        = any
	PredeclaredBool       = bool
	PredeclaredByte       = byte
	PredeclaredComplex64  = complex64
	PredeclaredComplex128 = complex128
	PredeclaredError      = error
	PredeclaredFloat32    = float32
	PredeclaredFloat64    = float64
	PredeclaredInt        = int
	PredeclaredInt8       = int8
	PredeclaredInt16      = int16
	PredeclaredInt32      = int32
	PredeclaredInt64      = int64
	PredeclaredRune       = rune
	PredeclaredString     = string
	PredeclaredUint       = uint
	PredeclaredUint8      = uint8
	PredeclaredUint16     = uint16
	PredeclaredUint32     = uint32
	PredeclaredUint64     = uint64
	PredeclaredUintptr    = uintptr
)

// Nil returns nil as a value of an interface or pointer type.
func Nil[T any]() T {
	var none T
	return none
}
