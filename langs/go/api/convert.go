package metaffi

import (
	"fmt"
	"io"
	"reflect"

	"github.com/MetaFFI/sdk/api/go/xcall"
)

// convert converts a value from another language to a type.
func convert(of reflect.Type, value any) (reflect.Value, error) {
	handle, isHandle := value.(MetaFFIHandle)
	if isHandle && isStructOfFields(of) {
		return convertStruct(of, handle)
	}
	made, err := xcall.Convert(of, value)
	if err == nil || !isHandle {
		return made, err
	}
	if operation := operationFor(of.Kind()); operation != "" {
		results, failed := handle.CallMember(xcall.MemberOperation, operation)
		if failed == nil && len(results) == 1 {
			return xcall.Convert(of, results[0])
		}
	}
	return made, err
}

// operationFor returns the operation that makes a number of an object of
// another language.
func operationFor(kind reflect.Kind) string {
	switch kind {
	case reflect.Bool:
		return "truth"
	case reflect.Float32, reflect.Float64:
		return "float"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "integer"
	}
	return ""
}

// isStructOfFields reports whether values of the type are made field by field.
func isStructOfFields(of reflect.Type) bool {
	if of.Kind() != reflect.Struct || of.NumField() == 0 {
		return false
	}
	for i := range of.NumField() {
		if !of.Field(i).IsExported() {
			return false
		}
	}
	return true
}

// convertStruct makes a struct from the values of a mapping, or from the
// members of another object, by the names of its fields or their `metaffi`
// tags.
func convertStruct(of reflect.Type, handle MetaFFIHandle) (reflect.Value, error) {
	made := reflect.New(of).Elem()
	isMapping, err := handle.HasMember(xcall.MemberOperation, "keys")
	if err != nil {
		return made, err
	}
	for i := range of.NumField() {
		field := of.Field(i)
		member, err := valueOfField(handle, field, isMapping)
		if err != nil {
			return made, fmt.Errorf("the field %s of %s: %w", field.Name, of, err)
		}
		value, err := convert(field.Type, member)
		if err != nil {
			return made, fmt.Errorf("the field %s of %s: %w", field.Name, of, err)
		}
		made.Field(i).Set(value)
	}
	return made, nil
}

func valueOfField(handle MetaFFIHandle, field reflect.StructField, isMapping bool) (any, error) {
	kind, name := int64(xcall.MemberGet), ""
	var args []any
	for _, spelling := range spellings(field) {
		if isMapping {
			has, err := handle.CallMember(xcall.MemberOperation, "contains", spelling)
			if err != nil {
				return nil, err
			}
			if has[0] == true {
				kind, name, args = xcall.MemberOperation, "get_item", []any{spelling}
				break
			}
		} else if has, err := handle.HasMember(kind, spelling); err != nil || has {
			name = spelling
			break
		}
	}
	if name == "" {
		return nil, hostError(ErrorNotFound, fmt.Sprintf("%q cannot be found", spellings(field)[0]))
	}
	results, err := handle.CallMember(kind, name, args...)
	if err != nil || len(results) != 1 {
		return nil, err
	}
	return results[0], nil
}

// Reader returns a file of another language (Python's, or a
// java.io.InputStream) as an io.Reader. Passed to that language again, it is
// the original file.
func Reader(of *Object) (io.Reader, error) { return As[io.Reader](of) }

// Writer returns a file of another language (Python's, or a
// java.io.OutputStream) as an io.Writer. Passed to that language again, it is
// the original file.
func Writer(of *Object) (io.Writer, error) { return As[io.Writer](of) }
