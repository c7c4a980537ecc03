package stubs

import (
	"reflect"
	"strings"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

// Exception is an exception of the guest. Where a call failed with it, it is
// found by [errors.As], as each of its classes.
type Exception struct {
	Object
	failure *metaffi.MetaFFIError
}

// raised is a pointer to a class of exceptions.
type raised interface {
	error
	Typed
	metaFFIRaised(*metaffi.MetaFFIError)
}

func (e *Exception) metaFFIRaised(failure *metaffi.MetaFFIError) {
	e.failure, e.handle = failure, failure.Original()
}

// Error is the guest's type and message.
func (e *Exception) Error() string {
	if e.failure != nil {
		return e.failure.Error()
	}
	return "an exception that was not raised: " + e.handle.String()
}

// Unwrap is the error that the call failed with; nil where none did.
func (e *Exception) Unwrap() error {
	if e.failure == nil {
		return nil
	}
	return e.failure
}

// errorAs is what errors.As does: target points at a pointer to a class.
func (m *Module) errorAs(failure *metaffi.MetaFFIError, target any) bool {
	to := reflect.ValueOf(target).Elem()
	if to.Kind() != reflect.Pointer || !to.Type().Implements(reflect.TypeFor[raised]()) {
		return false
	}
	made := reflect.New(to.Type().Elem())
	exception := made.Interface().(raised)
	if !m.raises(failure, exception.MetaFFIClass().ID) {
		return false
	}
	exception.metaFFIRaised(failure)
	to.Set(made)
	return true
}

// raises says whether a failure is an exception of the class.
//
// Some guests put the package, or a pointer's star, in front of a name.
func (m *Module) raises(failure *metaffi.MetaFFIError, class string) bool {
	plain := strings.TrimLeft(failure.TypeName, "*")
	within := plain[strings.LastIndexAny(plain, "./")+1:]
	for _, name := range []string{failure.TypeName, plain, within} {
		if name == class {
			return true
		}
		if known := m.exception(name); known != nil && known.derives(class) {
			return true
		}
	}
	if failure.Original() == (Handle{}) {
		return false
	}
	for _, name := range m.classesOf(failure.Original()) {
		if name == class {
			return true
		}
	}
	return false
}

// exception is the class of exceptions that the guest calls so, or nil.
func (m *Module) exception(id string) *Class {
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.byID == nil {
		m.byID = make(map[string]*Class, len(m.Exceptions))
		for _, class := range m.Exceptions {
			m.byID[class.ID] = class
		}
	}
	if known, is := m.byID[id]; is {
		return known
	}
	known := m.named(id[strings.LastIndexByte(id, '.')+1:])
	m.byID[id] = known
	return known
}

// named is the only class of exceptions of this name, or nil: a class may be
// known by the module that it is used from, and lie in another one.
func (m *Module) named(name string) (found *Class) {
	for _, class := range m.Exceptions {
		if class.ID[strings.LastIndexByte(class.ID, '.')+1:] != name {
			continue
		}
		if found != nil {
			return nil
		}
		found = class
	}
	return found
}
