package main

import (
	"go/types"
	"strings"
)

// farthest limits how far from a signature of the packages a type of another package may be to be
// described: 1 means that signatures mention it, 2 that the members of such types mention it.
const farthest = 2

// reached is a type that is described because others mention it: one of another package, or one
// that its own package does not export.
type reached struct {
	named *types.Named
	// in is the package that mentions it, and that contains its glue.
	in       *types.Package
	distance int
}

// reach finds the types that the packages' signatures lead to.
type reach struct {
	*finder
	// known holds the types that have been visited, by their names.
	known map[string]bool
	queue []reached
	in    *types.Package
}

// addReached finds all of them, nearest first.
func (f *finder) addReached(all []*types.Package) {
	r := &reach{finder: f, known: map[string]bool{}}
	for _, p := range all {
		r.in = p
		scope := p.Scope()
		for _, name := range scope.Names() {
			if object := scope.Lookup(name); object.Exported() {
				r.inObject(object)
			}
		}
	}
	for len(r.queue) > 0 {
		next := r.queue[0]
		r.queue = r.queue[1:]
		r.in = next.in
		f.reached = append(f.reached, next)
		f.classNames[f.text(next.named)] = true
		r.inMembers(next.named, next.distance)
	}
}

func (r *reach) inObject(object types.Object) {
	switch object := object.(type) {
	case *types.TypeName:
		if named, ok := types.Unalias(object.Type()).(*types.Named); ok {
			if object.IsAlias() {
				r.inType(named, 0)
			}
			r.inMembers(named, 0)
		}
	case *types.Func:
		r.inSignature(object.Type().(*types.Signature), 0)
	case *types.Var:
		r.inType(object.Type(), 0)
	case *types.Const:
		r.inType(object.Type(), 0)
	}
}

// inMembers visits the exported methods and fields of a type.
func (r *reach) inMembers(named *types.Named, distance int) {
	methods := types.NewMethodSet(methodOwner(named))
	for i := range methods.Len() {
		if object := methods.At(i).Obj(); object.Exported() {
			r.inSignature(methods.At(i).Type().(*types.Signature), distance)
		}
	}
	switch under := named.Underlying().(type) {
	case *types.Struct:
		for i := range under.NumFields() {
			if field := under.Field(i); field.Exported() {
				r.inType(field.Type(), distance)
			}
		}
	case *types.Interface:
	case *types.Signature:
		r.inSignature(under, distance)
	default:
		r.inType(under, distance)
	}
}

// inSignature visits parameters and results. An error that a call returns is raised, and is not a
// value.
func (r *reach) inSignature(signature *types.Signature, distance int) {
	for i := range signature.Params().Len() {
		r.inType(signature.Params().At(i).Type(), distance)
	}
	for i := range signature.Results().Len() {
		if of := signature.Results().At(i).Type(); !isErrorType(of) {
			r.inType(of, distance)
		}
	}
}

func (r *reach) inType(t types.Type, distance int) {
	eachNamed(t, func(_ *types.TypeName, t types.Type) {
		switch t := t.(type) {
		case *types.Named:
			r.meet(t, distance+1)
		case *types.Alias:
			r.inType(types.Unalias(t), distance)
		}
	})
}

// meet adds the type, unless it is described anyway or cannot be.
func (r *reach) meet(named *types.Named, distance int) {
	name := r.text(named)
	if r.known[name] || !isWhole(named) || named.TypeParams().Len() > named.TypeArgs().Len() {
		return
	}
	r.known[name] = true
	if isErrorType(named) || r.isOwnHidden(named) || r.isElsewhere(named) && distance <= farthest {
		r.queue = append(r.queue, reached{named, r.in, distance})
	}
}

// isOwnHidden reports whether it is a type of the current package that is not exported, but has
// exported members.
func (r *reach) isOwnHidden(named *types.Named) bool {
	object := named.Obj()
	if object.Pkg() != r.in || object.Exported() || object.Parent() != r.in.Scope() || named.TypeArgs().Len() > 0 {
		return false
	}
	return hasMethods(named) || len(fieldNames(named)) > 0
}

// hasMethods reports whether an object of the type has methods that any package may call.
func hasMethods(named *types.Named) bool {
	if _, isStruct := named.Underlying().(*types.Struct); !isStruct && !types.IsInterface(named) {
		return false
	}
	methods := types.NewMethodSet(methodOwner(named))
	for i := range methods.Len() {
		if methods.At(i).Obj().Exported() {
			return true
		}
	}
	return false
}

// isElsewhere reports whether it is a type of a package that is not read, but that the current
// package may import.
func (r *reach) isElsewhere(named *types.Named) bool {
	object := named.Obj()
	if object.Pkg() == nil || object.Parent() != object.Pkg().Scope() {
		return false
	}
	path := object.Pkg().Path()
	if _, known := r.prefixes[path]; known {
		return false
	}
	if under, ok := named.Underlying().(*types.Interface); ok && (under.Empty() || !under.IsMethodSet()) {
		return false
	}
	isOfGo := path == "iter" || path == "unsafe" || strings.HasPrefix(path, "vendor/")
	return !isOfGo && (canBeNamed(named, r.glueOf(r.in)) || hasMethods(named))
}

// methodOwner returns the type whose method set has all methods of a named type.
func methodOwner(named *types.Named) types.Type {
	if types.IsInterface(named) {
		return named
	}
	return types.NewPointer(named)
}

// addReachedClasses adds the classes that are described in this package because others mention
// them: those of other packages, each to the module of its package, and unexported ones of this
// package.
func (f *finder) addReachedClasses() {
	own, into := f.prefix, f.into
	defer func() { f.prefix, f.into = own, into }()
	for _, one := range f.reached {
		if one.in != f.types {
			continue
		}
		f.prefix, f.into = own, into
		object := one.named.Obj()
		name := object.Name() + f.instanceText(one.named)
		switch {
		case object.Pkg() == nil:
			f.prefix, f.into = "", f.elsewhere("builtin")
		case object.Pkg() != f.types:
			f.prefix, f.into = prefix(object.Pkg().Path()), f.elsewhere(object.Pkg().Path())
		}
		f.addClass(object, one.named, expression(one.named, f.glue), name)
	}
}

// instanceText returns `[int;string]`, which follows the name of an instance.
func (f *finder) instanceText(named *types.Named) string {
	arguments := named.TypeArgs()
	if arguments.Len() == 0 {
		return ""
	}
	var list []types.Type
	for i := range arguments.Len() {
		list = append(list, arguments.At(i))
	}
	return f.argumentText(list, ";", f.text)
}

// elsewhere returns the module for the classes of a package that is not read.
func (f *finder) elsewhere(path string) *module {
	for _, known := range f.others {
		if known.Name == path {
			return known
		}
	}
	made := newModule(path, "", path)
	f.others = append(f.others, made)
	return made
}
