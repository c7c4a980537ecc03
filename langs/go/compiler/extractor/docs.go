package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// docs are the comments of what a package declares, by the place of the name.
type docs map[token.Pos]string

func (d docs) of(object types.Object) string {
	return d[object.Pos()]
}

func docsOf(files []*ast.File) docs {
	found := docs{}
	for _, file := range files {
		for _, declaration := range file.Decls {
			found.addDeclaration(declaration)
		}
	}
	return found
}

func packageDoc(files []*ast.File) string {
	for _, file := range files {
		if text := textOf(file.Doc); text != "" {
			return text
		}
	}
	return ""
}

func (d docs) addDeclaration(declaration ast.Decl) {
	switch declaration := declaration.(type) {
	case *ast.FuncDecl:
		d.add(declaration.Name, declaration.Doc)
	case *ast.GenDecl:
		group := declaration.Doc
		if declaration.Lparen.IsValid() {
			group = nil // it is about all of them
		}
		for _, spec := range declaration.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				d.add(spec.Name, spec.Doc, spec.Comment, group)
				d.addMembers(spec.Type)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					d.add(name, spec.Doc, spec.Comment, group)
				}
			}
		}
	}
}

// addMembers adds the fields of a struct, or the methods of an interface.
func (d docs) addMembers(of ast.Expr) {
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
			d.add(name, member.Doc, member.Comment)
		}
	}
}

// add keeps the first of the comments that there is.
func (d docs) add(name *ast.Ident, comments ...*ast.CommentGroup) {
	for _, comment := range comments {
		if text := textOf(comment); text != "" {
			d[name.Pos()] = text
			return
		}
	}
}

func textOf(comment *ast.CommentGroup) string {
	if comment == nil {
		return ""
	}
	return strings.TrimSpace(comment.Text())
}
