package main

import (
	"go/types"
	"reflect"
	"slices"
	"strings"
)

// addFields adds the fields of a struct, including those of embedded structs.
func (m *member) addFields() {
	if _, ok := m.named.Underlying().(*types.Struct); !ok || m.expression == "" {
		return
	}
	for _, name := range fieldNames(m.named) {
		object, _, _ := types.LookupFieldOrMethod(m.named, true, m.types, name)
		if variable, ok := object.(*types.Var); ok {
			m.addField(variable, tagOf(m.named, variable))
		}
	}
}

// tagOf returns the tag of a field, from the struct that declares it.
func tagOf(of types.Type, variable *types.Var) reflect.StructTag {
	var tag reflect.StructTag
	eachField(of, func(in *types.Struct, i int) {
		if in.Field(i) == variable {
			tag = reflect.StructTag(in.Tag(i))
		}
	})
	return tag
}

// fieldNames returns the exported names of fields at every depth, in source order; the lookup
// decides which of them can be selected.
func fieldNames(of types.Type) []string {
	var names []string
	eachField(of, func(in *types.Struct, i int) {
		if variable := in.Field(i); variable.Exported() && !slices.Contains(names, variable.Name()) {
			names = append(names, variable.Name())
		}
	})
	return names
}

// eachField visits the fields of a struct, and those of the structs that it embeds.
func eachField(of types.Type, visit func(in *types.Struct, i int)) {
	seen := map[types.Type]bool{}
	var walk func(types.Type)
	walk = func(t types.Type) {
		if pointer, ok := t.Underlying().(*types.Pointer); ok {
			t = pointer.Elem()
		}
		under, ok := t.Underlying().(*types.Struct)
		if !ok || seen[t] {
			return
		}
		seen[t] = true
		for i := range under.NumFields() {
			visit(under, i)
			if under.Field(i).Embedded() {
				walk(under.Field(i).Type())
			}
		}
	}
	walk(of)
}

// structTags returns the parts of a field's tag by their names.
func structTags(tag reflect.StructTag) tags {
	parts := tags{}
	for rest := string(tag); rest != ""; {
		name, after, found := strings.Cut(strings.TrimLeft(rest, " "), ":\"")
		if !found {
			break
		}
		if value, ok := tag.Lookup(name); ok {
			parts[name] = value
		}
		end := strings.Index(after, "\" ")
		if end < 0 {
			break
		}
		rest = after[end+1:]
	}
	return parts
}

func (m *member) addField(variable *types.Var, tag reflect.StructTag) {
	comment := m.docs.of(variable)
	desc := field{parameter: m.got(variable.Name(), variable.Type(), comment)}
	desc.Comment = comment.text
	of := shape(variable.Type(), m.glue)
	receiver := goType{Go: "*" + m.expression, Kind: isObject}

	getter := m.accessor("Get", desc, comment, "getter")
	getter.ReturnValues = append(getter.ReturnValues, desc.parameter.as(""))
	m.add(entry{
		Kind: kindGetField, Name: variable.Name(), Signature: m.name + "." + getter.Name,
		Receiver: &receiver, Results: []goType{of},
	}, &getter.function)
	desc.Getter = &getter

	if of.Go != "" {
		setter := m.accessor("Set", desc, comment, "setter")
		setter.Parameters = append(setter.Parameters, m.given("value", variable.Type()))
		m.add(entry{
			Kind: kindSetField, Name: variable.Name(), Signature: m.name + "." + setter.Name,
			Receiver: &receiver, Params: []goType{of},
		}, &setter.function)
		desc.Setter = &setter
	}
	desc.Tags = structTags(tag)
	m.class.Fields = append(m.class.Fields, desc)
}

func (m *member) accessor(verb string, of field, comment doc, tag string) method {
	path := entityPath{"field", m.path(of.Name), "instance_required", "true", tag, "true"}
	return method{function: m.callable(verb+of.Name, comment, path), InstanceRequired: true}
}
