package metaffi

import (
	"fmt"
	"reflect"

	"github.com/MetaFFI/sdk/api/go/xcall"
)

// Object is an object or value of another language, whose members are used by
// name:
//
//	total, err := metaffi.As[float64](pandas.Call("read_csv", "sales.csv").
//		Call("groupby", "city").Index("amount").Call("sum").Index("Haifa"))
//
// Calls return Objects, even for plain values; [As] and [Object.Value] convert
// them to values of Go. So calls can be chained, and the first error is
// reported at the end: an Object whose [Object.Err] is not nil passes that
// error on and does nothing else.
//
// Arguments are whatever an entity takes, Objects, and arguments by name
// ([Named]). Any goroutine may use an Object. It is released when it is garbage
// collected.
type Object struct {
	value any
	err   error
}

func init() { xcall.UseReferences() }

// ObjectOf returns a value from another language, such as a MetaFFIHandle, as
// an Object.
func ObjectOf(value any) *Object {
	if object, is := value.(*Object); is {
		return object
	}
	return &Object{value: value}
}

// failed returns the Object of a call that failed.
func failed(err error) *Object { return &Object{err: err} }

// given returns the Object of a call's results; several results form one
// Object, with indexes.
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

// MetaFFIValue returns the value that the Object is passed as.
func (o *Object) MetaFFIValue() (any, error) { return o.value, o.err }

// MetaFFISetValue sets the value that the Object stands for.
func (o *Object) MetaFFISetValue(value any) { o.value = value }

// Err returns the error of the call that returned it, or of a call before that.
func (o *Object) Err() error { return o.err }

// IsNil reports whether there is no value: null, or a call without a result.
func (o *Object) IsNil() bool { return o.err == nil && o.value == nil }

// Handle returns the reference to the object; it is null for a plain value.
func (o *Object) Handle() MetaFFIHandle {
	switch value := o.value.(type) {
	case MetaFFIHandle:
		return value
	case *MetaFFICallable:
		return value.MetaFFIHandle
	}
	return MetaFFIHandle{}
}

// Release releases the object now. It cannot be used afterwards.
func (o *Object) Release() { o.Handle().Release() }

// member calls a member of the object by its name.
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

// reference returns the object whose members are used: the object itself, the
// exception that an error stands for, or a value of Go.
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
		err = hostError(ErrorArgument, typeText(o.value)+" is a value of Go, which has no members")
	}
	return handle, err
}

func typeText(value any) string {
	if value == nil {
		return "null"
	}
	return fmt.Sprintf("%T", value)
}

// Call calls a method; on a module or a class also a function. With an empty
// name it calls the object itself: a function, or a class, which creates an
// object.
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
		return failed(hostError(ErrorArgument, "this is a Go func; take it by As or Value, and call that"))
	}
	return given(o.member(xcall.MemberOperation, "call", placed...))
}

// Get returns a field, a property or an attribute; of a module or a class also
// what it contains: classes, constants, modules, by a dotted path.
func (o *Object) Get(name string) *Object {
	return given(o.member(xcall.MemberGet, name))
}

// Set assigns a value to a field, a property or an attribute.
func (o *Object) Set(name string, value any) error {
	_, err := o.member(xcall.MemberSet, name, value)
	return err
}

// Index returns the element at an index, or the value of a key. If a call
// returned several results, it returns one of them.
func (o *Object) Index(key any) *Object {
	results, several := o.value.([]any)
	if !several || o.err != nil {
		return given(o.member(xcall.MemberOperation, "get_item", key))
	}
	at, is := key.(int)
	if !is || at < 0 || at >= len(results) {
		return failed(hostError(ErrorNotFound, fmt.Sprintf("there are %d values; %v is not an index of them", len(results), key)))
	}
	return ObjectOf(results[at])
}

// SetIndex sets the element at an index, or the value of a key.
func (o *Object) SetIndex(key, value any) error {
	_, err := o.member(xcall.MemberOperation, "set_item", key, value)
	return err
}

// Delete removes an element or a key.
func (o *Object) Delete(key any) error {
	_, err := o.member(xcall.MemberOperation, "delete_item", key)
	return err
}

// Append adds an element at the end.
func (o *Object) Append(value any) error {
	_, err := o.member(xcall.MemberOperation, "append", value)
	return err
}

// Contains reports whether the object contains an element or a key.
func (o *Object) Contains(value any) (bool, error) {
	return As[bool](given(o.member(xcall.MemberOperation, "contains", value)))
}

// Len returns the number of elements.
func (o *Object) Len() (int, error) {
	if value := reflect.ValueOf(o.value); o.err == nil && value.Kind() == reflect.Slice {
		return value.Len(), nil
	}
	return As[int](given(o.member(xcall.MemberOperation, "length")))
}

// Equal reports whether the object equals another one, as its own language
// defines that.
func (o *Object) Equal(other any) (bool, error) {
	if _, is := o.value.(MetaFFIHandle); !is && o.err == nil {
		if object, is := other.(*Object); is {
			other = object.value
		}
		return reflect.DeepEqual(o.value, other), nil
	}
	return As[bool](given(o.member(xcall.MemberOperation, "equal", other)))
}

// Compare returns a negative number, 0 or a positive number if the object is
// less than, equal to or greater than another one, as its own language defines
// that.
func (o *Object) Compare(other any) (int, error) {
	return As[int](given(o.member(xcall.MemberOperation, "compare", other)))
}

// Close closes the object, if its language can close it.
func (o *Object) Close() error {
	_, err := o.member(xcall.MemberOperation, "close")
	return err
}

// Describe lists the members of its type, with signatures and documentation.
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

// String returns the object as text, as its own language writes it, or the
// error that it holds.
func (o *Object) String() string { return o.text("text", "%v") }

// GoString returns the object as its own language shows it for debugging.
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

// Value converts the object to the Go value that an entity returns where any
// type is declared: mappings become maps and sequences slices, including their
// contents. An object without a Go equivalent is a [MetaFFIHandle].
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

// As converts the object to a value of the type: a number, text, a slice or a
// map of such values, a struct by the names of its fields, a func, an interface
// of package io, a class of generated stubs.
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

// NamedArgument is an argument that is passed by its name.
type NamedArgument struct {
	name  string
	value any
}

// Named returns an argument that is passed by its name, for languages that
// support that:
//
//	pandas.Call("read_csv", "sales.csv", metaffi.Named("sep", ";"))
func Named(name string, value any) NamedArgument { return NamedArgument{name, value} }

// splitNamed separates positional arguments from named ones; it returns the
// error of the first Object that holds one.
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
