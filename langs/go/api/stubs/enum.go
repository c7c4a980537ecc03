package stubs

import (
	"fmt"
	"sync"

	metaffi "github.com/MetaFFI/sdk/api/go"
	"github.com/MetaFFI/sdk/api/go/xcall"
)

// Enum is an enum of the guest. In Go a member is its name, a constant of a
// string type; the empty string is null.
type Enum struct {
	Module *Module
	// ID is the guest's name of it.
	ID string
	// Names are the names of its members, Members the entities that read them.
	Names   []string
	Members []*Entity

	lock  sync.Mutex
	known map[string]Handle
}

// Object returns the member with a name.
func (e *Enum) Object(name string) (Handle, error) {
	if name == "" {
		return Handle{}, nil
	}
	e.lock.Lock()
	defer e.lock.Unlock()
	if handle, is := e.known[name]; is {
		return handle, nil
	}
	for at, own := range e.Names {
		if own == name {
			return e.fetch(at)
		}
	}
	return Handle{}, &metaffi.MetaFFIError{
		Kind: metaffi.ErrorArgument, Language: "go",
		Message: fmt.Sprintf("%s has no member %q; its members are %q", e.ID, name, e.Names),
	}
}

func (e *Enum) fetch(at int) (Handle, error) {
	call := e.Members[at].Begin()
	member, err := Return[any](&call)
	if err != nil {
		return Handle{}, err
	}
	handle, is := member.(Handle)
	if !is {
		return Handle{}, fmt.Errorf("%s.%s is not an object but a %T", e.ID, e.Names[at], member)
	}
	e.keep(e.Names[at], handle)
	return handle, nil
}

func (e *Enum) keep(name string, handle Handle) {
	if e.known == nil {
		e.known = map[string]Handle{}
	}
	e.known[name] = handle
}

// Name returns the name of the member that an object is. A member that the
// stubs do not list is named by its text.
func (e *Enum) Name(object Handle) (string, error) {
	e.lock.Lock()
	defer e.lock.Unlock()
	for name, known := range e.known {
		if known.Same(object) {
			return name, nil
		}
	}
	for at, name := range e.Names {
		if _, is := e.known[name]; is {
			continue
		}
		known, err := e.fetch(at)
		if err != nil {
			return "", err
		}
		if known.Same(object) {
			return name, nil
		}
	}
	name := Text(e.Module, object)
	e.keep(name, object)
	return name, nil
}

// Lift sets name to the name of the member that an object is.
func (e *Enum) Lift(name *string, object Handle) (err error) {
	*name, err = e.Name(object)
	return err
}

// On begins a call of a method of a member.
func (e *Enum) On(name string, method *Entity) Call {
	object, err := e.Object(name)
	if err != nil {
		return xcall.FailedCall(err)
	}
	return method.On(object)
}
