package main

import (
	"go/types"
	"reflect"
	"slices"
)

// tree is a type as Go defines it, in the terms of the IDL. A class is written as a foreign type
// with its name: the reader of the IDL knows which ones are described.
type tree struct {
	Kind       string  `json:"kind"`
	Type       string  `json:"type,omitempty"`
	Of         *tree   `json:"of,omitempty"`
	Rank       int     `json:"rank,omitempty"`
	Key        *tree   `json:"key,omitempty"`
	Value      *tree   `json:"value,omitempty"`
	Items      []tree  `json:"items,omitempty"`
	Parameters *[]tree `json:"parameters,omitempty"`
	Results    *[]tree `json:"results,omitempty"`
	Raises     []tree  `json:"raises,omitempty"`
	Name       string  `json:"name,omitempty"`
	Arguments  []tree  `json:"arguments,omitempty"`
}

var (
	anyTree   = tree{Kind: "any"}
	errorTree = foreignTree("error")
)

func foreignTree(name string, arguments ...tree) tree {
	return tree{Kind: "foreign", Name: name, Arguments: arguments}
}

func treeOf(kind string, of tree) tree {
	return tree{Kind: kind, Of: &of}
}

// orNone returns the type, or null.
func (t tree) orNone() tree {
	if t.Kind == "any" || t.Kind == "optional" {
		return t
	}
	return treeOf("optional", t)
}

// class returns the name of the class of the values, nullable or not.
func (t tree) class() string {
	if t.Kind == "optional" {
		return t.Of.class()
	}
	return t.Name
}

// tree describes a type.
func (f *finder) tree(t types.Type) tree {
	return f.treeWithin(t, nil)
}

// treeWithin describes a type that is part of the func types in outer.
func (f *finder) treeWithin(t types.Type, outer []types.Type) tree {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return f.basicTree(t)
	case *types.TypeParam:
		return tree{Kind: "variable", Name: f.parameterName(t)}
	case *types.Named:
		return f.namedTree(t, outer)
	case *types.Pointer:
		if named, ok := types.Unalias(t.Elem()).(*types.Named); ok && !types.IsInterface(named) {
			return f.classTree(named, outer)
		}
	case *types.Slice, *types.Array:
		return f.arrayTree(t, outer)
	case *types.Map:
		key, value := f.treeWithin(t.Key(), outer), f.treeWithin(t.Elem(), outer)
		return tree{Kind: "map", Key: &key, Value: &value}
	case *types.Chan:
		if t.Dir() != types.SendOnly {
			return treeOf("iterator", f.treeWithin(t.Elem(), outer))
		}
	case *types.Signature:
		return f.functionTree(t, outer)
	case *types.Interface:
		if t.Empty() {
			return anyTree
		}
	}
	return foreignTree(f.text(t))
}

// parameterName returns the name of a type parameter as its type declares it; a method may use
// another one.
func (f *finder) parameterName(of *types.TypeParam) string {
	if of.Index() < len(f.names) {
		return f.names[of.Index()]
	}
	return of.Obj().Name()
}

func (f *finder) basicTree(t *types.Basic) tree {
	switch name := basicName(t); name {
	case "":
		return foreignTree(t.Name())
	case "string":
		return tree{Kind: "text"}
	default:
		return tree{Kind: "scalar", Type: metaffiTypes[name]}
	}
}

// arrayTree returns an array of the innermost elements, as it is passed.
func (f *finder) arrayTree(t types.Type, outer []types.Type) tree {
	rank, element := rankOf(t)
	if rank == 0 {
		return foreignTree(f.text(t)) // it contains itself
	}
	if basic, ok := types.Unalias(element).(*types.Basic); ok && rank == 1 && basic.Kind() == types.Uint8 {
		return tree{Kind: "bytes"}
	}
	described := treeOf("array", f.treeWithin(element, outer))
	described.Rank = rank
	return described
}

func (f *finder) functionTree(t *types.Signature, outer []types.Type) tree {
	parameters, results := []tree{}, []tree{}
	for i := range t.Params().Len() {
		parameters = append(parameters, f.treeWithin(t.Params().At(i).Type(), outer))
	}
	for i := range t.Results().Len() {
		if of := t.Results().At(i).Type(); !isErrorType(of) {
			results = append(results, f.treeWithin(of, outer))
		}
	}
	return tree{Kind: "function", Parameters: &parameters, Results: &results, Raises: raisesOf(t)}
}

// raisesOf returns what a function with an error result raises.
func raisesOf(t *types.Signature) []tree {
	for i := range t.Results().Len() {
		if isErrorType(t.Results().At(i).Type()) {
			return []tree{errorTree}
		}
	}
	return nil
}

func (f *finder) namedTree(t *types.Named, outer []types.Type) tree {
	if isErrorType(t) {
		return errorTree
	}
	if under, ok := t.Underlying().(*types.Interface); ok && under.Empty() {
		return anyTree
	}
	if of, ok := f.sequenceTree(t, outer); ok {
		return of
	}
	return f.classTree(t, outer)
}

// sequenceTree describes Go's own iterator types.
func (f *finder) sequenceTree(t *types.Named, outer []types.Type) (tree, bool) {
	object := t.Obj()
	if object.Pkg() == nil || object.Pkg().Path() != "iter" {
		return tree{}, false
	}
	var items []tree
	for i := range t.TypeArgs().Len() {
		items = append(items, f.treeWithin(t.TypeArgs().At(i), outer))
	}
	switch len(items) {
	case 1:
		return treeOf("iterable", items[0]), true
	case 2:
		return treeOf("iterable", tree{Kind: "tuple", Items: items}), true
	}
	return tree{}, false
}

// classTree names the class of a type. A func type that is not a class here is described as a
// function.
func (f *finder) classTree(t *types.Named, outer []types.Type) tree {
	signature, isFunc := t.Underlying().(*types.Signature)
	if isFunc && f.className(t) == "" && !contains(outer, t) {
		return f.functionTree(signature, append(outer[:len(outer):len(outer)], t))
	}
	if arguments := t.TypeArgs(); arguments.Len() > 0 && !isWhole(t) {
		var list []tree
		for i := range arguments.Len() {
			list = append(list, f.treeWithin(arguments.At(i), outer))
		}
		return foreignTree(f.qualified(t.Obj()), list...)
	}
	if name := f.className(t); name != "" {
		return foreignTree(name)
	}
	return foreignTree(f.text(t))
}

// boundTrees returns what a constraint requires of a type.
func (f *finder) boundTrees(constraint types.Type) []tree {
	under, ok := constraint.Underlying().(*types.Interface)
	switch {
	case !ok || under.Empty():
		return nil
	case under.IsMethodSet():
		return []tree{f.tree(constraint)}
	}
	var bounds []tree
	if items := distinct(f.termTrees(under)); len(items) == 1 {
		bounds = append(bounds, items[0])
	} else if len(items) > 1 {
		bounds = append(bounds, tree{Kind: "union", Items: items})
	} else if under.IsComparable() {
		bounds = append(bounds, foreignTree("comparable"))
	}
	return bounds
}

// distinct returns the types without duplicates.
func distinct(all []tree) []tree {
	var kept []tree
	for _, one := range all {
		if !slices.ContainsFunc(kept, func(other tree) bool { return reflect.DeepEqual(one, other) }) {
			kept = append(kept, one)
		}
	}
	return kept
}

// termTrees returns the types that a constraint lists.
func (f *finder) termTrees(constraint *types.Interface) []tree {
	var items []tree
	add := func(t types.Type) { items = append(items, f.tree(t)) }
	for i := range constraint.NumEmbeddeds() {
		switch embedded := types.Unalias(constraint.EmbeddedType(i)).(type) {
		case *types.Union:
			for j := range embedded.Len() {
				term := embedded.Term(j).Type()
				if inner, ok := term.Underlying().(*types.Interface); ok {
					items = append(items, f.termTrees(inner)...)
					continue
				}
				add(term)
			}
		default:
			if inner, ok := embedded.Underlying().(*types.Interface); ok {
				items = append(items, f.termTrees(inner)...)
				continue
			}
			add(embedded)
		}
	}
	return items
}
