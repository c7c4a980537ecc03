package main

import (
	"go/types"
	"strconv"
	"strings"
)

// builtin is the module of types that no package declares.
const builtin = "builtin"

// collect records the maps, channels and sequences that a type contains: each is a class of its
// own, with members for hosts.
func (f *finder) collect(t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Pointer:
		f.collect(t.Elem())
	case *types.Slice:
		f.collect(t.Elem())
	case *types.Array:
		f.collect(t.Elem())
	case *types.Map:
		f.note(t)
		f.collect(t.Key())
		f.collect(t.Elem())
	case *types.Chan:
		f.note(t)
		f.collect(t.Elem())
	case *types.Signature:
		for _, list := range []*types.Tuple{t.Params(), t.Results()} {
			for i := range list.Len() {
				f.collect(list.At(i).Type())
			}
		}
	case *types.Named:
		if isSequence(t) {
			f.note(t)
			for i := range t.TypeArgs().Len() {
				f.collect(t.TypeArgs().At(i))
			}
		}
	}
}

func (f *finder) note(t types.Type) {
	name := f.collectionName(t)
	if f.classNames[name] || !isWhole(t) || strings.ContainsAny(name, ",=") {
		return // a type that an entity path cannot express is a handle
	}
	f.classNames[name] = true
	f.collections = append(f.collections, t)
}

// collectionName returns the id of the class of a collection.
func (f *finder) collectionName(t types.Type) string {
	if named, ok := t.(*types.Named); ok {
		return f.sequenceName(named)
	}
	return f.text(t)
}

// sequenceName returns `iter.Seq2[string;int]`, which is how instances are written.
func (f *finder) sequenceName(t *types.Named) string {
	return f.qualified(t.Obj()) + f.instanceText(t)
}

// isSequence reports whether a type is one of Go's own iterator types.
func isSequence(t *types.Named) bool {
	object := t.Obj()
	return object.Pkg() != nil && object.Pkg().Path() == "iter" && t.TypeArgs().Len() > 0 &&
		(object.Name() == "Seq" || object.Name() == "Seq2")
}

// addCollections adds the classes of the recorded collections, and of those that their members
// name.
func (f *finder) addCollections() {
	own, into := f.prefix, f.into
	defer func() { f.prefix, f.into = own, into }()
	f.prefix = ""
	for len(f.collections) > 0 {
		next := f.collections[0]
		f.collections = f.collections[1:]
		f.into = f.elsewhere(builtin)
		f.addCollection(next)
	}
}

func (f *finder) addCollection(t types.Type) {
	name := f.collectionName(t)
	desc := f.class(name, doc{})
	in := &member{finder: f, class: &desc, name: name}
	behaves := f.tree(t)
	desc.BehavesAs = &behaves
	switch t := types.Unalias(t).(type) {
	case *types.Map:
		in.addMap(t)
	case *types.Chan:
		in.addChan(t)
	case *types.Named:
		in.addIterator("Iterate", argumentsOf(t))
	}
	f.into.Classes = append(f.into.Classes, desc)
}

func argumentsOf(t *types.Named) []types.Type {
	var list []types.Type
	for i := range t.TypeArgs().Len() {
		list = append(list, t.TypeArgs().At(i))
	}
	return list
}

// addMap adds the operations of a map, under the names that package reflect uses for them, except
// where the type has methods with these names.
func (m *member) addMap(of *types.Map) {
	key, value := m.given("key", of.Key()), m.given("value", of.Elem())
	anything := parameter{Name: "key", Type: "any", Tags: tags{}, Tree: anyTree}
	m.addBuiltin("MapLen", "length", nil, m.described("", types.Typ[types.Int]))
	m.addBuiltin("MapKeys", "keys", nil, m.described("", types.NewSlice(of.Key())))
	m.addBuiltin("MapHas", "contains", []parameter{anything}, m.described("", types.Typ[types.Bool]))
	m.addBuiltin("MapIndex", "get_item", []parameter{key}, m.described("", of.Elem()))
	m.addBuiltin("SetMapIndex", "set_item", []parameter{key, value})
	m.addBuiltin("MapDelete", "delete_item", []parameter{key})
}

func (m *member) addChan(of *types.Chan) {
	if of.Dir() != types.SendOnly {
		m.addIterator("Iterate", []types.Type{of.Elem()})
	}
	if of.Dir() != types.RecvOnly {
		m.addBuiltin("ChanSend", "", []parameter{m.given("value", of.Elem())})
		m.addBuiltin("ChanClose", "", nil)
	}
}

// addIterator adds the member that returns an iterator, which has a class of its own.
func (m *member) addIterator(name string, elements []types.Type) {
	of := treeOf("iterator", m.tree(elements[0]))
	if len(elements) == 2 {
		pair := tree{Kind: "tuple", Items: []tree{m.tree(elements[0]), m.tree(elements[1])}}
		of = treeOf("iterator", pair)
	}
	class := "iterator" + m.argumentText(elements, ";", m.text)
	m.addBuiltin(name, "iterate", nil, parameter{Type: "handle", TypeAlias: class, Tags: tags{}, Tree: of})
	if m.classNames[class] {
		return
	}
	m.classNames[class] = true
	desc := m.finder.class(class, doc{})
	desc.BehavesAs = &of
	in := &member{finder: m.finder, class: &desc, name: class}
	var results []parameter
	for _, element := range elements {
		results = append(results, m.described("", element))
	}
	in.addBuiltin("IteratorHasNext", "has_next", nil, m.described("", types.Typ[types.Bool]))
	in.addBuiltin("IteratorNext", "next", nil, results...)
	m.into.Classes = append(m.into.Classes, desc)
}

// addBuiltin adds a method that is an entry of xcall with that name.
func (m *member) addBuiltin(name, operation string, parameters []parameter, results ...parameter) {
	for _, method := range m.class.Methods {
		if method.Name == name {
			return
		}
	}
	path := entityPath{"callable", m.path(name), "instance_required", "true"}
	desc := m.callable(name, doc{}, path)
	desc.Parameters = append(desc.Parameters, parameters...)
	desc.ReturnValues = append(desc.ReturnValues, results...)
	desc.Tags["entry"] = strconv.Itoa(m.builtinEntry(name, len(parameters)+1, len(results)))
	m.class.Methods = append(m.class.Methods, method{function: desc, InstanceRequired: true})
	if _, taken := m.class.Operations[operation]; operation == "" || taken {
		return
	}
	if m.class.Operations == nil {
		m.class.Operations = map[string]string{}
	}
	m.class.Operations[operation] = desc.stableID()
}

// builtinEntry returns the number of an entry of xcall in the current glue.
func (f *finder) builtinEntry(name string, params, results int) int {
	key := builtinKey{f.glue, name, results}
	if id, known := f.builtins[key]; known {
		return id
	}
	made := entry{Kind: kindBuiltin, Name: name, Signature: name, Params: make([]goType, params), Results: make([]goType, results)}
	for _, list := range [][]goType{made.Params, made.Results} {
		for i := range list {
			list[i].Kind = isAny
		}
	}
	f.builtins[key] = f.number(made)
	return f.builtins[key]
}

// builtinKey identifies an entry of xcall: one with two results differs from one with one.
type builtinKey struct {
	glue    *types.Package
	name    string
	results int
}

// objectFunctions are the functions that hosts can call on every object: its class, its text,
// whether it equals another one, its hash.
type objectFunctions struct {
	ClassOf    *function            `json:"class_of,omitempty"`
	Operations map[string]*function `json:"object_operations,omitempty"`
}

// addObjectFunctions adds them, unless nothing can be called.
func (f *finder) addObjectFunctions() objectFunctions {
	if f.nextID == 0 {
		return objectFunctions{}
	}
	f.entries = []entry{}
	other := parameter{Name: "other", Type: "any", Tags: tags{}, Tree: anyTree}
	desc := objectFunctions{
		ClassOf: f.objectFunction("ClassOf", types.String),
		Operations: map[string]*function{
			"text":  f.objectFunction("ObjectText", types.String),
			"equal": f.objectFunction("ObjectEqual", types.Bool, other),
			"hash":  f.objectFunction("ObjectHash", types.Int64),
		},
	}
	f.packages[0].Entries = append(f.packages[0].Entries, f.entries...)
	return desc
}

func (f *finder) objectFunction(name string, result types.BasicKind, parameters ...parameter) *function {
	desc := f.callable(name, doc{}, entityPath{"callable", "*." + name, "instance_required", "true"})
	desc.Parameters = append(desc.Parameters, parameters...)
	desc.ReturnValues = append(desc.ReturnValues, f.described("", types.Typ[result]))
	desc.Tags["entry"] = strconv.Itoa(f.builtinEntry(name, len(parameters)+1, 1))
	return &desc
}
