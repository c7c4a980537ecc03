package main

import (
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"
)

// hostAPI is the package that every program with the Go API is linked with.
const hostAPI = "github.com/MetaFFI/sdk/api/go/native"

// imports describes what the packages import, directly or indirectly.
type imports struct {
	// api is the folder of hostAPI; it is empty if the packages are not a host.
	api string
	// graph holds the imports of each package by their import paths.
	graph map[string][]string
	// seesEnvironment reports whether one of them may read the environment.
	seesEnvironment bool
}

// withoutEnvironment are the packages of the standard library, with those below them, that do not read the
// environment. Others may: os, time (TZ), net.
var withoutEnvironment = []string{
	"C", "bufio", "bytes", "cmp", "container", "context", "embed", "encoding/base64", "encoding/binary",
	"encoding/csv", "encoding/hex", "encoding/json", "errors", "fmt", "hash", "io", "iter", "maps", "math",
	"reflect", "regexp", "slices", "sort", "strconv", "strings", "sync", "text", "unicode", "unique", "unsafe",
}

func importsOf(req request) imports {
	mode := packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule
	config := &packages.Config{Mode: mode, Dir: req.Dir, BuildFlags: req.Flags}
	all, err := packages.Load(config, req.Patterns...)
	if err != nil {
		return imports{} // the other load of these packages fails in the same way, and is reported
	}
	var exposed []*packages.Package
	for _, p := range all {
		if isExposed(p, req) {
			exposed = append(exposed, p)
		}
	}
	found := imports{graph: map[string][]string{}}
	packages.Visit(exposed, nil, found.add)
	return found
}

func (i *imports) add(p *packages.Package) {
	if p.PkgPath == hostAPI && len(p.GoFiles) > 0 {
		i.api = filepath.Dir(p.GoFiles[0])
	}
	for path := range p.Imports {
		i.graph[p.PkgPath] = append(i.graph[p.PkgPath], path)
	}
	if p.Module == nil {
		return // standard library: what imports it counts
	}
	for path, imported := range p.Imports {
		if imported.Module == nil && !ignoresEnvironment(path) {
			i.seesEnvironment = true
		}
	}
}

// reaches reports whether a package imports another, directly or indirectly.
func (i *imports) reaches(from, to string) bool {
	seen := map[string]bool{}
	var visit func(string) bool
	visit = func(path string) bool {
		if seen[path] {
			return false
		}
		seen[path] = true
		for _, imported := range i.graph[path] {
			if imported == to || visit(imported) {
				return true
			}
		}
		return false
	}
	return visit(from)
}

func ignoresEnvironment(path string) bool {
	for _, known := range withoutEnvironment {
		if path == known || strings.HasPrefix(path, known+"/") {
			return path != "io/ioutil"
		}
	}
	return false
}
