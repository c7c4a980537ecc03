package main

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"
)

// basicArguments are the types that everything generic is made for, as far as
// its constraints allow: each for all type parameters at once.
var basicArguments = []types.Type{
	types.Typ[types.Bool],
	types.Typ[types.Int], types.Typ[types.Int8], types.Typ[types.Int16], types.Typ[types.Int32],
	types.Typ[types.Int64],
	types.Typ[types.Uint], types.Typ[types.Uint8], types.Typ[types.Uint16], types.Typ[types.Uint32],
	types.Typ[types.Uint64],
	types.Typ[types.Float32], types.Typ[types.Float64],
	types.Typ[types.String],
	types.Universe.Lookup("any").Type(),
}

func (f *finder) addGenericFunction(object *types.Func, signature *types.Signature) {
	made := false
	for _, arguments := range f.argumentLists(object.Name(), signature.TypeParams().Len()) {
		instance, err := types.Instantiate(f.context, signature, arguments, true)
		if err != nil {
			continue
		}
		call := object.Name() + f.argumentText(arguments, ", ", expressionIn(f.types))
		name := object.Name() + f.argumentText(arguments, ";", f.text)
		if told, ok := f.function(object, instance.(*types.Signature), call, name); ok {
			f.into.Functions = append(f.into.Functions, told)
			made = true
		}
	}
	if !made {
		f.warnGeneric(object)
	}
}

func (f *finder) addGenericType(object *types.TypeName, named *types.Named) {
	if under, ok := named.Underlying().(*types.Interface); ok && !under.IsMethodSet() {
		return // a constraint
	}
	made := false
	for _, arguments := range f.argumentLists(object.Name(), named.TypeParams().Len()) {
		instance, err := types.Instantiate(f.context, named, arguments, true)
		if err != nil {
			continue
		}
		expression := object.Name() + f.argumentText(arguments, ", ", expressionIn(f.types))
		name := object.Name() + f.argumentText(arguments, ";", f.text)
		f.addClass(object, instance.(*types.Named), expression, name)
		made = true
	}
	if !made {
		f.warnGeneric(object)
	}
}

func (f *finder) warnGeneric(object types.Object) {
	f.warn(object, fmt.Sprintf(
		"%s is left out: no basic type fits its constraints; ask for an instance with the guest "+
			"option instances=%s[…]", object.Name(), object.Name()))
}

// argumentLists are the type arguments to try: those that the user asks for,
// else every basic type.
func (f *finder) argumentLists(name string, count int) [][]types.Type {
	if asked := f.askedFor(name, count); asked != nil {
		return asked
	}
	var lists [][]types.Type
	for _, argument := range basicArguments {
		list := make([]types.Type, count)
		for i := range list {
			list[i] = argument
		}
		lists = append(lists, list)
	}
	return lists
}

// askedFor are the instances in the user's options, `Pair[string;int]`.
func (f *finder) askedFor(name string, count int) [][]types.Type {
	var lists [][]types.Type
	for _, instance := range f.instances {
		arguments, found := strings.CutPrefix(strings.TrimSuffix(instance, "]"), f.prefix.with(name)+"[")
		if !found {
			continue
		}
		var list []types.Type
		for _, argument := range strings.Split(arguments, ";") {
			if of, err := types.Eval(f.source.Fset, f.types, token.NoPos, argument); err == nil && of.IsType() {
				list = append(list, of.Type)
			}
		}
		if len(list) == count {
			lists = append(lists, list)
		}
	}
	return lists
}

func (f *finder) argumentText(arguments []types.Type, separator string, text func(types.Type) string) string {
	var texts []string
	for _, argument := range arguments {
		texts = append(texts, text(argument))
	}
	return "[" + strings.Join(texts, separator) + "]"
}

func expressionIn(in *types.Package) func(types.Type) string {
	return func(t types.Type) string { return expression(t, in) }
}
