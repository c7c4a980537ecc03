package main

import (
	"go/types"
	"strconv"
)

// instances are the classes made from one generic type.
type instances struct {
	*finder
	// generic is the type itself; it is nil for an alias.
	generic     *types.Named
	name        string
	from        int
	expressions []string
}

// addDispatch adds a class for the generic type itself: its members are those of the instances, and
// the object determines which one is called.
func (in *instances) addDispatch(object *types.TypeName) {
	classes := in.into.Classes[in.from:]
	if len(classes) == 0 || len(classes) != len(in.expressions) {
		return
	}
	desc := in.class(in.name, in.docs.of(object))
	desc.Kind, desc.IsAbstract = classes[0].Kind, true
	in.describeParameters(&desc)
	defer func() { in.names = nil }()
	for i := range classes[0].Methods {
		variants := variantsOf(classes, func(c *class) []method { return c.Methods }, i)
		if merged, ok := in.merged(variants); ok {
			desc.Methods = append(desc.Methods, method{function: merged, InstanceRequired: true})
		}
	}
	for i := range classes[0].Fields {
		if merged, ok := in.mergedField(classes, i); ok {
			desc.Fields = append(desc.Fields, merged)
		}
	}
	in.into.Classes = append(in.into.Classes, desc)
}

// describeParameters adds the type parameters of the class.
func (in *instances) describeParameters(desc *class) {
	if in.generic == nil {
		return
	}
	parameters := in.generic.TypeParams()
	for i := range parameters.Len() {
		in.names = append(in.names, parameters.At(i).Obj().Name())
	}
	for i := range parameters.Len() {
		bounds := in.boundTrees(parameters.At(i).Constraint())
		desc.TypeParameters = append(desc.TypeParameters, typeParameter{in.names[i], bounds})
	}
}

// describeMember sets the types of a member as the generic type declares them.
func (in *instances) describeMember(name string, desc *function) {
	if in.generic == nil {
		return
	}
	object, _, _ := types.LookupFieldOrMethod(in.generic, true, in.types, name)
	method, ok := object.(*types.Func)
	if !ok {
		return
	}
	signature := method.Type().(*types.Signature)
	if signature.Params().Len() != len(desc.Parameters) {
		return // the accessor of a field, which has the name of a method
	}
	for i := range desc.Parameters {
		desc.Parameters[i].Tree = in.given("", signature.Params().At(i).Type()).Tree
	}
	results := 0
	for i := range signature.Results().Len() {
		if of := signature.Results().At(i).Type(); !isErrorType(of) && results < len(desc.ReturnValues) {
			desc.ReturnValues[results].Tree = in.got("", of, in.docs.of(method)).Tree
			results++
		}
	}
}

// fieldTree returns the type that the generic type declares for a field.
func (in *instances) fieldTree(name string) (tree, bool) {
	if in.generic == nil {
		return tree{}, false
	}
	object, _, _ := types.LookupFieldOrMethod(in.generic, true, in.types, name)
	variable, ok := object.(*types.Var)
	if !ok {
		return tree{}, false
	}
	return in.got("", variable.Type(), in.docs.of(variable)).Tree, true
}

// variantsOf returns the functions of all classes for member i, or nil if they are not the same
// member in all of them.
func variantsOf(classes []class, of func(*class) []method, i int) []*function {
	var variants []*function
	for c := range classes {
		members := of(&classes[c])
		if len(members) <= i || members[i].Name != of(&classes[0])[i].Name {
			return nil
		}
		variants = append(variants, &members[i].function)
	}
	return variants
}

func (in *instances) mergedField(classes []class, i int) (field, bool) {
	var getters, setters []*function
	merged := classes[0].Fields[i]
	for c := range classes {
		if len(classes[c].Fields) <= i || classes[c].Fields[i].Name != merged.Name {
			return merged, false
		}
		of := classes[c].Fields[i]
		merged.parameter = mergedParameter(merged.parameter, of.parameter)
		getters = append(getters, &of.Getter.function)
		if of.Setter != nil {
			setters = append(setters, &of.Setter.function)
		}
	}
	getter, ok := in.merged(getters)
	merged.Getter, merged.Setter = &method{function: getter, InstanceRequired: true}, nil
	if setter, settable := in.merged(setters); settable && len(setters) == len(classes) {
		merged.Setter = &method{function: setter, InstanceRequired: true}
	}
	if of, known := in.fieldTree(merged.Name); known && ok {
		merged.Tree, merged.Getter.ReturnValues[0].Tree = of, of
		if merged.Setter != nil {
			merged.Setter.Parameters[0].Tree = of
		}
	}
	return merged, ok
}

// merged returns a function that calls the one of the object's instance. If the instances have
// different types, it declares any.
func (in *instances) merged(variants []*function) (function, bool) {
	if len(variants) == 0 {
		return function{}, false
	}
	desc := *variants[0]
	desc.Tags = tags{}
	desc.EntityPath = append(entityPath{}, desc.EntityPath...)
	desc.EntityPath[1] = in.prefix.with(in.name + "." + memberOf(desc.EntityPath[1]))
	desc.Parameters = append([]parameter{}, desc.Parameters...)
	desc.ReturnValues = append([]parameter{}, desc.ReturnValues...)
	made := entry{Kind: kindDispatch, Name: in.name + desc.Name, Signature: in.name + "." + desc.Name}
	for i, variant := range variants {
		if len(variant.Parameters) != len(desc.Parameters) || len(variant.ReturnValues) != len(desc.ReturnValues) {
			return desc, false
		}
		merge(desc.Parameters, variant.Parameters)
		merge(desc.ReturnValues, variant.ReturnValues)
		id, err := strconv.Atoi(variant.Tags["entry"])
		if err != nil {
			return desc, false
		}
		made.Cases = append(made.Cases, instanceCase{in.expressions[i], id})
	}
	made.Params = make([]goType, len(desc.Parameters)+1)
	made.Results = make([]goType, len(desc.ReturnValues))
	for _, list := range [][]goType{made.Params, made.Results} {
		for i := range list {
			list[i].Kind = isAny
		}
	}
	desc.Tags["entry"] = strconv.Itoa(in.number(made))
	in.describeMember(desc.Name, &desc)
	return desc, true
}

// memberOf returns the part after the dot of `sub.Box[a.b].Member`.
func memberOf(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '.' {
			return path[i+1:]
		}
	}
	return path
}

func merge(into, of []parameter) {
	for i := range into {
		into[i] = mergedParameter(into[i], of[i])
	}
}

func mergedParameter(a, b parameter) parameter {
	if a.Type == b.Type && a.TypeAlias == b.TypeAlias && a.Dimensions == b.Dimensions {
		return a
	}
	a.Type, a.TypeAlias, a.Dimensions, a.Tree = "any", "", 0, anyTree
	return a
}
