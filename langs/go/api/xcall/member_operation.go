//go:build go1.22

package xcall

import (
	"cmp"
	"fmt"
	"io"
	"reflect"
	"slices"
	"sort"
	"strings"
)

// operation is something that every language has a notation for; see
// METAFFI_MEMBER_OPERATION of the header.
type operation struct {
	// params includes the object.
	params, results uint32
	// of returns the function for objects of a type; nil if they do not support
	// it.
	of func(of reflect.Type) func(*Frame) error
}

// operations holds the operations by their names. It is set by init, because
// describing an object is one of the things that they refer to.
var operations map[string]operation

func init() {
	operations = map[string]operation{
		"text":        {1, 1, always(putText)},
		"debug_text":  {1, 1, always(putDebugText)},
		"hash":        {1, 1, hashing},
		"equal":       {2, 1, always(putEqual)},
		"compare":     {2, 1, comparing},
		"length":      {1, 1, measuring},
		"contains":    {2, 1, searching},
		"get_item":    {2, 1, indexing},
		"set_item":    {3, 0, assigning},
		"delete_item": {2, 0, deleting},
		"append":      {2, 0, appending},
		"clear":       {1, 0, clearing},
		"keys":        {1, 1, ofMaps(putKeys)},
		"iterate":     {1, 1, iterating},
		"advance":     {1, 2, advancing},
		"close":       {1, 0, closing},
		"truth":       {1, 1, ofKinds(putPlain, reflect.Bool)},
		"integer":     {1, 1, ofKinds(putPlain, integerKinds...)},
		"float":       {1, 1, floating},
		"message":     {1, 1, telling},
	}
}

var integerKinds = []reflect.Kind{
	reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
	reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr,
}

func operationMember(of reflect.Type, name string) (Entry, bool) {
	if name == "call" && of.Kind() == reflect.Func {
		call := spreadCall(of, 0)
		return call.entry(of.String(), func(f *Frame) reflect.Value {
			return reflect.ValueOf(selfIn(f, of).value)
		}), true
	}
	known, ok := operations[name]
	if !ok {
		return Entry{}, false
	}
	call := known.of(of)
	signature := name + " of " + of.String()
	return Entry{Signature: signature, Params: known.params, Results: known.results, Call: call}, call != nil
}

// operationsOf names the operations that a type supports, and what it behaves
// as.
func operationsOf(of reflect.Type) []string {
	var names []string
	for name, known := range operations {
		if known.of(of) != nil {
			names = append(names, name)
		}
	}
	switch structure(of).Kind() {
	case reflect.Map:
		names = append(names, "mapping")
	case reflect.Slice, reflect.Array:
		names = append(names, "sequence")
	case reflect.Func:
		names = append(names, "call")
	}
	sort.Strings(names)
	return names
}

// always returns an operation that all objects have; call takes the value itself.
func always(call func(f *Frame, self any)) func(reflect.Type) func(*Frame) error {
	return func(of reflect.Type) func(*Frame) error {
		return func(f *Frame) error {
			self := selfIn(f, of)
			if self.boxed {
				call(f, unboxed(self))
			} else {
				call(f, self.value)
			}
			return nil
		}
	}
}

// ofKinds returns an operation of types of those kinds, and of pointers to them.
func ofKinds(call func(*Frame, reflect.Value), kinds ...reflect.Kind) func(reflect.Type) func(*Frame) error {
	return func(of reflect.Type) func(*Frame) error {
		if !slices.Contains(kinds, structure(of).Kind()) {
			return nil
		}
		return func(f *Frame) error {
			call(f, behind(f, of))
			return nil
		}
	}
}

func ofMaps(call func(*Frame, reflect.Value)) func(reflect.Type) func(*Frame) error {
	return ofKinds(call, reflect.Map)
}

func putText(f *Frame, self any) {
	f.PutString(0, strings.ToValidUTF8(fmt.Sprint(self), "\uFFFD"))
}

func putDebugText(f *Frame, self any) {
	f.PutString(0, strings.ToValidUTF8(fmt.Sprintf("%#v", self), "\uFFFD"))
}

// hashing is for values that cannot change.
func hashing(of reflect.Type) func(*Frame) error {
	if of.Kind() != reflect.Pointer && !of.Comparable() {
		return nil
	}
	return always(func(f *Frame, self any) { f.PutInt64(0, hashOf(self)) })(of)
}

// putEqual compares with a method Equal, or as == does; maps and slices, which
// == cannot compare, by their content.
func putEqual(f *Frame, self any) {
	other := Arg(f, 1, Any)
	if of := reflect.TypeOf(self); of == reflect.TypeOf(other) && !of.Comparable() {
		if _, has := equalMethod(self); !has {
			f.PutBool(0, reflect.DeepEqual(self, other))
			return
		}
	}
	f.PutBool(0, equal(self, other))
}

func putPlain(f *Frame, value reflect.Value) { Put(f, 0, lowerReflected, value) }

func putKeys(f *Frame, value reflect.Value) {
	keys := make([]any, 0, value.Len())
	for _, key := range value.MapKeys() {
		keys = append(keys, key.Interface())
	}
	Put(f, 0, LowerAnys, keys)
}

// comparing uses a method Compare or Cmp, and compares numbers and text
// directly.
func comparing(of reflect.Type) func(*Frame) error {
	for _, name := range []string{"Compare", "Cmp"} {
		method, ok := of.MethodByName(name)
		if ok && method.Type.NumIn() == 2 && method.Type.NumOut() == 1 && method.Type.Out(0).Kind() == reflect.Int {
			return reflectedMethod(of, method).Call
		}
	}
	if kind := structure(of).Kind(); numericTypes[kind] == 0 && kind != reflect.String {
		return nil
	}
	lift := typedLift(structure(of))
	return func(f *Frame) error {
		f.PutInt64(0, int64(order(behind(f, of), Arg(f, 1, lift))))
		return nil
	}
}

// order compares two values of one plain type.
func order(one, other reflect.Value) int {
	switch {
	case one.CanInt():
		return cmp.Compare(one.Int(), other.Int())
	case one.CanUint():
		return cmp.Compare(one.Uint(), other.Uint())
	case one.CanFloat():
		return cmp.Compare(one.Float(), other.Float())
	}
	return strings.Compare(one.String(), other.String())
}

// measuring uses a method Len, or len.
func measuring(of reflect.Type) func(*Frame) error {
	if method, ok := of.MethodByName("Len"); ok && isGetter(method.Type, reflect.Int) {
		return reflectedMethod(of, method).Call
	}
	put := func(f *Frame, value reflect.Value) { f.PutInt64(0, int64(value.Len())) }
	return ofKinds(put, reflect.Slice, reflect.Array, reflect.Map, reflect.Chan, reflect.String)(of)
}

// isGetter reports whether a method takes nothing, and returns one result of a
// kind.
func isGetter(method reflect.Type, kind reflect.Kind) bool {
	return method.NumIn() == 1 && method.NumOut() == 1 && method.Out(0).Kind() == kind
}

// searching uses a method Contains, or looks among the keys of a map or the
// elements of a slice.
func searching(of reflect.Type) func(*Frame) error {
	method, ok := of.MethodByName("Contains")
	if ok && method.Type.NumIn() == 2 && method.Type.NumOut() == 1 && method.Type.Out(0).Kind() == reflect.Bool {
		return reflectedMethod(of, method).Call
	}
	switch structure(of).Kind() {
	case reflect.Map:
		return MapHasOf(of)
	case reflect.Slice, reflect.Array:
		lift := typedLift(structure(of).Elem())
		return func(f *Frame) error {
			value := behind(f, of)
			wanted, err := lift(f.arg(1)) // what cannot be an element is not one
			found := false
			for i := 0; err == nil && i < value.Len() && !found; i++ {
				found = equal(value.Index(i).Interface(), wanted.Interface())
			}
			f.PutBool(0, found)
			return nil
		}
	}
	return nil
}

// MapHasOf returns the function that looks for a key in maps of that type.
func MapHasOf(of reflect.Type) func(*Frame) error {
	return func(f *Frame) error {
		value := behind(f, of)
		key, err := typedLift(value.Type().Key())(f.arg(1))
		f.PutBool(0, err == nil && value.MapIndex(key).IsValid())
		return nil
	}
}

// indexing returns the value of a key, or an element.
func indexing(of reflect.Type) func(*Frame) error {
	switch structure(of).Kind() {
	case reflect.Map:
		key := typedLift(structure(of).Key())
		return func(f *Frame) error {
			value := behind(f, of).MapIndex(Arg(f, 1, key))
			if !value.IsValid() {
				return errorf(ErrorNotFound, "there is no such key")
			}
			Put(f, 0, lowerReflectedResult, value)
			return nil
		}
	case reflect.Slice, reflect.Array:
		return func(f *Frame) error {
			item, err := elementIn(f, behind(f, of))
			if err == nil {
				Put(f, 0, lowerReflectedResult, item)
			}
			return err
		}
	}
	return nil
}

// elementIn returns the element that the second argument is the index of.
func elementIn(f *Frame, of reflect.Value) (reflect.Value, error) {
	index := Arg(f, 1, Number[int])
	if index < 0 || index >= of.Len() {
		return reflect.Value{}, errorf(ErrorNotFound, "the index %d is out of range: there are %d elements", index, of.Len())
	}
	return of.Index(index), nil
}

// assigning sets the value of a key, or an element.
func assigning(of reflect.Type) func(*Frame) error {
	switch element := structure(of); element.Kind() {
	case reflect.Map:
		key, value := typedLift(element.Key()), typedLift(element.Elem())
		return func(f *Frame) error {
			behind(f, of).SetMapIndex(Arg(f, 1, key), Arg(f, 2, value))
			return nil
		}
	case reflect.Slice, reflect.Array:
		if element.Kind() == reflect.Array && of.Kind() != reflect.Pointer {
			return nil
		}
		lift := typedLift(element.Elem())
		return func(f *Frame) error {
			item, err := elementIn(f, behind(f, of))
			if err == nil {
				item.Set(Arg(f, 2, lift))
			}
			return err
		}
	}
	return nil
}

// deleting removes a key from a map, or an element from a slice that is passed
// as a pointer.
func deleting(of reflect.Type) func(*Frame) error {
	element := structure(of)
	switch {
	case element.Kind() == reflect.Map:
		lift := typedLift(element.Key())
		return func(f *Frame) error {
			key, value := Arg(f, 1, lift), behind(f, of)
			if !value.MapIndex(key).IsValid() {
				return errorf(ErrorNotFound, "there is no such key")
			}
			value.SetMapIndex(key, reflect.Value{})
			return nil
		}
	case isGrowing(of):
		return func(f *Frame) error {
			value := behind(f, of)
			if _, err := elementIn(f, value); err != nil {
				return err
			}
			at := Arg(f, 1, Number[int])
			value.Set(reflect.AppendSlice(value.Slice(0, at), value.Slice(at+1, value.Len())))
			return nil
		}
	}
	return nil
}

// isGrowing reports whether it is a pointer to a slice.
func isGrowing(of reflect.Type) bool {
	return of.Kind() == reflect.Pointer && of.Elem().Kind() == reflect.Slice
}

func appending(of reflect.Type) func(*Frame) error {
	if !isGrowing(of) {
		return nil
	}
	lift := typedLift(of.Elem().Elem())
	return func(f *Frame) error {
		value := behind(f, of)
		value.Set(reflect.Append(value, Arg(f, 1, lift)))
		return nil
	}
}

func clearing(of reflect.Type) func(*Frame) error {
	if isGrowing(of) {
		return ofKinds(func(_ *Frame, value reflect.Value) { value.SetLen(0) }, reflect.Slice)(of)
	}
	return ofMaps(func(_ *Frame, value reflect.Value) { value.Clear() })(of)
}

// closing uses a method Close, or close.
func closing(of reflect.Type) func(*Frame) error {
	if method, ok := of.MethodByName("Close"); ok && method.Type.NumIn() == 1 {
		call := reflectedMethod(of, method)
		if call.Results == 0 {
			return call.Call
		}
	}
	if of.Kind() == reflect.Chan && of.ChanDir() != reflect.RecvDir {
		return ofKinds(func(_ *Frame, value reflect.Value) { value.Close() }, reflect.Chan)(of)
	}
	return nil
}

// floating uses a method Float64, whose second result tells how exact it is, or
// converts a number.
func floating(of reflect.Type) func(*Frame) error {
	method, ok := of.MethodByName("Float64")
	if ok && method.Type.NumIn() == 1 && method.Type.NumOut() > 0 && method.Type.Out(0).Kind() == reflect.Float64 {
		return func(f *Frame) error {
			number := reflect.ValueOf(selfIn(f, of).value).Method(method.Index).Call(nil)[0]
			f.PutFloat64(0, number.Float())
			return nil
		}
	}
	put := func(f *Frame, value reflect.Value) {
		slot := Value{Type: numericTypes[value.Kind()], Bits: numberBits(value)}
		number, _ := Number[float64](&slot)
		f.PutFloat64(0, number)
	}
	return ofKinds(put, append([]reflect.Kind{reflect.Float32, reflect.Float64}, integerKinds...)...)(of)
}

// telling returns the text of an error.
func telling(of reflect.Type) func(*Frame) error {
	if !of.Implements(reflect.TypeFor[error]()) {
		return nil
	}
	return func(f *Frame) error {
		f.PutString(0, strings.ToValidUTF8(selfIn(f, of).value.(error).Error(), "\uFFFD"))
		return nil
	}
}

// iterating returns an [Iterator] over elements, the keys of a map, what a
// channel receives, a sequence or one that a method All returns, or the lines
// of a reader. An iterator iterates over itself.
func iterating(of reflect.Type) func(*Frame) error {
	begin := beginning(of)
	if begin == nil {
		return nil
	}
	return func(f *Frame) error {
		made, err := begin(selfIn(f, of))
		if err == nil {
			PutObject(f, 0, made)
		}
		return err
	}
}

func beginning(of reflect.Type) func(held) (*Iterator, error) {
	if of == reflect.TypeFor[*Iterator]() {
		return func(self held) (*Iterator, error) { return self.value.(*Iterator), nil }
	}
	if all, ok := of.MethodByName("All"); ok && all.Type.NumIn() == 1 && all.Type.NumOut() == 1 && isSequence(all.Type.Out(0)) {
		return func(self held) (*Iterator, error) {
			return iteratorOver(reflect.ValueOf(self.value).Method(all.Index).Call(nil)[0])
		}
	}
	kind := structure(of).Kind()
	switch {
	case isSequence(of), kind == reflect.Slice, kind == reflect.Array, kind == reflect.Map,
		kind == reflect.Chan && structure(of).ChanDir() != reflect.SendDir:
		return func(self held) (*Iterator, error) { return iteratorOver(self.collection()) }
	case of.Implements(reflect.TypeFor[io.Reader]()):
		return func(self held) (*Iterator, error) { return linesOf(self.value.(io.Reader)), nil }
	}
	return nil
}

// advancing reports whether an iterator has another element, and returns it.
func advancing(of reflect.Type) func(*Frame) error {
	if of != reflect.TypeFor[*Iterator]() {
		return nil
	}
	return func(f *Frame) error {
		element, ok, err := selfIn(f, of).value.(*Iterator).next()
		if err != nil {
			return err
		}
		f.PutBool(0, ok)
		switch len(element) {
		case 0:
			*f.ret(1) = Value{Type: TypeNull}
		case 1:
			Put(f, 1, lowerReflectedResult, element[0])
		default:
			Put(f, 1, LowerAnys, []any{element[0].Interface(), element[1].Interface()})
		}
		return nil
	}
}
