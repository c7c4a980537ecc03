package main

import (
	"fmt"
	"go/types"
	"slices"
)

// usualArguments are the types for which everything generic is instantiated, as far as its
// constraints allow: the types that values of every host can have.
var usualArguments = []types.Type{
	types.Typ[types.Bool], types.Typ[types.Int], types.Typ[types.Int64], types.Typ[types.Float64],
	types.Typ[types.String],
	types.Universe.Lookup("any").Type(),
}

// basicArguments are all named basic types of Go, and any.
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

// mostCombinations limits the number of lists that are tried if the type parameters cannot all be
// one type.
const mostCombinations = 64

// everything is the option that requests the instances with all basic types.
const everything = "*"

// fitting returns the lists of type arguments that the constraints allow. All type parameters are
// one usual type; if no type fits them all, each is every usual type that its own constraint
// allows, then every basic one; if no type fits, the package's own types are tried. A parameter
// that follows from others, such as S in [S ~[]E, E any], is derived from them.
func (f *finder) fitting(name string, generic types.Type, parameters *types.TypeParamList) [][]types.Type {
	search := search{finder: f, generic: generic, parameters: parameters}
	tried := usualArguments
	if slices.Contains(f.instances, everything) {
		tried = basicArguments
	}
	if lists := search.alike(tried); len(lists) > 0 {
		f.skipInstances(name, len(search.alike(basicArguments))-len(lists))
		return lists
	}
	for _, candidates := range [][]types.Type{tried, basicArguments} {
		if lists := search.combined(candidates); len(lists) > 0 {
			return lists
		}
	}
	own := f.ownTypes()
	if lists := search.alike(own); len(lists) > 0 {
		return lists
	}
	return search.combined(append(own, basicArguments...))
}

// skipInstances records the instances of a generic name that were not requested.
func (f *finder) skipInstances(name string, count int) {
	if count > 0 {
		f.unrequested += count
		why := fmt.Sprintf("%d instances with other basic types, which were not requested", count)
		f.skipped = append(f.skipped, skipped{f.prefix.with(name), why})
	}
}

// ownTypes returns the exported types of the package that are not generic, and pointers to them.
func (f *finder) ownTypes() []types.Type {
	var own []types.Type
	scope := f.types.Scope()
	for _, name := range scope.Names() {
		object, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || !object.Exported() || object.IsAlias() {
			continue
		}
		named, ok := object.Type().(*types.Named)
		if !ok || named.TypeParams().Len() > 0 {
			continue
		}
		if under, ok := named.Underlying().(*types.Interface); ok {
			if under.IsMethodSet() {
				own = append(own, named)
			}
			continue
		}
		own = append(own, named, types.NewPointer(named))
	}
	return own
}

// search looks for the type arguments of one generic name.
type search struct {
	*finder
	generic    types.Type
	parameters *types.TypeParamList
}

// alike returns the lists with one type for all parameters.
func (s *search) alike(candidates []types.Type) [][]types.Type {
	var lists [][]types.Type
	for _, candidate := range candidates {
		list := make([]types.Type, s.parameters.Len())
		for i := range list {
			if s.shapeOf(i) == nil {
				list[i] = candidate
			}
		}
		lists = s.keep(lists, list)
	}
	return lists
}

// combined returns the lists with any type for each parameter.
func (s *search) combined(candidates []types.Type) [][]types.Type {
	lists := [][]types.Type{make([]types.Type, s.parameters.Len())}
	for i := range s.parameters.Len() {
		if s.shapeOf(i) != nil {
			continue
		}
		var longer [][]types.Type
		for _, list := range lists {
			for _, candidate := range candidates {
				if len(longer) < mostCombinations && s.allows(i, candidate) {
					longer = append(longer, append(append(list[:i:i], candidate), list[i+1:]...))
				}
			}
		}
		lists = longer
	}
	var kept [][]types.Type
	for _, list := range lists {
		kept = s.keep(kept, list)
	}
	return kept
}

// allows reports whether a parameter's constraint allows a type; a constraint that depends on other
// parameters is checked when all of them are known.
func (s *search) allows(i int, candidate types.Type) bool {
	constraint, ok := s.parameters.At(i).Constraint().Underlying().(*types.Interface)
	return !ok || s.mentions(constraint) || types.Satisfies(candidate, constraint)
}

// keep adds the list, completed by what follows from it, if the type checker accepts it.
func (s *search) keep(lists [][]types.Type, list []types.Type) [][]types.Type {
	for range list { // a parameter may follow from one that itself follows from another
		for i := range list {
			if of := s.shapeOf(i); of != nil {
				list[i] = s.filled(of, list)
			}
		}
	}
	for _, one := range list {
		if one == nil || s.mentions(one) {
			return lists
		}
	}
	if _, err := types.Instantiate(s.context, s.generic, list, true); err != nil {
		return lists
	}
	return append(lists, list)
}

// shapeOf returns the only type that a parameter's constraint allows, if it consists of other
// parameters.
func (s *search) shapeOf(i int) types.Type {
	constraint, ok := s.parameters.At(i).Constraint().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	if term := onlyTerm(constraint); term != nil && s.mentions(term) {
		return term
	}
	return nil
}

// onlyTerm returns the type of a constraint's only term, with or without a tilde.
func onlyTerm(constraint *types.Interface) types.Type {
	for i := range constraint.NumEmbeddeds() {
		switch embedded := types.Unalias(constraint.EmbeddedType(i)).(type) {
		case *types.Union:
			if embedded.Len() == 1 {
				return embedded.Term(0).Type()
			}
		case *types.Named:
			if under, ok := embedded.Underlying().(*types.Interface); ok {
				if term := onlyTerm(under); term != nil {
					return term
				}
			}
		case *types.Interface, *types.TypeParam:
		default:
			return embedded
		}
	}
	return nil
}

// mentions reports whether a type contains a type parameter.
func (s *search) mentions(t types.Type) bool {
	found := false
	substitution(func(part types.Type) types.Type {
		switch part.(type) {
		case *types.TypeParam:
			found = true
		case *types.Union:
			return part
		}
		return nil
	}).in(t)
	return found
}

// filled returns a type in which the known parameters are replaced by their arguments.
func (s *search) filled(t types.Type, list []types.Type) types.Type {
	return substitution(func(part types.Type) types.Type {
		if parameter, ok := part.(*types.TypeParam); ok && list[parameter.Index()] != nil {
			return list[parameter.Index()]
		}
		return nil
	}).in(t)
}
