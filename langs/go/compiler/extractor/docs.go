package main

import (
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
)

// place is the position at which a name is declared. Export data has only files and lines.
type place struct {
	file string
	line int
	name string
}

// doc is the content of a comment.
type doc struct {
	// text is Markdown.
	text string
	// deprecated is the reason not to use it any more; nil if it is not deprecated.
	deprecated *string
	// mentionsNil reports whether it mentions nil.
	mentionsNil bool
}

// docs holds the comments of the declarations of all packages.
type docs struct {
	files *token.FileSet
	found map[place]doc
	// read holds the files whose comments have been read.
	read map[string]bool
}

func newDocs(files *token.FileSet) *docs {
	return &docs{files: files, found: map[place]doc{}, read: map[string]bool{}}
}

// of returns the comment of an object of any package.
func (d *docs) of(object types.Object) doc {
	if !object.Pos().IsValid() {
		return doc{}
	}
	at := d.files.Position(object.Pos())
	if !d.read[at.Filename] {
		d.addFile(at.Filename)
	}
	return d.found[place{at.Filename, at.Line, object.Name()}]
}

// addFile reads the comments of a file of another package, if it exists.
func (d *docs) addFile(name string) {
	d.read[name] = true
	if file, err := parser.ParseFile(d.files, name, nil, parser.ParseComments|parser.SkipObjectResolution); err == nil {
		d.addDeclarations(file)
	}
}

// add adds the comments of parsed files.
func (d *docs) add(files []*ast.File) {
	for _, file := range files {
		d.read[d.files.Position(file.Pos()).Filename] = true
		d.addDeclarations(file)
	}
}

func (d *docs) addDeclarations(file *ast.File) {
	for _, declaration := range file.Decls {
		switch declaration := declaration.(type) {
		case *ast.FuncDecl:
			d.keep(declaration.Name, declaration.Doc)
		case *ast.GenDecl:
			d.addSpecs(declaration)
		}
	}
}

func (d *docs) addSpecs(declaration *ast.GenDecl) {
	group := declaration.Doc
	if declaration.Lparen.IsValid() {
		group = nil // it documents all of them
	}
	for _, spec := range declaration.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			d.keep(spec.Name, spec.Doc, spec.Comment, group)
			d.addMembers(spec.Type)
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				d.keep(name, spec.Doc, spec.Comment, group)
			}
		}
	}
}

// addMembers adds the fields of a struct, or the methods of an interface.
func (d *docs) addMembers(of ast.Expr) {
	var members *ast.FieldList
	switch of := of.(type) {
	case *ast.StructType:
		members = of.Fields
	case *ast.InterfaceType:
		members = of.Methods
	default:
		return
	}
	for _, member := range members.List {
		for _, name := range member.Names {
			d.keep(name, member.Doc, member.Comment)
		}
	}
}

// keep stores the first of the comments that exists.
func (d *docs) keep(name *ast.Ident, comments ...*ast.CommentGroup) {
	for _, group := range comments {
		if desc := docOf(group); desc.text != "" {
			at := d.files.Position(name.Pos())
			d.found[place{at.Filename, at.Line, name.Name}] = desc
			return
		}
	}
}

func packageDoc(files []*ast.File) string {
	for _, file := range files {
		if desc := docOf(file.Doc); desc.text != "" {
			return desc.text
		}
	}
	return ""
}

func docOf(group *ast.CommentGroup) doc {
	if group == nil {
		return doc{}
	}
	text := strings.TrimSpace(group.Text())
	if text == "" {
		return doc{}
	}
	return doc{text: markdown(text), deprecated: deprecation(text), mentionsNil: word("nil", text)}
}

// markdown returns a doc comment as Markdown. Links within Go have no address in a stub, so only
// their text is kept.
func markdown(text string) string {
	parser := comment.Parser{LookupSym: func(string, string) bool { return true }}
	printer := comment.Printer{
		HeadingID:  func(*comment.Heading) string { return "" },
		DocLinkURL: func(*comment.DocLink) string { return "" },
	}
	return strings.TrimSpace(string(printer.Markdown(parser.Parse(text))))
}

// deprecation returns the paragraph that marks a declaration as deprecated, without the marker.
func deprecation(text string) *string {
	for _, paragraph := range strings.Split(text, "\n\n") {
		if why, found := strings.CutPrefix(strings.TrimSpace(paragraph), "Deprecated:"); found {
			why = strings.Join(strings.Fields(why), " ")
			return &why
		}
	}
	return nil
}

// word reports whether a text contains a word.
func word(wanted, text string) bool {
	for _, found := range strings.FieldsFunc(text, func(c rune) bool { return c < 'A' || c > 'z' }) {
		if found == wanted {
			return true
		}
	}
	return false
}
