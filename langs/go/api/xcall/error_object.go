//go:build go1.22

package xcall

import "unsafe"

// exact is what an object says of its value; nil for most objects.
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

// plain is the object of this library that one of another vtable, but of this
// owner, stands for.
func (o *Object) plain() *Object {
	return (*Object)(pointer(o.exact().object))
}

// passedError is the error of another runtime that was passed as a value; nil
// for all other objects. Its original is the object itself.
func passedError(object *Object) *MetaFFIError {
	exact := object.exact()
	if exact == nil || exact.kind != exactError {
		return nil
	}
	native.Retain(object)
	of := newHandle(object).reference
	raw := (*cError)(pointer((*errorObject)(unsafe.Pointer(object)).err))
	return raw.lift(maxCauses, of, &came{raw: raw, of: of})
}

// errorIn is the error of another runtime that a slot has; nil for all other
// values.
func errorIn(v *Value) *MetaFFIError {
	if v.Type != TypeHandle || v.object().Owner == native.Owner {
		return nil
	}
	return passedError(v.object())
}

// errorObjectOf is the object that an error leaves as where it is passed as a
// value; one reference is the receiver's.
func errorObjectOf(err error) (*Object, error) {
	original, failure := homeOf(err)
	if failure != nil || original == nil {
		return ObjectOf(err)
	}
	if exact := original.exact(); exact != nil && exact.kind == exactError {
		return original, nil // as which it came
	}
	told := reportOf(err)
	told.original = nil // it is there already
	made := told.lower(maxCauses)
	if made == nil {
		return original, nil
	}
	made.original = uintptr(unsafe.Pointer(original))
	object := native.NewErrorObject(unsafe.Pointer(made))
	if object == nil {
		return nil, &fault{kind: ErrorInternal, message: "out of memory"}
	}
	countLive()
	return object, nil
}

// homeOf is the object that an error stands for: of one that came from another
// runtime the exception there. What only wraps such a one is a Go error.
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
