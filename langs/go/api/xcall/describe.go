//go:build go1.22

package xcall

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
	"sync"
	"unsafe"
)

// The kinds of members that `describe` returns: METAFFI_DESCRIBED_* of the
// header.
const (
	describedMethod = "method"
	describedValue  = "value"
)

// typeNumber returns the number of the value's type: the address of its
// description in memory, which never moves.
func (h held) typeNumber() uint64 {
	if h.methods != nil {
		return implementedNumber(h)
	}
	value := h.value
	return uint64((*[2]uintptr)(unsafe.Pointer(&value))[0])
}

// implementedTypes has a number for each type and the methods that it was
// declared to have: the address of an allocation of their own.
var implementedTypes sync.Map // string to *uint64

func implementedNumber(of held) uint64 {
	key := fmt.Sprintf("%T %p %v", of.value, reflect.TypeOf(of.value), methodNames(of))
	made, _ := implementedTypes.LoadOrStore(key, new(uint64))
	return uint64(uintptr(unsafe.Pointer(made.(*uint64))))
}

func methodNames(of held) []string {
	names := make([]string, 0, len(of.methods))
	for name := range of.methods {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// putDescription returns a type's name, its documentation (which only the IDL
// has), its supertypes, its operations, and its members, four texts for each.
func putDescription(f *Frame, of held) error {
	what := reflect.TypeOf(of.value)
	if what == nil { // this is a member, which is not a value of Go
		for i := range 5 {
			*f.ret(i) = Value{Type: TypeNull}
		}
		return nil
	}
	f.PutString(0, className(structure(what)))
	f.PutString(1, "")
	Put(f, 2, LowerStrings, supertypesOf(structure(what)))
	Put(f, 3, LowerStrings, operationsOf(what))
	Put(f, 4, LowerStrings, membersOf(of))
	return nil
}

// supertypesOf returns the names of a type and of those that it embeds, nearest
// first.
func supertypesOf(of reflect.Type) []string {
	names := []string{className(of)}
	level := []reflect.Type{of}
	for len(level) > 0 {
		var next []reflect.Type
		for _, of := range level {
			for i := 0; of.Kind() == reflect.Struct && i < of.NumField(); i++ {
				if field := of.Field(i); field.Anonymous && field.IsExported() {
					names = append(names, className(structure(field.Type)))
					next = append(next, structure(field.Type))
				}
			}
		}
		if len(names) > maxCauses { // a type may embed a pointer to itself
			break
		}
		level = next
	}
	return names
}

// membersOf returns the exported methods and fields of a value's type.
func membersOf(of held) []string {
	var members []string
	add := func(name, kind, signature string) { members = append(members, name, kind, signature, "") }
	for _, name := range methodNames(of) {
		add(name, describedMethod, name+funcText(reflect.TypeOf(of.methods[name]), 0))
	}
	if of.methods != nil {
		return members
	}
	what := reflect.TypeOf(of.value)
	for i := range what.NumMethod() {
		method := what.Method(i)
		add(method.Name, describedMethod, methodText(what, method))
	}
	if of := structure(what); of.Kind() == reflect.Struct {
		for _, field := range reflect.VisibleFields(of) {
			if field.IsExported() {
				add(field.Name, describedValue, field.Name+" "+typeText(field.Type))
			}
		}
	}
	return members
}

// methodText returns a method as its source has it, if there is glue for it, or
// else with its types alone.
func methodText(of reflect.Type, method reflect.Method) string {
	for _, receiver := range []reflect.Type{of, structure(of)} {
		if entry := glued()[Method{receiver, method.Name}]; entry != nil {
			_, text, _ := strings.Cut(entry.Signature, ".")
			return text
		}
	}
	return method.Name + funcText(method.Type, 1)
}

// funcText returns a func type without its name, and without that many of its
// first parameters.
func funcText(of reflect.Type, skipped int) string {
	var params, results []string
	for i := skipped; i < of.NumIn(); i++ {
		text := typeText(of.In(i))
		if of.IsVariadic() && i == of.NumIn()-1 {
			text = "..." + strings.TrimPrefix(text, "[]")
		}
		params = append(params, text)
	}
	for i := range of.NumOut() {
		results = append(results, typeText(of.Out(i)))
	}
	text := "(" + strings.Join(params, ", ") + ")"
	switch len(results) {
	case 0:
		return text
	case 1:
		return text + " " + results[0]
	}
	return text + " (" + strings.Join(results, ", ") + ")"
}

// typeText returns a type as its source writes it.
func typeText(of reflect.Type) string {
	return strings.ReplaceAll(of.String(), "interface {}", "any")
}
