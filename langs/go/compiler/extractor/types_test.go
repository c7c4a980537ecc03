package main

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

func TestInternalPackagesAreOfTheirParentOnly(t *testing.T) {
	for _, test := range []struct {
		path, from string
		allowed    bool
	}{
		{"a/b", "c", true},
		{"a/internal/b", "a/c", true},
		{"a/internal", "a", true},
		{"a/internal/b", "ab", false},
		{"a/internal/b/internal/c", "a/d", false},
		{"a/internals", "c", true},
	} {
		if importable(test.path, test.from) != test.allowed {
			t.Errorf("%s from %s", test.path, test.from)
		}
	}
}

// checked returns a package of this source.
func checked(t *testing.T, source string) *types.Package {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "p.go", source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	config := types.Config{Importer: importer.ForCompiler(files, "source", nil)}
	made, err := config.Check("p", files, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestExpressionsNamePackagesByTheirPath(t *testing.T) {
	p := checked(t, `package p
		import "net/url"
		type T struct{}
		var A map[string]*url.URL
		var B func(T) []url.Values
		var C chan struct{ U url.URL }
	`)
	for name, expected := range map[string]string{
		"A": "map[string]*{net/url}.URL",
		"B": "func(T) []{net/url}.Values",
		"C": "chan struct{U {net/url}.URL}",
	} {
		if text := expression(p.Scope().Lookup(name).Type(), p); text != expected {
			t.Errorf("%s is written %s", name, text)
		}
	}
	elsewhere := types.NewPackage("q", "q")
	if text := expression(p.Scope().Lookup("B").Type(), elsewhere); text != "func({p}.T) []{net/url}.Values" {
		t.Error(text)
	}
}

func TestConstantsGetTheTypeThatHoldsThem(t *testing.T) {
	p := checked(t, `package p
		const (
			Int = 1
			Big = 1<<63
			Huge = 1<<64
			Float = 2.0
			Rune = 'x'
			Text = "x"
			Typed int8 = 3
		)
	`)
	for name, expected := range map[string]string{
		"Int": "int", "Big": "uint64", "Float": "float64", "Rune": "rune", "Text": "string",
		"Typed": "int8",
	} {
		if of := constantType(p.Scope().Lookup(name).(*types.Const)); of.String() != expected {
			t.Errorf("%s is %s", name, of)
		}
	}
	if of := constantType(p.Scope().Lookup("Huge").(*types.Const)); of != nil {
		t.Errorf("Huge is %s", of)
	}
}

func TestIdentifiersOfInstances(t *testing.T) {
	for name, expected := range map[string]string{
		"Max[int]": "Max_int", "Sum[[]int;int]": "Sum_int_int", "M[map[string]time.Duration]": "M_map_string_time_Duration",
		"Plain_1": "Plain_1",
	} {
		if identifier(name) != expected {
			t.Errorf("%s becomes %s", name, identifier(name))
		}
	}
}
