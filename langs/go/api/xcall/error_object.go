//go:build go1.22

package xcall

import "unsafe"

// exact returns an object's description of its value; nil for most objects.
func (o *Object) exact() *exactObject {
	if o.isHeld() || o.Vtable == native.CallableVtable {
		return nil
	}
	table := (*objectVtable)(pointer(o.Vtable))
	if uintptr(table.structSize) < unsafe.Offsetof(table.items) || table.exact == 0 {
		return nil
	}
	return (*exactObject)(unsafe.Pointer(o))
}

// plain returns the object of this library that is wrapped by one with another
// vtable, but the same owner.
func (o *Object) plain() *Object {
	return (*Object)(pointer(o.exact().object))
}

// passedError returns the error of another runtime that was passed as a value;
// nil for all other objects. Its original is the object itself.
func passedError(object *Object) *MetaFFIError {
	exact := object.exact()
	if exact == nil || exact.kind != exactError {
		return nil
	}
	native.Retain(object)
	of := newHandle(object).reference
	raw := (*cError)(pointer((*errorObject)(unsafe.Pointer(object)).err))
	return raw.lift(maxCauses, of, &errorMemory{raw: raw, of: of})
}

// errorIn returns the error of another runtime that a slot holds; nil for all
// other values.
func errorIn(v *Value) *MetaFFIError {
	if v.Type != TypeHandle || v.object().Owner == native.Owner {
		return nil
	}
	return passedError(v.object())
}

// errorObjectOf returns the object that an error is passed as when it is a
// value; one reference passes to the receiver.
func errorObjectOf(err error) (*Object, error) {
	original, failure := homeOf(err)
	if failure != nil || original == nil {
		return ObjectOf(err)
	}
	if exact := original.exact(); exact != nil && exact.kind == exactError {
		return original, nil // as it was received
	}
	described := reportOf(err)
	described.original = nil // the object itself is it
	made := described.lower(maxCauses)
	if made == nil {
		return original, nil
	}
	made.original = uintptr(unsafe.Pointer(original))
	object := native.NewErrorObject(unsafe.Pointer(made))
	if object == nil {
		return nil, &callError{kind: ErrorInternal, message: "out of memory"}
	}
	countLive()
	return object, nil
}

// homeOf returns the object that an error stands for: for one from another
// runtime, the exception there. An error that only wraps such a one is a Go
// error.
func homeOf(err error) (*Object, error) {
	if foreign, ok := err.(*MetaFFIError); ok {
		return originalOf(foreign)
	}
	return ObjectOf(err)
}

// lowerError lowers an error that is passed as a value.
func lowerError(to arena, out *Value, err error) error {
	return lowerAs(errorObjectOf)(to, out, err)
}
