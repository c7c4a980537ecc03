package main

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"
)

const needed = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo |
	packages.NeedModule

// load reads and checks the packages that a host may call into. Go compiles them, with the
// additional flags.
func load(req request, further []string) ([]*packages.Package, []problem, error) {
	flags := append(req.Flags[:len(req.Flags):len(req.Flags)], further...)
	config := &packages.Config{Mode: needed, Dir: req.Dir, BuildFlags: flags}
	all, err := packages.Load(config, req.Patterns...)
	if err != nil {
		return nil, nil, err
	}
	var exposed []*packages.Package
	for _, p := range all {
		if isExposed(p, req) {
			exposed = append(exposed, p)
		}
	}
	return exposed, problemsOf(exposed, all), nil
}

// isExposed reports whether a host may call into the package: internal packages and commands are
// excluded, except for the root itself.
func isExposed(p *packages.Package, req request) bool {
	if len(p.GoFiles) == 0 && len(p.CompiledGoFiles) == 0 {
		return false
	}
	folder := relative(p, req.Root, req.RootPath)
	for _, element := range strings.Split(folder, "/") {
		if element == "internal" {
			return false
		}
	}
	return p.Name != "main" || folder == "" && req.Facade == ""
}

// relative returns the package's folder below the root; it is empty for the root itself.
func relative(p *packages.Package, root, rootPath string) string {
	if rootPath != "" {
		return strings.TrimPrefix(strings.TrimPrefix(p.PkgPath, rootPath), "/")
	}
	files := append(append([]string{}, p.GoFiles...), p.CompiledGoFiles...)
	if len(files) == 0 {
		return ""
	}
	folder, err := filepath.Rel(root, filepath.Dir(files[0]))
	if err != nil || folder == "." {
		return ""
	}
	return filepath.ToSlash(folder)
}

// problemsOf collects the errors of the packages and of what they import, each once. If there is no
// package at all, it says why.
func problemsOf(exposed, all []*packages.Package) []problem {
	visited := exposed
	if len(exposed) == 0 {
		visited = all
	}
	var located, general []problem
	seen := map[problem]bool{}
	packages.Visit(visited, nil, func(p *packages.Package) {
		for _, err := range p.Errors {
			found := problemAt(err)
			switch {
			case seen[found]:
			case found.File != "":
				located = append(located, found)
			default:
				general = append(general, found)
			}
			seen[found] = true
		}
	})
	// An error without a position is the compiler's summary of those with one.
	if len(located) > 0 {
		return located
	}
	return general
}

var placePattern = regexp.MustCompile(`^(.+?):(\d+)(?::(\d+))?$`)

func problemAt(err packages.Error) problem {
	message := strings.TrimSpace(err.Msg)
	parts := placePattern.FindStringSubmatch(err.Pos)
	if parts == nil {
		return problem{Message: message}
	}
	line, _ := strconv.Atoi(parts[2])
	column, _ := strconv.Atoi(parts[3])
	return problem{File: parts[1], Line: line, Column: column, Message: message}
}
