//go:build go1.22

package xcall

import (
	"reflect"
	"strings"
	"unicode"
)

// What others may ask of an object, as the native header numbers it.
const (
	answerItems = iota
	answerEntries
	answerMethod
	answerMember
	answerDescription
	// answerValue needs no object: it returns its argument lifted as any value.
	answerValue
)

// Answer handles a call from outside that asks an object of this library for
// its content, or for a method. back is where C called Go.
func Answer(what uint32, object *Object, f *Frame, back uintptr) Status {
	if what == answerValue {
		entry := Entry{Signature: "the value of an object", Params: 1, Results: 1}
		entry.Call = func(f *Frame) error {
			f.PutAny(0, f.Any(0))
			return nil
		}
		return entry.enter(f, back)
	}
	of := objects.get(object)
	entry := Entry{Signature: "the object's methods", Params: 1, Results: 1}
	switch what {
	case answerItems:
		entry = Entry{Signature: "the object's items", Results: 1}
		entry.Call = func(f *Frame) error { return putItems(f, of) }
	case answerEntries:
		entry = Entry{Signature: "the object's entries", Results: 2}
		entry.Call = func(f *Frame) error { return putEntries(f, of) }
	case answerMember:
		entry = Entry{Signature: "the object's members", Params: 2, Results: 1}
		entry.Call = func(f *Frame) error { return putMember(f, of) }
	case answerDescription:
		entry = Entry{Signature: "the object's description", Results: 5}
		entry.Call = func(f *Frame) error { return putDescription(f, of) }
	default:
		entry.Call = func(f *Frame) error { return putMethod(f, of) }
	}
	return entry.enter(f, back)
}

// collection returns the value itself if it is a slice, a map or a channel, or
// a pointer to one.
func (h held) collection() reflect.Value {
	value := reflect.ValueOf(h.value)
	if value.Kind() == reflect.Pointer {
		value = value.Elem()
	}
	return value
}

// putItems returns the elements of a slice or an array, or everything that a
// channel receives until it is closed.
func putItems(f *Frame, of held) error {
	value := of.collection()
	switch kind := value.Kind(); {
	case kind == reflect.Slice || kind == reflect.Array:
		Put(f, 0, LowerAnys, interfaces(value))
	case kind == reflect.Chan && value.Type().ChanDir() != reflect.SendDir:
		Put(f, 0, LowerAnys, received(value))
	default:
		*f.ret(0) = Value{Type: TypeNull}
	}
	return nil
}

func received(channel reflect.Value) []any {
	items := []any{}
	for {
		item, ok := channel.Recv()
		if !ok {
			return items
		}
		items = append(items, item.Interface())
	}
}

// putEntries returns the keys and the values of a map.
func putEntries(f *Frame, of held) error {
	value := of.collection()
	if value.Kind() != reflect.Map {
		*f.ret(0), *f.ret(1) = Value{Type: TypeNull}, Value{Type: TypeNull}
		return nil
	}
	keys, values := make([]any, 0, value.Len()), make([]any, 0, value.Len())
	for entries := value.MapRange(); entries.Next(); {
		keys = append(keys, entries.Key().Interface())
		values = append(values, entries.Value().Interface())
	}
	Put(f, 0, LowerAnys, keys)
	Put(f, 1, LowerAnys, values)
	return nil
}

// putMethod returns a method as a callable, or null if the object has none of
// that name.
func putMethod(f *Frame, of held) error {
	name := f.String(0)
	if stream, ok := boundStream(of, name); ok {
		object, err := functionOf(stream)
		if err == nil {
			*f.ret(0) = callableValue(object)
		}
		return err
	}
	if method, ok := of.method(name); ok {
		Put(f, 0, lowerFunc, method)
	} else {
		*f.ret(0) = Value{Type: TypeNull}
	}
	return nil
}

// method returns the method that another language calls name, as a func: one of
// the methods of the interface that the value was declared to implement, or
// else one of its own methods.
func (h held) method(name string) (method reflect.Value, ok bool) {
	if own, is := h.methods[name]; is {
		return reflect.ValueOf(own), true
	}
	value := reflect.ValueOf(h.value)
	if value.Kind() == reflect.Pointer && value.IsNil() {
		return method, false
	}
	found, ok := methodOf(value.Type(), name)
	if !ok {
		return method, false
	}
	return value.Method(found.Index), true
}

// exported returns a name in Go's spelling, when other languages begin it with
// a small letter or write it with underscores: readAll and read_all are
// ReadAll.
func exported(name string) string {
	var words strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == '_' }) {
		letters := []rune(word)
		words.WriteRune(unicode.ToUpper(letters[0]))
		words.WriteString(string(letters[1:]))
	}
	return words.String()
}

// NewImplementation returns a value of this library as an object that
// implements an interface of a guest: methods are funcs by the names that the
// guest uses for them. Passed back, it is the original value.
func NewImplementation(value any, methods map[string]any) (MetaFFIHandle, error) {
	object, err := objects.newObject(held{value: value, methods: methods})
	if err != nil {
		return MetaFFIHandle{}, err
	}
	return newHandle(object), nil
}

// ownHandle returns a reference to an object of this library.
func ownHandle(object *Object) MetaFFIHandle {
	native.Retain(object)
	return newHandle(object)
}
