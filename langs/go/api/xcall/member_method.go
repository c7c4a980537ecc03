//go:build go1.22

package xcall

import (
	"math"
	"reflect"
	"sync"
)

// Method identifies the method that an entry calls, by type and name.
type Method struct {
	of   reflect.Type
	name string
}

// MethodOf returns the method with that name of the type T.
func MethodOf[T any](name string) Method {
	return Method{reflect.TypeFor[T](), name}
}

// glued are the entries that call methods, collected at first use.
var glued = sync.OnceValue(func() map[Method]*Entry {
	found := map[Method]*Entry{}
	for i := range entries {
		of := entries[i].Method
		if found[of] == nil && of.of != nil { // the second one returns objects
			found[of] = &entries[i]
		}
	}
	return found
})

// methodMember returns a method: by glue if there is some, or else by
// reflection.
func methodMember(of reflect.Type, name string) (Entry, bool) {
	if stream, ok := streamMember(of, name); ok {
		return stream, true
	}
	method, ok := methodOf(of, name)
	if !ok {
		return Entry{}, false
	}
	if entry, ok := gluedMethod(of, method); ok {
		return entry, true
	}
	return reflectedMethod(of, method), true
}

// methodOf returns the method that another language calls name.
func methodOf(of reflect.Type, name string) (reflect.Method, bool) {
	if name == "" {
		return reflect.Method{}, false
	}
	for _, spelling := range []string{name, exported(name)} {
		if method, ok := of.MethodByName(spelling); ok {
			return method, true
		}
	}
	return reflect.Method{}, false
}

// gluedMethod returns the entry of a method whose glue takes and returns what
// is needed here: glue returns objects even for values that have a description.
func gluedMethod(of reflect.Type, method reflect.Method) (Entry, bool) {
	signature := method.Type
	for i := 1; i < signature.NumIn(); i++ {
		if signature.IsVariadic() || isDescribed(signature.In(i)) {
			return Entry{}, false
		}
	}
	for i := range signature.NumOut() {
		if out := signature.Out(i); out != reflect.TypeFor[error]() && isDescribed(out) {
			return Entry{}, false
		}
	}
	for _, receiver := range []reflect.Type{of, structure(of)} {
		if entry := glued()[Method{receiver, method.Name}]; entry != nil {
			return *entry, true
		}
	}
	return Entry{}, false
}

// isDescribed reports whether a value of the type, or in it, is passed as more
// than an object.
func isDescribed(of reflect.Type) bool {
	for of.Kind() == reflect.Slice || of.Kind() == reflect.Array {
		of = of.Elem()
	}
	return isExact(of) || of.PkgPath() == "time" && of.Name() == "Duration" ||
		of.Kind() == reflect.Pointer && of.Elem().PkgPath() == "math/big"
}

// reflectedMethod calls a method by reflection.
func reflectedMethod(of reflect.Type, method reflect.Method) Entry {
	call := spreadCall(method.Type, 1)
	return call.entry(of.String()+"."+method.Name, func(f *Frame) reflect.Value {
		return reflect.ValueOf(selfIn(f, of).value).Method(method.Index)
	})
}

// implementedMember returns a method of a value that was declared to implement
// an interface, by the guest's name of it.
func implementedMember(of held, name string) (Entry, bool) {
	own, is := of.methods[name]
	if !is {
		return Entry{}, false
	}
	call := spreadCall(reflect.TypeOf(own), 0)
	return call.entry(name, func(f *Frame) reflect.Value {
		return reflect.ValueOf(selfIn(f, reflect.TypeOf(of.value)).methods[name])
	}), true
}

// spreading holds how a func is called with arguments one after the other,
// including those of a variadic parameter.
type spreading struct {
	params []reflectedLift
	// more lifts the arguments of a variadic parameter; nil if there is none. all
	// lifts an array of them, which may be passed instead; nil if that may itself
	// be one element.
	more, all reflectedLift
	results   uint32
}

// spreadCall plans calls of a func whose first parameters, that many, are not
// among the arguments.
func spreadCall(of reflect.Type, skipped int) *spreading {
	plan := &spreading{}
	for i := skipped; i < of.NumIn(); i++ {
		in := of.In(i)
		if i < of.NumIn()-1 || !of.IsVariadic() {
			plan.params = append(plan.params, liftArgument(in))
			continue
		}
		plan.more = typedLift(in.Elem())
		if in.Elem().Kind() != reflect.Interface {
			plan.all = typedLift(in)
		}
	}
	for i := range of.NumOut() {
		if of.Out(i) != reflect.TypeFor[error]() {
			plan.results++
		}
	}
	return plan
}

// entry calls the func that `function` returns for the object, the first
// argument.
func (s *spreading) entry(signature string, function func(*Frame) reflect.Value) Entry {
	made := Entry{Signature: signature, Params: uint32(len(s.params)) + 1, Results: s.results}
	if s.more != nil {
		made.MaxParams = math.MaxUint32
	}
	made.Call = func(f *Frame) error {
		called := function(f)
		args := make([]reflect.Value, 0, f.nargs)
		for i, lift := range s.params {
			args = append(args, Arg(f, i+1, lift))
		}
		first := len(s.params) + 1
		if s.all != nil && int(f.nargs) == first+1 && f.arg(first).Type.isArray() {
			return putReflected(f, called.CallSlice(append(args, Arg(f, first, s.all))))
		}
		for i := first; i < int(f.nargs); i++ {
			args = append(args, Arg(f, i, s.more))
		}
		return putReflected(f, called.Call(args))
	}
	return made
}
