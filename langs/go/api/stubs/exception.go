package stubs

import (
	"reflect"
	"strings"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

// Exception is an exception of the guest. If a call failed with it, [errors.As]
// finds it, as any of its classes.
type Exception struct {
	Object
	failure *metaffi.MetaFFIError
}

// raised is implemented by pointers to classes of exceptions.
type raised interface {
	error
	Typed
	metaFFIRaised(*metaffi.MetaFFIError)
}

func (e *Exception) metaFFIRaised(failure *metaffi.MetaFFIError) {
	e.failure, e.handle = failure, failure.Original()
}

// Error returns the guest's type and message.
func (e *Exception) Error() string {
	if e.failure != nil {
		return e.failure.Error()
	}
	return "an exception that was not raised: " + e.handle.String()
}

// Unwrap returns the error that the call failed with; it is nil for an
// exception that was not raised.
func (e *Exception) Unwrap() error {
	if e.failure == nil {
		return nil
	}
	return e.failure
}

// errorAs implements errors.As: target points at a pointer to a class.
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

// raises reports whether the exception of a failed call is of the class.
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

// exception returns the class of exceptions with the guest's name, or nil.
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

// named returns the only class of exceptions with this name, or nil: the guest
// may know a class by the module that uses it, although another module defines
// it.
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
