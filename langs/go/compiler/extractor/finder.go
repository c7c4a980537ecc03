package main

import (
	"go/types"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/packages"
)

// finder visits the packages and collects what can be called.
type finder struct {
	root string
	// rootPath is the import path of the root, if the packages were named by their import paths.
	rootPath string
	// facade is the package that contains the glue of all packages; it is nil if each has its own.
	facade *types.Package
	// instances are the instances of generic names that the user requests.
	instances []string
	context   *types.Context
	// mentioned are the instances of generic types that signatures mention.
	mentioned map[string][]mention
	imports   imports
	memories  memories
	prefixes  map[string]prefix
	// reached are the types that signatures lead to, and classNames the names of those that
	// therefore are classes, as text writes them.
	reached    []reached
	classNames map[string]bool
	// collections are the types that still have to be described as classes.
	collections []types.Type
	// builtins holds the numbers of the entries of xcall.
	builtins map[builtinKey]int
	// interfaces are the interfaces that classes may implement.
	interfaces []*types.Named
	// others are the modules of packages that are not read.
	others   []*module
	gomod    *goModule
	modules  []module
	packages []pkg
	warnings []problem
	skipped  []skipped
	// unrequested counts the instances with basic types that are not made.
	unrequested int
	nextID      int
	// source is the package that is being read.
	source *packages.Package
	types  *types.Package
	// glue is the package that contains its glue: itself, or the facade.
	glue          *types.Package
	prefix        prefix
	docs          *docs
	entries       []entry
	implementable []implementable
	into          *module
	// names are the names of the type parameters that are being described.
	names []string
}

// prefix is the beginning of the entity paths of a package: `sub` or `a.b` below the root, empty
// for the root itself, the import path elsewhere.
type prefix string

// prefixOf returns the prefix of a folder below the root. If a name in it could also be two names,
// or that of a type, the prefix is a path: no two packages share one.
func prefixOf(folder string) prefix {
	for _, element := range strings.Split(folder, "/") {
		first, _ := utf8.DecodeRuneInString(element)
		if strings.Contains(element, ".") || unicode.IsUpper(first) {
			return prefix("./" + folder)
		}
	}
	return prefix(strings.ReplaceAll(folder, "/", "."))
}

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
		f.prefixes[p.PkgPath] = prefixOf(relative(p, f.root, f.rootPath))
	}
	var all []*types.Package
	for _, p := range loaded {
		all = append(all, p.Types)
	}
	f.mentioned = mentionedIn(all, f.prefixes)
	f.addReached(all)
	f.addInterfaces(all)
	for _, p := range loaded {
		f.addPackage(p)
	}
	sort.Slice(f.others, func(i, j int) bool { return f.others[i].Name < f.others[j].Name })
	for _, other := range f.others {
		if len(other.Classes) > 0 {
			f.modules = append(f.modules, *other)
		}
	}
}

func (f *finder) addPackage(p *packages.Package) {
	f.source, f.types, f.prefix = p, p.Types, f.prefixes[p.PkgPath]
	f.glue = f.glueOf(p.Types)
	f.entries, f.implementable = []entry{}, []implementable{}
	if f.docs == nil {
		f.docs = newDocs(p.Fset) // shared by all packages that are loaded together
	}
	f.docs.add(p.Syntax)
	name := string(f.prefix)
	if name == "" {
		name = p.Name
	}
	if f.gomod == nil && p.Module != nil {
		f.gomod = &goModule{Path: p.Module.Path, Dir: p.Module.Dir}
	}
	f.into = newModule(name, packageDoc(p.Syntax), p.PkgPath)
	f.addScope()
	f.addForeign()
	f.addReachedClasses()
	f.addCollections()
	f.modules = append(f.modules, *f.into)
	if f.facade != nil {
		f.addToFacade()
		return
	}
	f.packages = append(f.packages, pkg{
		Path: p.PkgPath, Name: p.Name, Dir: filepath.Dir(p.GoFiles[0]),
		Names: f.types.Scope().Names(), FileNames: fileNames(f.types.Scope()),
		HasMain: f.types.Scope().Lookup("main") != nil, HasAsm: hasAssembly(p), Entries: f.entries, Implementable: f.implementable,
	})
}

// runtimePrefixes returns the prefixes by the names that a running program has for the packages.
func (f *finder) runtimePrefixes(loaded []*packages.Package) map[string]prefix {
	prefixes := map[string]prefix{}
	for _, p := range loaded {
		path := p.PkgPath
		if p.Name == "main" {
			path = "main"
		}
		prefixes[path] = f.prefixes[p.PkgPath]
	}
	return prefixes
}

func newModule(name, comment, path string) *module {
	return &module{
		Name: name, Comment: comment, Tags: tags{"package": path},
		Functions: []function{}, Classes: []class{}, Globals: []global{}, ExternalResources: []string{},
	}
}

// addToFacade adds the entries to the one package that contains them all.
func (f *finder) addToFacade() {
	if len(f.packages) == 0 {
		f.packages = []pkg{{
			Path: f.facade.Path(), Name: f.facade.Name(), Dir: f.root, Names: []string{}, FileNames: []string{},
			Implementable: []implementable{},
		}}
	}
	f.packages[0].Entries = append(f.packages[0].Entries, f.entries...)
	f.packages[0].Implementable = append(f.packages[0].Implementable, f.implementable...)
}

// glueOf returns the package that contains the glue of a package.
func (f *finder) glueOf(p *types.Package) *types.Package {
	if f.facade != nil {
		return f.facade
	}
	return p
}

// own returns the glue's name for an exported name of the package.
func (f *finder) own(name string) string {
	if f.glue == f.types {
		return name
	}
	return "{" + f.types.Path() + "}." + name
}

// fileNames returns the names of imports in all files of a package: no name at package level may be
// one of them.
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

// addScope adds the exported names: functions and globals first, so that the constructors exist
// before their classes are added.
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

// add numbers an entry, and stores the number in the function's tag. An entry with types such as
// `type Color int` gets a second entry, which treats them as objects.
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

// warn reports that something is skipped.
func (f *finder) warn(object types.Object, message string) {
	at := f.source.Fset.Position(object.Pos())
	f.warnings = append(f.warnings, problem{
		File: at.Filename, Line: at.Line, Column: at.Column, Message: message,
	})
}
