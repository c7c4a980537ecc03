//go:build go1.22

package xcall

import (
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"unsafe"
)

// What a member is used as: METAFFI_MEMBER_* of the header.
const (
	memberMethod = iota
	memberGet
	memberSet
	memberOperation
)

// member returns the function for a member of the value's type; false if there
// is none.
func (h held) member(kind int64, name string) (Entry, bool) {
	of := reflect.TypeOf(h.value)
	if of == nil {
		return Entry{}, false // this is a member, which is not a value of Go
	}
	switch kind {
	case memberMethod:
		if h.methods != nil {
			return implementedMember(h, name)
		}
		return methodMember(of, name)
	case memberGet:
		return getterMember(of, name)
	case memberSet:
		return setterMember(of, name)
	case memberOperation:
		return operationMember(of, name)
	}
	return Entry{}, false // Go has no named arguments
}

// putMember returns a member as a function.
func putMember(f *Frame, of held) error {
	kind, name := f.Int64(0), f.String(1)
	entry, ok := of.member(kind, name)
	if !ok {
		*f.ret(0) = Value{Type: TypeNull}
		return nil
	}
	object, err := functionOf(entry)
	if err == nil {
		*f.ret(0) = callableValue(object)
	}
	return err
}

// functionOf makes a function from something that is not a func of Go; all its
// types are any.
func functionOf(entry Entry) (*Object, error) {
	infos, err := anyInfos(max(entry.Params, entry.Results))
	if err != nil {
		return nil, err
	}
	left, err := newExportedFunc(entry, infos, infos)
	if err != nil {
		return nil, err
	}
	index, err := objects.hold(held{exportedFunc: left})
	if err != nil {
		return nil, err
	}
	made := left.callable
	made.base.Data, made.context = uintptr(index)+1, uintptr(index)
	atomic.StoreInt64(&made.references, 1)
	countLive()
	return &made.base, nil
}

// manyInfos are type infos of any, which stay in C's memory.
var manyInfos struct {
	lock  sync.Mutex
	at    unsafe.Pointer
	count uint32
}

// anyInfos returns the address of at least that many of them.
func anyInfos(count uint32) (uintptr, error) {
	manyInfos.lock.Lock()
	defer manyInfos.lock.Unlock()
	if count > manyInfos.count {
		room := max(count, 16, 2*manyInfos.count)
		at := native.Alloc(uintptr(room) * unsafe.Sizeof(typeInfo{}))
		if at == nil {
			return 0, &callError{kind: ErrorInternal, message: "out of memory"}
		}
		for i := range unsafe.Slice((*typeInfo)(at), room) {
			unsafe.Slice((*typeInfo)(at), room)[i] = typeInfo{of: TypeAny}
		}
		manyInfos.at, manyInfos.count = at, room
	}
	return uintptr(manyInfos.at), nil
}

// selfIn returns the object that a member is called on. It must be of the type
// that has the member.
func selfIn(f *Frame, of reflect.Type) held {
	slot := f.arg(0)
	if slot.isObject() && slot.object() != nil && slot.object().Owner == native.Owner {
		self := objects.get(slot.object())
		if reflect.TypeOf(self.value) == of {
			return self
		}
	}
	got := slot.describe()
	panic(&argumentError{index: 0, err: fmt.Errorf("expected %s, got %s", of, got)})
}

// structure returns the type, dereferenced if it is a pointer.
func structure(of reflect.Type) reflect.Type {
	if of.Kind() == reflect.Pointer {
		return of.Elem()
	}
	return of
}

// behind returns the value of a member's object, dereferenced if it is a
// pointer.
func behind(f *Frame, of reflect.Type) reflect.Value {
	value := reflect.ValueOf(selfIn(f, of).value)
	if value.Kind() != reflect.Pointer {
		return value
	}
	if value.IsNil() {
		panic(&argumentError{index: 0, err: fmt.Errorf("expected %s, got nil", of)})
	}
	return value.Elem()
}

// getterMember reads a field; its name may begin with a small letter.
func getterMember(of reflect.Type, name string) (Entry, bool) {
	field, ok := fieldOf(of, name)
	get := func(f *Frame) error {
		value, err := behind(f, of).FieldByIndexErr(field.Index)
		if err != nil {
			return err
		}
		Put(f, 0, lowerReflectedResult, value)
		return nil
	}
	return Entry{Signature: of.String() + "." + field.Name, Params: 1, Results: 1, Call: get}, ok
}

// setterMember sets a field.
func setterMember(of reflect.Type, name string) (Entry, bool) {
	field, ok := fieldOf(of, name)
	if !ok || of.Kind() != reflect.Pointer {
		return Entry{}, false
	}
	lift := typedLift(field.Type)
	set := func(f *Frame) error {
		value, err := behind(f, of).FieldByIndexErr(field.Index)
		if err == nil {
			value.Set(Arg(f, 1, lift))
		}
		return err
	}
	return Entry{Signature: of.String() + "." + field.Name + " = " + field.Type.String(), Params: 2, Call: set}, true
}

func fieldOf(of reflect.Type, name string) (reflect.StructField, bool) {
	of = structure(of)
	if of.Kind() != reflect.Struct || name == "" {
		return reflect.StructField{}, false
	}
	for _, spelling := range []string{name, exported(name)} {
		if field, ok := of.FieldByName(spelling); ok && field.IsExported() {
			return field, true
		}
	}
	return reflect.StructField{}, false
}
