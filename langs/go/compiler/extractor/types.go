package main

import (
	"go/types"
	"regexp"
	"strings"
)

// How the glue treats a type that is not a basic one.
const (
	isAny    = "any"
	isError  = "error"
	isObject = "object"
	isStruct = "struct"
	isFunc   = "func"
	isSlice  = "slice"
	isArray  = "array"
)

// metaffiTypes are MetaFFI's names of the basic types, and of types that are treated alike.
var metaffiTypes = map[string]string{
	"int": "int64", "int8": "int8", "int16": "int16", "int32": "int32", "int64": "int64",
	"uint": "uint64", "uint8": "uint8", "uint16": "uint16", "uint32": "uint32",
	"uint64": "uint64", "uintptr": "size", "float32": "float32", "float64": "float64",
	"bool": "bool", "string": "string8",
	isAny: "any", isError: "handle", isObject: "handle", isStruct: "handle", isFunc: "callable",
}

// shape returns how the glue has to treat a type of the package `in`.
func shape(t types.Type, in *types.Package) goType {
	return shapeWithin(t, in, nil)
}

// shapeWithin returns the shape of a type that is part of the types in outer.
func shapeWithin(t types.Type, in *types.Package, outer []types.Type) goType {
	described := goType{Go: expression(t, in), Kind: isObject}
	inner := append(outer[:len(outer):len(outer)], t)
	_, isBasicItself := types.Unalias(t).(*types.Basic)
	switch under := t.Underlying().(type) {
	case *types.Basic:
		if name := basicName(under); name != "" {
			described.Kind = name
			described.Named = !isBasicItself
			_, described.declared = types.Unalias(t).(*types.Named)
		}
	case *types.Interface:
		if isErrorType(t) {
			described.Kind = isError
		} else if under.Empty() {
			described.Kind = isAny
			_, described.Named = types.Unalias(t).(*types.Named)
		}
	case *types.Struct:
		described.Kind = isStruct
	case *types.Signature:
		described.Kind = isFunc
		switch {
		case described.Go != "" && expression(under, in) == "":
			described.Kind = isObject // glue cannot write a func of the type
		case !contains(outer, t):
			described.Func = signatureShape(under, in, inner)
		}
	case *types.Slice:
		if rank, _ := rankOf(t); rank > 0 {
			described.Kind = isSlice
			described.withElement(under.Elem(), in, inner)
		}
	case *types.Array:
		described.Kind = isArray
		described.Len = under.Len()
		described.withElement(under.Elem(), in, inner)
	}
	return described
}

func signatureShape(of *types.Signature, in *types.Package, outer []types.Type) *goFunc {
	desc := &goFunc{Params: []goType{}, Results: []goType{}, Variadic: of.Variadic()}
	for i := range of.Params().Len() {
		desc.Params = append(desc.Params, shapeWithin(of.Params().At(i).Type(), in, outer))
	}
	for i := range of.Results().Len() {
		desc.Results = append(desc.Results, shapeWithin(of.Results().At(i).Type(), in, outer))
	}
	return desc
}

func contains(list []types.Type, t types.Type) bool {
	for _, one := range list {
		if types.Identical(one, t) {
			return true
		}
	}
	return false
}

// basicName returns the name of a basic type that MetaFFI knows, byte and rune by their other
// names; it is empty for the others.
func basicName(t *types.Basic) string {
	name := types.Typ[t.Kind()].Name()
	if _, known := metaffiTypes[name]; known {
		return name
	}
	return ""
}

func (g *goType) withElement(t types.Type, in *types.Package, outer []types.Type) {
	element := shapeWithin(t, in, outer)
	g.Elem = &element
}

func isErrorType(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// expression writes the type with its packages as `{path}.`.
func expression(t types.Type, in *types.Package) string {
	if !canBeNamed(t, in) {
		return ""
	}
	return types.TypeString(unshadowed(t, in), func(p *types.Package) string {
		if p == in {
			return ""
		}
		return "{" + p.Path() + "}"
	})
}

// canBeNamed reports whether code in the package `in` can write the type.
func canBeNamed(t types.Type, in *types.Package) bool {
	nameable := true
	eachNamed(t, func(name *types.TypeName, _ types.Type) {
		if p := name.Pkg(); p != nil && p != in && (!name.Exported() || !importable(p.Path(), in.Path())) {
			nameable = false
		}
	})
	return nameable
}

// importable follows Go's rule on internal packages.
func importable(path, from string) bool {
	parent, _, isInternal := cutInternal(path)
	return !isInternal || from == parent || strings.HasPrefix(from, parent+"/")
}

var internal = regexp.MustCompile(`(?:^|/)internal(?:/|$)`)

func cutInternal(path string) (parent, rest string, found bool) {
	at := internal.FindAllStringIndex(path, -1)
	if at == nil {
		return path, "", false
	}
	last := at[len(at)-1]
	return path[:last[0]], path[last[1]:], true
}

// eachNamed visits the named types in a type, and their names.
func eachNamed(t types.Type, visit func(*types.TypeName, types.Type)) {
	var arguments *types.TypeList
	switch t := t.(type) {
	case *types.Alias:
		visit(t.Obj(), t)
		arguments = aliasArguments(t)
	case *types.Named:
		visit(t.Obj(), t)
		arguments = t.TypeArgs()
	case *types.Pointer:
		eachNamed(t.Elem(), visit)
	case *types.Slice:
		eachNamed(t.Elem(), visit)
	case *types.Array:
		eachNamed(t.Elem(), visit)
	case *types.Chan:
		eachNamed(t.Elem(), visit)
	case *types.Map:
		eachNamed(t.Key(), visit)
		eachNamed(t.Elem(), visit)
	case *types.Signature:
		eachNamed(t.Params(), visit)
		eachNamed(t.Results(), visit)
	case *types.Tuple:
		for i := range t.Len() {
			eachNamed(t.At(i).Type(), visit)
		}
	case *types.Struct:
		for i := range t.NumFields() {
			eachNamed(t.Field(i).Type(), visit)
		}
	case *types.Interface:
		for i := range t.NumExplicitMethods() {
			eachNamed(t.ExplicitMethod(i).Type(), visit)
		}
		for i := range t.NumEmbeddeds() {
			eachNamed(t.EmbeddedType(i), visit)
		}
	}
	for i := range arguments.Len() {
		eachNamed(arguments.At(i), visit)
	}
}

// described returns a parameter of the IDL for a type.
func (f *finder) described(name string, t types.Type) parameter {
	f.collect(t)
	rank, element := rankOf(t)
	kind := metaffiTypes[shape(element, f.glue).Kind]
	if rank > 0 {
		kind += "_array"
	}
	return parameter{
		Name: name, Type: kind, TypeAlias: f.alias(t, element), Tags: tags{}, Dimensions: rank,
		Tree: f.tree(t),
	}
}

// isNilable reports whether a type has nil, which hosts see as null.
func isNilable(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Pointer:
		return true
	case *types.Interface:
		return !t.Empty()
	}
	return false
}

// given returns a parameter that Go receives: nil is allowed wherever Go allows it.
func (f *finder) given(name string, t types.Type) parameter {
	desc := f.described(name, t)
	if _, isSlice := t.Underlying().(*types.Slice); isSlice || isNilable(t) {
		desc.Tree = desc.Tree.orNone()
	}
	return desc
}

// got returns a value that Go returns: it may be nil if its comment says so.
func (f *finder) got(name string, t types.Type, comment doc) parameter {
	desc := f.described(name, t)
	if isNilable(t) && comment.mentionsNil {
		desc.Tree = desc.Tree.orNone()
	}
	return desc
}

// rankOf returns the rank of an array type and its innermost elements. A slice of itself has no
// rank: it is a handle.
func rankOf(t types.Type) (int, types.Type) {
	element := t
	var seen []types.Type
	for rank := 0; ; rank++ {
		inner, ok := elementOf(element)
		switch {
		case !ok:
			return rank, element
		case contains(seen, element):
			return 0, t
		}
		seen = append(seen, element)
		element = inner
	}
}

func elementOf(t types.Type) (types.Type, bool) {
	switch under := t.Underlying().(type) {
	case *types.Slice:
		return under.Elem(), true
	case *types.Array:
		return under.Elem(), true
	}
	return nil, false
}

// alias returns Go's own name of a type if it differs from MetaFFI's: for an array, the name of its
// element type, otherwise its own.
func (f *finder) alias(t, element types.Type) string {
	if named, ok := types.Unalias(element).(*types.Named); ok && isSequence(named) {
		return f.sequenceName(named)
	}
	if !isPlain(element) {
		return f.text(element)
	}
	if _, named := types.Unalias(t).(*types.Named); named {
		return f.text(t)
	}
	return ""
}

// isPlain reports whether MetaFFI's name of the type describes it completely.
func isPlain(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return basicName(t) != ""
	case *types.Interface:
		return t.Empty()
	}
	return false
}

// text returns a type as entity paths and aliases write it: with the prefixes of entity paths for
// the packages that are read, and the import paths of others.
func (f *finder) text(t types.Type) string {
	text := types.TypeString(t, func(p *types.Package) string {
		if prefix, known := f.prefixes[p.Path()]; known {
			return string(prefix)
		}
		return p.Path()
	})
	return strings.ReplaceAll(text, "interface{}", "any")
}

// className returns the class of a type or a pointer to it; it is empty if there is none.
func (f *finder) className(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	_, isOwn := f.prefixes[named.Obj().Pkg().Path()]
	if !f.classNames[f.text(named)] && !(isOwn && named.Obj().Exported()) {
		return ""
	}
	return f.qualified(named.Obj()) + f.instanceText(named)
}

// qualified returns the name of a type with the prefix of its package.
func (f *finder) qualified(object *types.TypeName) string {
	if object.Pkg() == nil {
		return object.Name()
	}
	if prefix, known := f.prefixes[object.Pkg().Path()]; known {
		return prefix.with(object.Name())
	}
	return prefix(object.Pkg().Path()).with(object.Name())
}
