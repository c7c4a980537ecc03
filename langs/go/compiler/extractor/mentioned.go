package main

import "go/types"

// deepest limits how many instances deep an instance may mention another: a generic type may
// mention ever larger instances of itself.
const deepest = 3

// mentions collects the instances of generic types that signatures, fields and globals mention. A
// host that gets such an object needs its methods, whether or not its type arguments are basic
// types.
type mentions struct {
	prefixes map[string]prefix
	seen     map[types.Type]bool
	// in is the package that is being visited.
	in *types.Package
	// found holds the instances by the qualified names of their generic types.
	found map[string][]mention
}

// mention is an instance, and the package that mentions it.
type mention struct {
	named     *types.Named
	arguments []types.Type
	in        *types.Package
}

// mentionedIn returns all instances that the packages mention.
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

// inType visits the parts of a type.
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

// isWhole reports whether a type contains no type parameter.
func isWhole(t types.Type) bool {
	return !(&search{}).mentions(t)
}

// qualifiedName identifies an object, no matter which package it was read from.
func qualifiedName(object types.Object) string {
	return object.Pkg().Path() + "." + object.Name()
}
