// Command metaffi-go-extract reads Go packages and prints what can be called in them: as the
// modules of a MetaFFI IDL, together with the Go types that the glue of a guest needs.
//
// It reads a request as JSON from standard input and writes its answer as JSON to standard output.
// It decides nothing about files: the overlay of the request defines which packages exist.
package main

import (
	"encoding/json"
	"fmt"
	"go/types"
	"os"
)

// request tells what to read.
type request struct {
	// Dir is the folder in which go runs.
	Dir string `json:"dir"`
	// Root is the folder that entity paths of sub-packages are relative to.
	Root string `json:"root"`
	// RootPath is the import path of that folder when Patterns are import paths.
	RootPath string `json:"root_path"`
	// Facade is the import path of the package that contains the glue, if the packages themselves
	// cannot.
	Facade string `json:"facade"`
	// Patterns are patterns of `go list`.
	Patterns []string `json:"patterns"`
	// Flags are flags of `go build`.
	Flags []string `json:"flags"`
	// Instances of generic functions and types, `Pair[string;int]`.
	Instances []string `json:"instances"`
}

// problem is an error or a warning with its position.
type problem struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

// skipped is something exported that is not described, and the reason.
type skipped struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// answer is the result. If there are errors, it has no modules.
type answer struct {
	Module   *goModule `json:"module"`
	Modules  []module  `json:"modules"`
	Packages []pkg     `json:"packages"`
	objectFunctions
	// Prefixes are the prefixes of class names, by the paths of packages at run time.
	Prefixes map[string]prefix `json:"prefixes,omitempty"`
	Warnings []problem         `json:"warnings"`
	Skipped  []skipped         `json:"left_out"`
	// Unrequested counts the instances of generic names that were not requested.
	Unrequested int `json:"unrequested"`
	// SeesEnvironment reports that a package may read the process's environment.
	SeesEnvironment bool `json:"sees_environment"`
	// API is the folder of the package native of the Go API, if it is imported.
	API    string    `json:"api"`
	Errors []problem `json:"errors"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintf(os.Stderr, "metaffi-go-extract: %v\n", err)
		os.Exit(1)
	}
}

func run() error {
	var req request
	if err := json.NewDecoder(os.Stdin).Decode(&req); err != nil {
		return fmt.Errorf("the request is not valid JSON: %w", err)
	}
	found, err := extract(req)
	if err != nil {
		return err
	}
	printer := json.NewEncoder(os.Stdout)
	printer.SetEscapeHTML(false)
	return printer.Encode(found)
}

func extract(req request) (answer, error) {
	imported := make(chan imports, 1)
	go func() { imported <- importsOf(req) }()
	loaded, problems, err := load(req, compilerFlags(req.Patterns))
	var known memories
	switch {
	case err == nil && len(problems) == 0:
		known = memoriesOf(req)
	default: // also for a Go version whose compiler does not know those flags
		loaded, problems, err = load(req, nil)
	}
	if err != nil || len(problems) > 0 {
		return answer{Errors: problems}, err
	}
	all := <-imported
	found := &finder{
		root: req.Root, rootPath: req.RootPath, instances: req.Instances, context: types.NewContext(), imports: all,
		memories:   known,
		classNames: map[string]bool{}, builtins: map[builtinKey]int{},
	}
	if req.Facade != "" {
		found.facade = types.NewPackage(req.Facade, "main")
		found.gomod = &goModule{Path: req.Facade, Dir: req.Dir}
	}
	found.addAll(loaded)
	return answer{
		objectFunctions: found.addObjectFunctions(), Prefixes: found.runtimePrefixes(loaded),
		Module: found.gomod, Modules: found.modules, Packages: found.packages, Warnings: found.warnings,
		Skipped: found.skipped, Unrequested: found.unrequested, API: all.api, SeesEnvironment: all.seesEnvironment,
	}, nil
}
