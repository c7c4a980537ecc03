package main

import "go/types"

// addFields adds the fields of a struct, those of embedded structs too.
func (m *member) addFields() {
	if _, ok := m.named.Underlying().(*types.Struct); !ok {
		return
	}
	for _, name := range fieldNames(m.named) {
		object, _, _ := types.LookupFieldOrMethod(m.named, true, m.types, name)
		if variable, ok := object.(*types.Var); ok {
			m.addField(variable)
		}
	}
}

// fieldNames are the exported names of fields at every depth, in the order of
// the source; which of them can be selected, the look-up says.
func fieldNames(of types.Type) []string {
	var names []string
	seenNames, seenTypes := map[string]bool{}, map[types.Type]bool{}
	var walk func(types.Type)
	walk = func(t types.Type) {
		if pointer, ok := t.Underlying().(*types.Pointer); ok {
			t = pointer.Elem()
		}
		under, ok := t.Underlying().(*types.Struct)
		if !ok || seenTypes[t] {
			return
		}
		seenTypes[t] = true
		for i := range under.NumFields() {
			variable := under.Field(i)
			if variable.Exported() && !seenNames[variable.Name()] {
				seenNames[variable.Name()] = true
				names = append(names, variable.Name())
			}
			if variable.Embedded() {
				walk(variable.Type())
			}
		}
	}
	walk(of)
	return names
}

func (m *member) addField(variable *types.Var) {
	told := field{parameter: m.described(variable.Name(), variable.Type())}
	told.Comment = m.docs.of(variable)
	of := shape(variable.Type(), m.types)
	receiver := goType{Go: "*" + m.expression, Kind: isObject}

	getter := m.accessor("Get", told, "getter")
	getter.ReturnValues = append(getter.ReturnValues, told.parameter.as(""))
	m.add(entry{
		Kind: kindGetField, Name: variable.Name(), Signature: m.name + "." + getter.Name,
		Receiver: &receiver, Results: []goType{of},
	}, &getter.function)
	told.Getter = &getter

	if of.Go != "" {
		setter := m.accessor("Set", told, "setter")
		setter.Parameters = append(setter.Parameters, told.parameter.as("value"))
		m.add(entry{
			Kind: kindSetField, Name: variable.Name(), Signature: m.name + "." + setter.Name,
			Receiver: &receiver, Params: []goType{of},
		}, &setter.function)
		told.Setter = &setter
	}
	m.class.Fields = append(m.class.Fields, told)
}

func (m *member) accessor(verb string, of field, tag string) method {
	path := entityPath{"field", m.path(of.Name), "instance_required", "true", tag, "true"}
	return method{m.callable(verb+of.Name, of.Comment, path), true}
}
