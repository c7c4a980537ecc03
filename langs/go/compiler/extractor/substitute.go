package main

import (
	"go/token"
	"go/types"
)

// substitution replaces the types that a type consists of; nil keeps a type unchanged.
type substitution func(types.Type) types.Type

// in returns the type with every part replaced. The underlying type of a named type is not a part,
// but its type arguments are.
func (s substitution) in(t types.Type) types.Type {
	if replaced := s(t); replaced != nil {
		return replaced
	}
	switch t := t.(type) {
	case *types.Named:
		return s.instance(t, t.Origin(), t.TypeArgs())
	case *types.Alias:
		if arguments := aliasArguments(t); arguments.Len() > 0 {
			return s.instance(t, aliasOrigin(t), arguments)
		}
	case *types.Pointer:
		return types.NewPointer(s.in(t.Elem()))
	case *types.Slice:
		return types.NewSlice(s.in(t.Elem()))
	case *types.Array:
		return types.NewArray(s.in(t.Elem()), t.Len())
	case *types.Chan:
		return types.NewChan(t.Dir(), s.in(t.Elem()))
	case *types.Map:
		return types.NewMap(s.in(t.Key()), s.in(t.Elem()))
	case *types.Signature:
		return types.NewSignatureType(nil, nil, nil, s.tuple(t.Params()), s.tuple(t.Results()), t.Variadic())
	case *types.Struct:
		return s.structure(t)
	case *types.Interface:
		return s.contract(t)
	}
	return t
}

func (s substitution) instance(t, origin types.Type, arguments *types.TypeList) types.Type {
	if arguments.Len() == 0 {
		return t
	}
	replaced := make([]types.Type, arguments.Len())
	for i := range replaced {
		replaced[i] = s.in(arguments.At(i))
	}
	made, err := types.Instantiate(nil, origin, replaced, false)
	if err != nil {
		return t
	}
	return made
}

func (s substitution) tuple(of *types.Tuple) *types.Tuple {
	variables := make([]*types.Var, of.Len())
	for i := range variables {
		variables[i] = types.NewParam(token.NoPos, nil, "", s.in(of.At(i).Type()))
	}
	return types.NewTuple(variables...)
}

func (s substitution) structure(of *types.Struct) *types.Struct {
	fields, tags := make([]*types.Var, of.NumFields()), make([]string, of.NumFields())
	for i := range fields {
		field := of.Field(i)
		fields[i] = types.NewField(token.NoPos, field.Pkg(), field.Name(), s.in(field.Type()), field.Embedded())
		tags[i] = of.Tag(i)
	}
	return types.NewStruct(fields, tags)
}

func (s substitution) contract(of *types.Interface) types.Type {
	if of.NumExplicitMethods() == 0 && of.NumEmbeddeds() == 0 {
		return of
	}
	methods, embedded := make([]*types.Func, of.NumExplicitMethods()), make([]types.Type, of.NumEmbeddeds())
	for i := range methods {
		method := of.ExplicitMethod(i)
		signature := s.in(method.Type()).(*types.Signature)
		methods[i] = types.NewFunc(token.NoPos, method.Pkg(), method.Name(), signature)
	}
	for i := range embedded {
		embedded[i] = s.in(of.EmbeddedType(i))
	}
	return types.NewInterfaceType(methods, embedded).Complete()
}
