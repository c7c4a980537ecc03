package metaffi

import (
	"fmt"
	"reflect"

	"github.com/MetaFFI/sdk/api/go/xcall"
)

// Object is something of another language, used by the names of what it has:
//
//	total, err := metaffi.As[float64](pandas.Call("read_csv", "sales.csv").
//		Call("groupby", "city").Index("amount").Call("sum").Index("Haifa"))
//
// What a call gives is an Object, too, also where it is a plain value: [As] and
// [Object.Value] give it as a value of Go. So calls follow one another, and the
// first that fails is told at the end: an Object of which [Object.Err] is not nil
// does nothing but give that error on.
//
// Arguments are whatever an entity takes, Objects, and arguments by name ([Named]).
// Any goroutine may use an Object; it is given back when Go has forgotten it.
type Object struct {
	value any
	err   error
}

func init() { xcall.UseReferences() }

// ObjectOf is a value that came from another language, such as a MetaFFIHandle,
// as an Object.
func ObjectOf(value any) *Object {
	if object, is := value.(*Object); is {
		return object
	}
	return &Object{value: value}
}

// failed is the Object of what failed.
func failed(err error) *Object { return &Object{err: err} }

// given is the Object of a call's results: several are one, by their indexes.
func given(results []any, err error) *Object {
	switch {
	case err != nil:
		return failed(err)
	case len(results) == 1:
		return &Object{value: results[0]}
	case len(results) == 0:
		return &Object{}
	}
	return &Object{value: results}
}

// MetaFFICarried is what it crosses as.
func (o *Object) MetaFFICarried() (any, error) { return o.value, o.err }

// MetaFFICarry makes it stand for what came.
func (o *Object) MetaFFICarry(value any) { o.value = value }

// Err is why it, or one of the calls before it, failed.
func (o *Object) Err() error { return o.err }

// IsNil says whether there is nothing: null, or a call without a result.
func (o *Object) IsNil() bool { return o.err == nil && o.value == nil }

// Handle is the reference to the object; it is null where there is a plain value.
func (o *Object) Handle() MetaFFIHandle {
	switch value := o.value.(type) {
	case MetaFFIHandle:
		return value
	case *MetaFFICallable:
		return value.MetaFFIHandle
	}
	return MetaFFIHandle{}
}

// Release gives the object back now. It cannot be used after.
func (o *Object) Release() { o.Handle().Release() }

// member calls what the object has by a name.
func (o *Object) member(kind int64, name string, args ...any) ([]any, error) {
	if o.err != nil {
		return nil, o.err
	}
	handle, err := o.reference()
	if err != nil {
		return nil, err
	}
	return handle.CallMember(kind, name, args...)
}

// reference is what is asked for members: the object, the exception that an error
// stands for, or a value of Go.
func (o *Object) reference() (MetaFFIHandle, error) {
	switch value := o.value.(type) {
	case MetaFFIHandle:
		return value, nil
	case *MetaFFICallable:
		return value.MetaFFIHandle, nil
	case *MetaFFIError:
		if value.Original() != (MetaFFIHandle{}) {
			return value.Original(), nil
		}
	}
	handle, has, err := xcall.HandleOf(o.value)
	if err == nil && !has {
		err = hostError(ErrorArgument, typeText(o.value)+" has no members; it is a value of Go")
	}
	return handle, err
}

func typeText(value any) string {
	if value == nil {
		return "null"
	}
	return fmt.Sprintf("%T", value)
}

// Call calls a method, of a module or a class also a function; with an empty name
// the object itself: a function, or a class, of which that makes an object.
func (o *Object) Call(name string, args ...any) *Object {
	if o.err != nil {
		return o
	}
	placed, named, err := splitNamed(args)
	switch {
	case err != nil:
		return failed(err)
	case len(named) > 0:
		return given(o.member(xcall.MemberNamed, name, placed, namesOf(named), valuesOf(named)))
	case name != "":
		return given(o.member(xcall.MemberMethod, name, placed...))
	}
	if function, is := o.value.(*MetaFFICallable); is {
		return given(function.CallNatural(placed...))
	}
	if function := reflect.ValueOf(o.value); function.Kind() == reflect.Func {
		return failed(hostError(ErrorArgument, "it is a func of Go; call it as one"))
	}
	return given(o.member(xcall.MemberOperation, "call", placed...))
}

// Get is a field, a property, an attribute; of a module or a class also what it
// contains: classes, constants, modules, by a path with dots.
func (o *Object) Get(name string) *Object {
	return given(o.member(xcall.MemberGet, name))
}

// Set gives a field, a property, an attribute another value.
func (o *Object) Set(name string, value any) error {
	_, err := o.member(xcall.MemberSet, name, value)
	return err
}

// Index is the element at an index, or the value of a key. Of several results of a
// call it is one of them.
func (o *Object) Index(key any) *Object {
	results, several := o.value.([]any)
	if !several || o.err != nil {
		return given(o.member(xcall.MemberOperation, "get_item", key))
	}
	at, is := key.(int)
	if !is || at < 0 || at >= len(results) {
		return failed(hostError(ErrorNotFound, fmt.Sprintf("there are %d values, and none at %v", len(results), key)))
	}
	return ObjectOf(results[at])
}

// SetIndex changes the element at an index, or the value of a key.
func (o *Object) SetIndex(key, value any) error {
	_, err := o.member(xcall.MemberOperation, "set_item", key, value)
	return err
}

// Delete takes an element or a key out.
func (o *Object) Delete(key any) error {
	_, err := o.member(xcall.MemberOperation, "delete_item", key)
	return err
}

// Append adds an element at the end.
func (o *Object) Append(value any) error {
	_, err := o.member(xcall.MemberOperation, "append", value)
	return err
}

// Contains says whether there is such an element, or such a key.
func (o *Object) Contains(value any) (bool, error) {
	return As[bool](given(o.member(xcall.MemberOperation, "contains", value)))
}

// Len is how many elements there are.
func (o *Object) Len() (int, error) {
	if value := reflect.ValueOf(o.value); o.err == nil && value.Kind() == reflect.Slice {
		return value.Len(), nil
	}
	return As[int](given(o.member(xcall.MemberOperation, "length")))
}

// Equal says whether it equals another one, by its own language.
func (o *Object) Equal(other any) (bool, error) {
	if _, is := o.value.(MetaFFIHandle); !is && o.err == nil {
		if object, is := other.(*Object); is {
			other = object.value
		}
		return reflect.DeepEqual(o.value, other), nil
	}
	return As[bool](given(o.member(xcall.MemberOperation, "equal", other)))
}

// Compare is below 0, 0, or above 0 when it is less than, equal to or greater than
// another one, by its own language.
func (o *Object) Compare(other any) (int, error) {
	return As[int](given(o.member(xcall.MemberOperation, "compare", other)))
}

// Close closes what can be closed.
func (o *Object) Close() error {
	_, err := o.member(xcall.MemberOperation, "close")
	return err
}

// Describe tells what there is of its type, with signatures and documentation.
func (o *Object) Describe() (Description, error) {
	if o.err != nil {
		return Description{}, o.err
	}
	handle, err := o.reference()
	if err != nil {
		return Description{}, err
	}
	return handle.Describe()
}

// String is the object as its own language writes it; of one that failed, why.
func (o *Object) String() string { return o.text("text", "%v") }

// GoString is the object as its own language shows it to who looks for errors.
func (o *Object) GoString() string { return o.text("debug_text", "%#v") }

func (o *Object) text(operation, format string) string {
	if o.err != nil {
		return "error: " + o.err.Error()
	}
	handle, is := o.value.(MetaFFIHandle)
	if !is {
		return fmt.Sprintf(format, o.value)
	}
	results, err := handle.CallMember(xcall.MemberOperation, operation)
	if text, is := given(results, err).value.(string); is {
		return text
	}
	return handle.String()
}

// Value is the object as the value of Go that an entity gives where any type is
// declared: mappings are maps, sequences slices, and what is in them, too. What
// Go has no value for is a [MetaFFIHandle].
func (o *Object) Value() (any, error) {
	if o.err != nil {
		return nil, o.err
	}
	handle, is := o.value.(MetaFFIHandle)
	if !is {
		return o.value, nil
	}
	of, err := handle.Describe()
	if err != nil {
		return handle, nil
	}
	for _, operation := range of.Operations {
		if operation == "sequence" {
			return As[[]any](o)
		}
	}
	return As[any](o)
}

// As is the object as a value of the type: a number, text, a slice or a map of
// such, a struct of values by the names of its fields, a func, an interface of
// package io, a stub's class.
func As[T any](o *Object) (value T, err error) {
	if o.err != nil {
		return value, o.err
	}
	made, err := convert(reflect.TypeFor[T](), o.value)
	if err == nil {
		reflect.ValueOf(&value).Elem().Set(made)
	}
	return value, err
}

// NamedArgument is an argument by its name.
type NamedArgument struct {
	name  string
	value any
}

// Named is an argument by its name, for languages that have such:
//
//	pandas.Call("read_csv", "sales.csv", metaffi.Named("sep", ";"))
func Named(name string, value any) NamedArgument { return NamedArgument{name, value} }

// splitNamed tells arguments by their place from those by name; the first Object
// that failed is the error.
func splitNamed(args []any) (placed []any, named []NamedArgument, err error) {
	for _, arg := range args {
		switch arg := arg.(type) {
		case NamedArgument:
			named = append(named, arg)
		case *Object:
			if arg.err != nil {
				return nil, nil, arg.err
			}
			placed = append(placed, arg.value)
		default:
			placed = append(placed, arg)
		}
	}
	return placed, named, nil
}

func namesOf(named []NamedArgument) []string {
	names := make([]string, len(named))
	for i, argument := range named {
		names[i] = argument.name
	}
	return names
}

func valuesOf(named []NamedArgument) []any {
	values := make([]any, len(named))
	for i, argument := range named {
		values[i] = argument.value
	}
	return values
}
