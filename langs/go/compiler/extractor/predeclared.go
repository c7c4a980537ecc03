package main

import (
	"go/token"
	"go/types"
)

// predeclared stands for the package of Go's predeclared names where a package redefines them: the
// glue finds them elsewhere.
var predeclared = types.NewPackage("predeclared", "predeclared")

// unshadowed returns the type with each predeclared name that the package `in` redefines replaced
// by that name of the package predeclared.
func unshadowed(t types.Type, in *types.Package) types.Type {
	if !shadows(in) {
		return t
	}
	return substitution(func(part types.Type) types.Type {
		name := predeclaredName(part)
		if name == "" || in.Scope().Lookup(name) == nil {
			return nil
		}
		object := types.NewTypeName(token.NoPos, predeclared, name, nil)
		return types.NewNamed(object, part.Underlying(), nil)
	}).in(t)
}

// shadows reports whether any name of the package is a predeclared one.
func shadows(in *types.Package) bool {
	for _, name := range in.Scope().Names() {
		if types.Universe.Lookup(name) != nil {
			return true
		}
	}
	return false
}

// predeclaredName returns the name of a type if Go predeclares it.
func predeclaredName(t types.Type) string {
	switch t := t.(type) {
	case *types.Basic:
		return t.Name()
	case *types.Named:
		if t.Obj().Pkg() == nil {
			return t.Obj().Name()
		}
	case *types.Alias:
		if t.Obj().Pkg() == nil {
			return t.Obj().Name()
		}
	case *types.Interface:
		if types.TypeString(t, nil) == "any" {
			return "any"
		}
	}
	return ""
}
