// Package IDL names the types of MetaFFI, as entities are declared with and
// as interfaces are described in. It has no code that runs.
package IDL

// MetaFFIType is the name of a type, as MetaFFI's interfaces write it.
type MetaFFIType string

// The scalar types.
const (
	FLOAT64  MetaFFIType = "float64"
	FLOAT32  MetaFFIType = "float32"
	INT8     MetaFFIType = "int8"
	INT16    MetaFFIType = "int16"
	INT32    MetaFFIType = "int32"
	INT64    MetaFFIType = "int64"
	UINT8    MetaFFIType = "uint8"
	UINT16   MetaFFIType = "uint16"
	UINT32   MetaFFIType = "uint32"
	UINT64   MetaFFIType = "uint64"
	BOOL     MetaFFIType = "bool"
	SIZE     MetaFFIType = "size"
	CHAR8    MetaFFIType = "char8"
	CHAR16   MetaFFIType = "char16"
	CHAR32   MetaFFIType = "char32"
	STRING8  MetaFFIType = "string8"
	STRING16 MetaFFIType = "string16"
	STRING32 MetaFFIType = "string32"
	HANDLE   MetaFFIType = "handle"
	ANY      MetaFFIType = "any"
	NULL     MetaFFIType = "null"
	CALLABLE MetaFFIType = "callable"
)

// The array types: of rank 1, unless [MetaFFITypeInfo] says otherwise. ARRAY
// has elements of mixed or unknown types.
const (
	ARRAY          MetaFFIType = "array"
	FLOAT64_ARRAY  MetaFFIType = "float64_array"
	FLOAT32_ARRAY  MetaFFIType = "float32_array"
	INT8_ARRAY     MetaFFIType = "int8_array"
	INT16_ARRAY    MetaFFIType = "int16_array"
	INT32_ARRAY    MetaFFIType = "int32_array"
	INT64_ARRAY    MetaFFIType = "int64_array"
	UINT8_ARRAY    MetaFFIType = "uint8_array"
	UINT16_ARRAY   MetaFFIType = "uint16_array"
	UINT32_ARRAY   MetaFFIType = "uint32_array"
	UINT64_ARRAY   MetaFFIType = "uint64_array"
	BOOL_ARRAY     MetaFFIType = "bool_array"
	SIZE_ARRAY     MetaFFIType = "size_array"
	CHAR8_ARRAY    MetaFFIType = "char8_array"
	CHAR16_ARRAY   MetaFFIType = "char16_array"
	CHAR32_ARRAY   MetaFFIType = "char32_array"
	STRING8_ARRAY  MetaFFIType = "string8_array"
	STRING16_ARRAY MetaFFIType = "string16_array"
	STRING32_ARRAY MetaFFIType = "string32_array"
	HANDLE_ARRAY   MetaFFIType = "handle_array"
	ANY_ARRAY      MetaFFIType = "any_array"
	CALLABLE_ARRAY MetaFFIType = "callable_array"
)

// The packed array types: one contiguous buffer.
const (
	FLOAT64_PACKED_ARRAY  MetaFFIType = "float64_packed_array"
	FLOAT32_PACKED_ARRAY  MetaFFIType = "float32_packed_array"
	INT8_PACKED_ARRAY     MetaFFIType = "int8_packed_array"
	INT16_PACKED_ARRAY    MetaFFIType = "int16_packed_array"
	INT32_PACKED_ARRAY    MetaFFIType = "int32_packed_array"
	INT64_PACKED_ARRAY    MetaFFIType = "int64_packed_array"
	UINT8_PACKED_ARRAY    MetaFFIType = "uint8_packed_array"
	UINT16_PACKED_ARRAY   MetaFFIType = "uint16_packed_array"
	UINT32_PACKED_ARRAY   MetaFFIType = "uint32_packed_array"
	UINT64_PACKED_ARRAY   MetaFFIType = "uint64_packed_array"
	BOOL_PACKED_ARRAY     MetaFFIType = "bool_packed_array"
	SIZE_PACKED_ARRAY     MetaFFIType = "size_packed_array"
	STRING8_PACKED_ARRAY  MetaFFIType = "string8_packed_array"
	HANDLE_PACKED_ARRAY   MetaFFIType = "handle_packed_array"
	CALLABLE_PACKED_ARRAY MetaFFIType = "callable_packed_array"
)

// MetaFFITypeInfo is a declared type.
type MetaFFITypeInfo struct {
	// StringType names the type.
	StringType MetaFFIType
	// Alias is the guest's own name of the type, such as java.util.List, or empty.
	Alias string
	// Dimensions is the rank: 0 for a scalar or what the type says, n of 1 and
	// more for an array of that rank, -1 for an array of mixed or unknown rank.
	Dimensions int
}

// MetaFFITypeWithAlias is [MetaFFITypeInfo] under the name that it has in older
// programs.
type MetaFFITypeWithAlias = MetaFFITypeInfo
