//go:build go1.22

package xcall

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

// foreignType is what is known about a type of another language: its members,
// as functions that take the object first.
type foreignType struct {
	lock    sync.RWMutex
	members map[memberName]*foreignMember
	// seen reports whether it was used since the last garbage collection.
	seen atomic.Bool
}

type memberName struct {
	kind int64
	name string
}

// foreignMember is a member, and the plans of its calls by the number of their
// arguments. It has no function if there is no such member.
type foreignMember struct {
	function *MetaFFICallable
	plan     atomic.Pointer[Function]
}

// foreignTypes are the types whose objects have been used, by owner and number.
// A type that is not used between two collections is forgotten, and the
// references that it holds are released.
var foreignTypes struct {
	sync.RWMutex
	by map[[2]uint64]*foreignType
}

// forgetTypes forgets the types that have not been used since its last call.
func forgetTypes() {
	foreignTypes.Lock()
	defer foreignTypes.Unlock()
	for key, of := range foreignTypes.by {
		if !of.seen.Swap(false) {
			delete(foreignTypes.by, key)
		}
	}
}

// typeOf returns what is known about the type of an object; nil if its owner
// does not support that.
func (r *reference) typeOf() (*foreignType, error) {
	key := [2]uint64{r.object.Owner, r.typeNumber.Load()}
	if key[1] == 0 {
		number, err := r.object.askType()
		if err != nil || number == 0 {
			return nil, err
		}
		r.typeNumber.Store(number)
		key[1] = number
	}
	foreignTypes.RLock()
	known := foreignTypes.by[key]
	foreignTypes.RUnlock()
	if known == nil {
		foreignTypes.Lock()
		defer foreignTypes.Unlock()
		if known = foreignTypes.by[key]; known == nil {
			known = &foreignType{members: map[memberName]*foreignMember{}}
			if foreignTypes.by == nil {
				foreignTypes.by = map[[2]uint64]*foreignType{}
			}
			foreignTypes.by[key] = known
		}
	}
	if !known.seen.Load() {
		known.seen.Store(true)
	}
	return known, nil
}

// hasMembers reports whether the object has functions for its type and members.
func (o *Object) hasMembers() bool {
	if o.Vtable == native.CallableVtable {
		return false
	}
	if o.isHeld() {
		return true
	}
	table := (*objectVtable)(pointer(o.Vtable))
	return uintptr(table.structSize) >= unsafe.Sizeof(*table) && table.typeOf != 0 && table.member != 0
}

// askType returns the number of the object's type; 0 if it has none.
func (o *Object) askType() (number uint64, err error) {
	if !o.hasMembers() {
		return 0, nil
	}
	err = o.query(unsafe.Offsetof(objectVtable{}.typeOf), 2, func(f *callFrame) error {
		number = f.ret(0).Bits
		return nil
	})
	return number, err
}

// askMember returns a member; nil if there is none.
func (o *Object) askMember(kind int64, name string) (*MetaFFICallable, error) {
	if !o.hasMembers() {
		return nil, nil
	}
	f, err := newCallFrame(2, 1)
	if err != nil {
		return nil, err
	}
	defer f.done()
	*f.arg(0) = Value{Type: TypeInt64, Bits: uint64(kind)}
	if err := lowerText(f, f.arg(1), name); err != nil {
		return nil, err
	}
	at := o.Vtable + unsafe.Offsetof(objectVtable{}.member)
	if status := native.Call(at, uintptr(unsafe.Pointer(o)), uintptr(unsafe.Pointer(f.callMemory))); status != StatusOK {
		return nil, takeFailure(status, f.err)
	}
	defer f.ret(0).release()
	if f.ret(0).Type != TypeCallable || f.ret(0).isNull() {
		return nil, nil
	}
	return newCallable(f.ret(0).object()), nil
}

// member returns a member of the object's type, which is resolved once.
func (r *reference) member(kind int64, name string) (*foreignMember, error) {
	of, err := r.typeOf()
	if err != nil {
		return nil, err
	}
	key := memberName{kind, name}
	if of != nil {
		of.lock.RLock()
		known := of.members[key]
		of.lock.RUnlock()
		if known != nil {
			return known, nil
		}
	}
	function, err := r.object.askMember(kind, name)
	if err != nil {
		return nil, err
	}
	made := &foreignMember{function: function}
	if of != nil && function != nil {
		of.lock.Lock()
		of.members[key] = made
		of.lock.Unlock()
	}
	return made, nil
}

// planned returns the plan of calls with that many arguments, including the
// object. Results that are objects stay objects.
func (m *foreignMember) planned(name string, count int) *Function {
	if known := m.plan.Load(); known != nil && len(known.params) == count {
		return known
	}
	made := m.function.unplanned("`"+name+"`", count)
	made.first = 1
	m.plan.Store(made)
	return made
}
