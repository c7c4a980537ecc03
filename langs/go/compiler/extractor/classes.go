package main

import (
	"go/types"
	"strings"
)

func (f *finder) addType(name *types.TypeName) {
	if alias, ok := name.Type().(*types.Alias); ok && aliasParameters(alias).Len() > 0 {
		if _, named := types.Unalias(alias).(*types.Named); named {
			f.addGenericType(name, alias, aliasParameters(alias))
		}
		return
	}
	named, ok := types.Unalias(name.Type()).(*types.Named)
	if !ok || f.isElsewhere(name, named) {
		return
	}
	if named.TypeParams().Len() > 0 && named.TypeArgs().Len() == 0 {
		f.addGenericType(name, named, named.TypeParams())
		return
	}
	f.addClass(name, named, f.own(name.Name()), name.Name())
}

// isElsewhere reports whether a name is only another name of a class that is already listed.
func (f *finder) isElsewhere(name *types.TypeName, named *types.Named) bool {
	return name.IsAlias() && f.className(named) != ""
}

// addClass adds a named type: `expression` is its name in Go, `name` its name for hosts.
func (f *finder) addClass(object *types.TypeName, named *types.Named, expression, name string) {
	desc := f.class(name, f.docs.of(object))
	in := &member{finder: f, class: &desc, named: named, expression: expression, name: name}
	if under, ok := named.Underlying().(*types.Interface); ok && !under.IsMethodSet() {
		return // a constraint, which has no values
	}
	in.describe()
	if !types.IsInterface(named) {
		in.addConstructors()
		in.addFields()
	}
	in.addMethods()
	if under, ok := named.Underlying().(*types.Map); ok && isWhole(under) {
		in.addMap(under)
	}
	in.addImplementable()
	f.into.Classes = append(f.into.Classes, desc)
}

// class returns a class without members.
func (f *finder) class(name string, comment doc) class {
	return class{
		Name: identifier(name), ID: f.prefix.with(name), Comment: comment.text, Deprecated: comment.deprecated,
		Tags: tags{}, EntityPath: entityPath{"class", f.prefix.with(name)},
		Constructors: []function{}, Methods: []method{}, Fields: []field{},
	}
}

// describe sets the kind of the class, and the types that it derives from.
func (m *member) describe() {
	switch under := m.named.Underlying().(type) {
	case *types.Interface:
		m.class.Kind, m.class.IsAbstract = classInterface, true
	case *types.Struct:
		m.class.Kind = classStruct
	case *types.Signature:
		called := m.functionTree(under, []types.Type{m.named})
		m.class.Kind, m.class.BehavesAs = classFunction, &called
	default:
		made := m.tree(under)
		m.class.BehavesAs = &made
	}
	if isException(m.named) {
		m.class.Kind = classException
	}
	if arguments := m.named.TypeArgs(); arguments.Len() > 0 {
		var list []tree
		for i := range arguments.Len() {
			list = append(list, m.tree(arguments.At(i)))
		}
		m.class.Bases = append(m.class.Bases, foreignTree(m.qualified(m.named.Obj()), list...))
	}
	m.class.Bases = append(m.class.Bases, m.implemented(m.named)...)
}

// member collects the members of one class.
type member struct {
	*finder
	class      *class
	named      *types.Named
	expression string
	name       string
}

// path returns the entity path key of a member.
func (m *member) path(member string) string {
	return m.prefix.with(m.name + "." + member)
}

// addConstructors lists the functions that create an object of the class, and adds the zero value.
func (m *member) addConstructors() {
	for _, candidate := range m.into.Functions {
		if strings.HasPrefix(candidate.Name, "New") && m.isMadeBy(candidate) {
			m.class.Constructors = append(m.class.Constructors, candidate)
		}
	}
	if m.expression == "" || m.named.Obj().Pkg() != nil && !m.named.Obj().Exported() {
		return
	}
	comment := doc{text: "EmptyStruct makes a zero " + m.name + "."}
	zero := m.callable("EmptyStruct", comment, entityPath{"callable", m.path("EmptyStruct")})
	zero.ReturnValues = append(zero.ReturnValues, m.described("", types.NewPointer(m.named)))
	m.add(entry{
		Kind: kindEmpty, Name: m.expression, Signature: m.name + ".EmptyStruct()",
	}, &zero)
	m.class.Constructors = append(m.class.Constructors, zero)
}

func (m *member) isMadeBy(candidate function) bool {
	results := candidate.ReturnValues
	return len(results) == 1 && results[0].Dimensions == 0 &&
		results[0].Tree.class() == m.class.ID
}

func (m *member) addMethods() {
	methods := types.NewMethodSet(methodOwner(m.named))
	for i := range methods.Len() {
		object := methods.At(i).Obj().(*types.Func)
		if object.Exported() {
			m.addMethod(object, methods.At(i))
		}
	}
}

func (m *member) addMethod(object *types.Func, selection *types.Selection) {
	signature := selection.Type().(*types.Signature)
	receiver, ok := m.receiver(object, selection)
	if !ok {
		return
	}
	made := entry{
		Kind: kindMethod, Name: object.Name(), Receiver: &receiver, Variadic: signature.Variadic(),
		Signature: m.name + "." + object.Name() + m.signatureText(signature),
	}
	if !m.fill(&made, object, signature) {
		return
	}
	path := entityPath{"callable", m.path(object.Name()), "instance_required", "true"}
	comment := m.docs.of(object)
	desc := m.callable(object.Name(), comment, path)
	m.declare(&desc, signature, comment)
	made.describeMemory(&desc)
	if kind := metaffiTypes[receiver.Kind]; kind != "handle" {
		desc.Tags["receiver"] = m.described("", m.named).Type
	}
	m.add(made, &desc)
	added := method{function: desc, InstanceRequired: true, IsAbstract: m.class.Kind == classInterface}
	m.class.Methods = append(m.class.Methods, added)
	m.class.addOperation(&added.function)
	if object.Name() == "Close" && len(desc.Parameters) == 0 && m.class.Kind != classInterface {
		m.class.Release = &added
	}
}

// receiver returns how the glue gets the object of a method: by pointer, except for interfaces, and
// for methods by value of types that are not structs. An object whose type cannot be named is
// passed as an object that has the method.
func (m *member) receiver(object *types.Func, selection *types.Selection) (goType, bool) {
	if m.expression == "" {
		signature := expression(selection.Type(), m.glue)
		having := "interface{ " + object.Name() + strings.TrimPrefix(signature, "func") + " }"
		return goType{Go: having, Kind: isObject}, signature != ""
	}
	of := shape(m.named, m.glue)
	of.Go = m.expression
	if types.IsInterface(m.named) {
		return of, true
	}
	declared := object.Type().(*types.Signature).Recv().Type()
	_, byPointer := types.Unalias(declared).(*types.Pointer)
	if of.Kind == isStruct || byPointer || len(selection.Index()) > 1 {
		return goType{Go: "*" + m.expression, Kind: isObject}, true
	}
	if of.Kind == isObject {
		return goType{Go: m.expression, Kind: isStruct}, true // by value, or by pointer
	}
	return of, true
}
