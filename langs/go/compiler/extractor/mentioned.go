package main

import "go/types"

// deepest is how often an instance may name another that is found through it:
// a generic type may name ever larger ones of itself.
const deepest = 3

// mentions collects the instances of generic types that signatures, fields and
// globals name. A host that gets such an object wants its methods, whether or
// not its type arguments are basic ones.
type mentions struct {
	prefixes map[string]prefix
	seen     map[types.Type]bool
	// in is the package that is gone through.
	in *types.Package
	// found are the instances, by the qualified names of their generic types.
	found map[string][]mention
}

// mention is an instance, and the package that names it.
type mention struct {
	named     *types.Named
	arguments []types.Type
	in        *types.Package
}

// mentionedIn returns all instances that the packages name.
func mentionedIn(packages []*types.Package, prefixes map[string]prefix) map[string][]mention {
	found := &mentions{
		prefixes: prefixes, seen: map[types.Type]bool{}, found: map[string][]mention{},
	}
	for _, p := range packages {
		found.in = p
		scope := p.Scope()
		for _, name := range scope.Names() {
			if object := scope.Lookup(name); object.Exported() {
				found.inObject(object)
			}
		}
	}
	return found.found
}

func (m *mentions) inObject(object types.Object) {
	m.inType(object.Type(), 0)
	if named, ok := types.Unalias(object.Type()).(*types.Named); ok {
		if _, declares := object.(*types.TypeName); declares && named.TypeParams().Len() == 0 {
			m.inMembers(named, 0)
		}
	}
}

// inType visits what a type is written with.
func (m *mentions) inType(t types.Type, depth int) {
	if signature, ok := t.(*types.Signature); ok && signature.TypeParams().Len() > 0 {
		return
	}
	eachNamed(t, func(_ *types.TypeName, t types.Type) {
		switch t := t.(type) {
		case *types.Named:
			if t.TypeArgs().Len() > 0 && isWhole(t) {
				m.addInstance(t, depth)
			}
		case *types.Alias:
			m.inType(types.Unalias(t), depth)
		}
	})
}

func (m *mentions) addInstance(named *types.Named, depth int) {
	object := named.Obj()
	if object.Pkg() == nil || !object.Exported() || depth > deepest || m.seen[named] {
		return
	}
	if _, known := m.prefixes[object.Pkg().Path()]; !known {
		return
	}
	m.seen[named] = true
	list := make([]types.Type, named.TypeArgs().Len())
	for i := range list {
		list[i] = named.TypeArgs().At(i)
	}
	name := qualifiedName(object)
	for _, known := range m.found[name] {
		if identical(known.arguments, list) {
			return
		}
	}
	m.found[name] = append(m.found[name], mention{named, list, m.in})
	m.inMembers(named, depth+1)
}

// inMembers visits the methods and fields of a type.
func (m *mentions) inMembers(named *types.Named, depth int) {
	for i := range named.NumMethods() {
		if method := named.Method(i); method.Exported() {
			m.inType(method.Type(), depth)
		}
	}
	switch under := named.Underlying().(type) {
	case *types.Struct:
		for i := range under.NumFields() {
			if field := under.Field(i); field.Exported() {
				m.inType(field.Type(), depth)
			}
		}
	case *types.Interface:
		for i := range under.NumMethods() {
			m.inType(under.Method(i).Type(), depth)
		}
	}
}

// isWhole reports whether a type is made of no type parameter.
func isWhole(t types.Type) bool {
	return !(&search{}).mentions(t)
}

// qualifiedName tells objects apart, from whichever package they were read.
func qualifiedName(object types.Object) string {
	return object.Pkg().Path() + "." + object.Name()
}
