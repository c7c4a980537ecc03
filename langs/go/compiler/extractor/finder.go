package main

import (
	"go/types"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"
)

// finder goes through the packages and collects what can be called.
type finder struct {
	root string
	// instances are those of generic names that the user asks for.
	instances []string
	context   *types.Context
	// mentioned are the instances of generic types that signatures name.
	mentioned map[string][]mention
	imports   imports
	prefixes  map[string]prefix
	gomod     *goModule
	modules   []module
	packages  []pkg
	warnings  []problem
	nextID    int
	// The package that it is in.
	source  *packages.Package
	types   *types.Package
	prefix  prefix
	docs    docs
	entries []entry
	into    *module
}

// prefix is what the entity paths of a package begin with: `sub` or `a.b`, and
// nothing for the root.
type prefix string

func (p prefix) with(name string) string {
	if p == "" {
		return name
	}
	return string(p) + "." + name
}

func (f *finder) addAll(loaded []*packages.Package) {
	f.prefixes = map[string]prefix{}
	sort.Slice(loaded, func(i, j int) bool { return loaded[i].PkgPath < loaded[j].PkgPath })
	for _, p := range loaded {
		f.prefixes[p.PkgPath] = prefix(strings.ReplaceAll(relative(p, f.root), "/", "."))
	}
	var all []*types.Package
	for _, p := range loaded {
		all = append(all, p.Types)
	}
	f.mentioned = mentionedIn(all, f.prefixes)
	for _, p := range loaded {
		f.addPackage(p)
	}
}

func (f *finder) addPackage(p *packages.Package) {
	f.source, f.types, f.prefix = p, p.Types, f.prefixes[p.PkgPath]
	f.docs, f.entries = docsOf(p.Syntax), []entry{}
	name := string(f.prefix)
	if name == "" {
		name = p.Name
	}
	if f.gomod == nil && p.Module != nil {
		f.gomod = &goModule{Path: p.Module.Path, Dir: p.Module.Dir}
	}
	f.into = &module{
		Name: name, Comment: packageDoc(p.Syntax), Tags: tags{"package": p.PkgPath},
		Functions: []function{}, Classes: []class{}, Globals: []global{}, ExternalResources: []string{},
	}
	f.addScope()
	f.addForeign()
	f.modules = append(f.modules, *f.into)
	f.packages = append(f.packages, pkg{
		Path: p.PkgPath, Name: p.Name, Dir: filepath.Dir(p.GoFiles[0]),
		Names: f.types.Scope().Names(), FileNames: fileNames(f.types.Scope()),
		HasMain: f.types.Scope().Lookup("main") != nil, HasAsm: hasAssembly(p), Entries: f.entries,
	})
}

// fileNames are the names of imports in any file of a package: no name on the
// package's level may be one of them.
func fileNames(scope *types.Scope) []string {
	names := []string{}
	for i := range scope.NumChildren() {
		names = append(names, scope.Child(i).Names()...)
	}
	return names
}

func hasAssembly(p *packages.Package) bool {
	for _, file := range p.OtherFiles {
		if suffix := filepath.Ext(file); suffix == ".s" || suffix == ".S" {
			return true
		}
	}
	return false
}

// addScope adds the exported names: functions and globals first, so that the
// constructors are there when their classes come.
func (f *finder) addScope() {
	var typeNames []*types.TypeName
	scope := f.types.Scope()
	for _, name := range scope.Names() {
		object := scope.Lookup(name)
		if !object.Exported() {
			continue
		}
		switch object := object.(type) {
		case *types.Func:
			f.addFunction(object)
		case *types.Var:
			f.addVariable(object)
		case *types.Const:
			f.addConstant(object)
		case *types.TypeName:
			typeNames = append(typeNames, object)
		}
	}
	for _, name := range typeNames {
		f.addType(name)
	}
}

// add gives an entry its number, which the function's tag names. One with types
// such as `type Color int` gets a second entry, to which they are objects.
func (f *finder) add(e entry, to *function) {
	to.Tags["entry"] = strconv.Itoa(f.number(e))
	if objects, found := withObjects(e); found {
		to.Tags["objects"] = strconv.Itoa(f.number(objects))
	}
}

func withObjects(e entry) (entry, bool) {
	found := false
	change := func(types []goType, change func(*goType)) []goType {
		changed := append([]goType{}, types...)
		for i := range changed {
			if changed[i].declared && changed[i].Go != "" {
				change(&changed[i])
				found = true
			}
		}
		return changed
	}
	e.Params = change(e.Params, func(t *goType) { t.Either = true })
	e.Results = change(e.Results, func(t *goType) { t.Kind = isObject })
	return e, found
}

func (f *finder) number(e entry) int {
	e.ID = f.nextID
	f.nextID++
	if e.Params == nil {
		e.Params = []goType{}
	}
	if e.Results == nil {
		e.Results = []goType{}
	}
	if e.Cases == nil {
		e.Cases = []instanceCase{}
	}
	f.entries = append(f.entries, e)
	return e.ID
}

// warn says that something is left out.
func (f *finder) warn(object types.Object, message string) {
	at := f.source.Fset.Position(object.Pos())
	f.warnings = append(f.warnings, problem{
		File: at.Filename, Line: at.Line, Column: at.Column, Message: message,
	})
}
