package main

import "go/types"

// addInterfaces finds the interfaces that classes may implement: those of the packages, and those
// that their signatures lead to.
func (f *finder) addInterfaces(all []*types.Package) {
	for _, p := range all {
		scope := p.Scope()
		for _, name := range scope.Names() {
			object, ok := scope.Lookup(name).(*types.TypeName)
			if !ok || !object.Exported() || object.IsAlias() {
				continue
			}
			if named, ok := object.Type().(*types.Named); ok && named.TypeParams().Len() == 0 {
				f.addInterface(named)
			}
		}
	}
	for _, one := range f.reached {
		f.addInterface(one.named)
	}
}

func (f *finder) addInterface(named *types.Named) {
	if under, ok := named.Underlying().(*types.Interface); ok && under.IsMethodSet() && !under.Empty() {
		f.interfaces = append(f.interfaces, named)
	}
}

// implemented returns the interfaces that a type, or a pointer to it, implements. An interface
// derives from those that have a subset of its methods.
func (f *finder) implemented(named *types.Named) []tree {
	var bases []tree
	own, isInterface := named.Underlying().(*types.Interface)
	for _, candidate := range f.interfaces {
		of := candidate.Underlying().(*types.Interface)
		if isInterface && of.NumMethods() >= own.NumMethods() {
			continue
		}
		if types.Implements(methodOwner(named), of) {
			bases = append(bases, f.tree(candidate))
		}
	}
	return bases
}

// addImplementable records an interface that objects of other runtimes may implement: all its
// methods are exported, and have types that glue can name.
func (m *member) addImplementable() {
	under, ok := m.named.Underlying().(*types.Interface)
	if !ok || under.NumMethods() == 0 || m.expression == "" || isErrorType(m.named) {
		return
	}
	noted := implementable{Go: m.expression}
	for i := range under.NumMethods() {
		method := under.Method(i)
		signature := method.Type().(*types.Signature)
		plain := types.NewSignatureType(nil, nil, nil, signature.Params(), signature.Results(), signature.Variadic())
		of := shape(plain, m.glue)
		if !method.Exported() || of.Go == "" {
			return
		}
		noted.Methods = append(noted.Methods, implementedMethod{method.Name(), of})
	}
	m.implementable = append(m.implementable, noted)
}

// isException reports whether values of a type are errors.
func isException(named *types.Named) bool {
	of := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	return types.Implements(methodOwner(named), of)
}
