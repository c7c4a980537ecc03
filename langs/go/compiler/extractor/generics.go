package main

import (
	"fmt"
	"go/token"
	"go/types"
	"sort"
	"strings"
)

func (f *finder) addGenericFunction(object *types.Func, signature *types.Signature) {
	made := false
	for _, arguments := range f.argumentLists(object, signature, signature.TypeParams()) {
		instance, err := types.Instantiate(f.context, signature, arguments, true)
		if err != nil {
			continue
		}
		call := f.own(object.Name()) + f.argumentText(arguments, ", ", expressionIn(f.glue))
		name := object.Name() + f.argumentText(arguments, ";", f.text)
		if desc, ok := f.function(object, instance.(*types.Signature), call, name); ok {
			f.into.Functions = append(f.into.Functions, desc)
		}
		made = true // or reported why not
	}
	if !made {
		f.warnGeneric(object)
	}
}

// addGenericType adds the instances of a generic type, or of a generic alias
// of one.
func (f *finder) addGenericType(object *types.TypeName, generic types.Type, parameters *types.TypeParamList) {
	if under, ok := generic.Underlying().(*types.Interface); ok && !under.IsMethodSet() {
		return // a constraint
	}
	made := false
	all := instances{finder: f, name: object.Name(), from: len(f.into.Classes)}
	all.generic, _ = generic.(*types.Named)
	for _, arguments := range f.argumentLists(object, generic, parameters) {
		instance, err := types.Instantiate(f.context, generic, arguments, true)
		if err != nil {
			continue
		}
		made = true
		named, ok := types.Unalias(instance).(*types.Named)
		if !ok || f.isElsewhere(object, named) {
			continue
		}
		expression := f.own(object.Name()) + f.argumentText(arguments, ", ", expressionIn(f.glue))
		name := object.Name() + f.argumentText(arguments, ";", f.text)
		f.addClass(object, named, expression, name)
		all.expressions = append(all.expressions, expression)
	}
	if !made {
		f.warnGeneric(object)
	}
	all.addDispatch(object)
}

func (f *finder) warnGeneric(object types.Object) {
	f.warn(object, fmt.Sprintf(
		"%s is skipped: no basic type and no type of this package fits its constraints; request an "+
			"instance with the guest option instances=%s[…]", object.Name(), object.Name()))
}

// argumentLists returns the type arguments for which a generic name is instantiated: those that the
// user requests, or else those that its constraints allow; and those that a signature mentions.
// Each occurs once, and can be written in the package.
func (f *finder) argumentLists(
	object types.Object, generic types.Type, parameters *types.TypeParamList,
) [][]types.Type {
	lists := f.requestedInstances(object.Name(), parameters.Len())
	if lists == nil {
		lists = f.fitting(object.Name(), generic, parameters)
	}
	for _, mentioned := range f.mentioned[qualifiedName(object)] {
		lists = append(lists, mentioned.arguments)
	}
	var kept [][]types.Type
	for _, list := range lists {
		if f.canWrite(list) && !containsList(kept, list) {
			kept = append(kept, list)
		}
	}
	return kept
}

// addForeign adds the instances of other packages' generic types that only this package can write,
// because a type argument is declared in it.
func (f *finder) addForeign() {
	own := f.prefix
	defer func() { f.prefix = own }()
	for _, name := range sortedNames(f.mentioned) {
		for _, mentioned := range f.mentioned[name] {
			object := mentioned.named.Obj()
			if mentioned.in != f.types || object.Pkg() == f.types || !f.canWrite(mentioned.arguments) {
				continue
			}
			if f.prefix = f.prefixes[object.Pkg().Path()]; f.writableIn(f.glueOf(object.Pkg()), mentioned.arguments) {
				continue // that package has it itself
			}
			name := object.Name() + f.argumentText(mentioned.arguments, ";", f.text)
			f.addClass(object, mentioned.named, expression(mentioned.named, f.glue), name)
		}
	}
}

func sortedNames(of map[string][]mention) []string {
	var names []string
	for name := range of {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func (f *finder) canWrite(list []types.Type) bool {
	return f.writableIn(f.glue, list)
}

// writableIn reports whether code in a package can write the types: their names are exported, and
// their packages do not import that package.
func (f *finder) writableIn(in *types.Package, list []types.Type) bool {
	writable := true
	for _, one := range list {
		writable = writable && canBeNamed(one, in)
		eachNamed(one, func(name *types.TypeName, _ types.Type) {
			if p := name.Pkg(); p != nil && p.Path() != in.Path() && f.imports.reaches(p.Path(), in.Path()) {
				writable = false
			}
		})
	}
	return writable
}

func containsList(lists [][]types.Type, list []types.Type) bool {
	for _, one := range lists {
		if identical(one, list) {
			return true
		}
	}
	return false
}

func identical(a, b []types.Type) bool {
	for i := range a {
		if !types.Identical(a[i], b[i]) {
			return false
		}
	}
	return len(a) == len(b)
}

// requestedInstances returns the instances in the user's options, `Pair[string;int]`.
func (f *finder) requestedInstances(name string, count int) [][]types.Type {
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
