package main

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// The structs below are the IDL's, in the order and under the names in which
// MetaFFI reads and prints it.

type tags = map[string]string

// entityPath is keys and values in turn; JSON keeps their order.
type entityPath []string

// MarshalJSON writes an object.
func (p entityPath) MarshalJSON() ([]byte, error) {
	var text bytes.Buffer
	text.WriteByte('{')
	for i := 0; i < len(p); i += 2 {
		if i > 0 {
			text.WriteByte(',')
		}
		fmt.Fprintf(&text, "%s:%s", quoted(p[i]), quoted(p[i+1]))
	}
	text.WriteByte('}')
	return text.Bytes(), nil
}

func quoted(text string) []byte {
	literal, _ := json.Marshal(text) // a string always has one
	return literal
}

type module struct {
	Name              string     `json:"name"`
	Comment           string     `json:"comment"`
	Tags              tags       `json:"tags"`
	Functions         []function `json:"functions"`
	Classes           []class    `json:"classes"`
	Globals           []global   `json:"globals"`
	Aliases           []alias    `json:"aliases,omitempty"`
	ExternalResources []string   `json:"external_resources"`
}

// alias is another name of a type.
type alias struct {
	Name    string `json:"name"`
	Tree    tree   `json:"tree"`
	Comment string `json:"comment,omitempty"`
}

type function struct {
	Name          string      `json:"name"`
	Comment       string      `json:"comment"`
	Tags          tags        `json:"tags"`
	EntityPath    entityPath  `json:"entity_path"`
	Parameters    []parameter `json:"parameters"`
	ReturnValues  []parameter `json:"return_values"`
	OverloadIndex int         `json:"overload_index"`
	Raises        []tree      `json:"raises,omitempty"`
	Deprecated    *string     `json:"deprecated,omitempty"`
}

type method struct {
	function
	InstanceRequired bool `json:"instance_required"`
	IsAbstract       bool `json:"is_abstract,omitempty"`
}

type class struct {
	Name         string     `json:"name"`
	Comment      string     `json:"comment"`
	Tags         tags       `json:"tags"`
	EntityPath   entityPath `json:"entity_path"`
	Constructors []function `json:"constructors"`
	Release      *method    `json:"release"`
	Methods      []method   `json:"methods"`
	Fields       []field    `json:"fields"`
	ID           string     `json:"id"`
	Kind         string     `json:"kind,omitempty"`
	// TypeParameters are those of a generic type.
	TypeParameters []typeParameter `json:"type_parameters,omitempty"`
	// Bases are the interfaces that it implements.
	Bases      []tree `json:"bases,omitempty"`
	IsAbstract bool   `json:"is_abstract,omitempty"`
	// BehavesAs is what a named type that is not a struct is made from.
	BehavesAs  *tree             `json:"behaves_as,omitempty"`
	Operations map[string]string `json:"operations,omitempty"`
	Deprecated *string           `json:"deprecated,omitempty"`
}

// The kinds of a class.
const (
	classStruct    = "struct"
	classInterface = "interface"
	classException = "exception"
	classFunction  = "function"
)

// typeParameter is a type parameter, and what an argument must be.
type typeParameter struct {
	Name   string `json:"name"`
	Bounds []tree `json:"bounds,omitempty"`
}

type parameter struct {
	Name       string `json:"name"`
	Type       string `json:"type"`
	TypeAlias  string `json:"type_alias"`
	Comment    string `json:"comment"`
	Tags       tags   `json:"tags"`
	Dimensions int    `json:"dimensions"`
	IsOptional bool   `json:"is_optional"`
	Tree       tree   `json:"tree"`
	Passing    string `json:"passing,omitempty"`
}

type field struct {
	parameter
	Getter *method `json:"getter"`
	Setter *method `json:"setter"`
}

type global struct {
	parameter
	Getter *function `json:"getter"`
	Setter *function `json:"setter"`
	// Constant is the value of a constant, as the IDL writes it.
	Constant json.RawMessage `json:"constant,omitempty"`
}

// The structs below are what the glue of a guest is written from.

// goModule is the Go module that the packages belong to.
type goModule struct {
	Path string `json:"path"`
	Dir  string `json:"dir"`
}

// pkg is a package that the guest consists of.
type pkg struct {
	Path  string   `json:"path"`
	Name  string   `json:"name"`
	Dir   string   `json:"dir"`
	Names []string `json:"names"`
	// FileNames are those of imports.
	FileNames []string `json:"file_names"`
	HasMain   bool     `json:"has_main"`
	HasAsm    bool     `json:"has_asm"`
	Entries   []entry  `json:"entries"`
	// Implementable are the interfaces that foreign objects may implement.
	Implementable []implementable `json:"implementable"`
}

// implementable is an interface whose methods a foreign object may have.
type implementable struct {
	Go      string              `json:"go"`
	Methods []implementedMethod `json:"methods"`
}

// implementedMethod is a method, and the func type that it has.
type implementedMethod struct {
	Name string `json:"name"`
	Func goType `json:"func"`
}

// entry is one thing that can be called; ID is what the IDL's tag names.
type entry struct {
	ID        int      `json:"id"`
	Kind      string   `json:"kind"`
	Name      string   `json:"name"`
	Signature string   `json:"signature"`
	Receiver  *goType  `json:"receiver"`
	Params    []goType `json:"params"`
	Results   []goType `json:"results"`
	Variadic  bool     `json:"variadic"`
	// Cases are the entries of instances that a dispatch chooses from.
	Cases []instanceCase `json:"cases"`
}

// instanceCase is an instance's type as an expression, and its entry.
type instanceCase struct {
	Go string `json:"go"`
	ID int    `json:"id"`
}

// The kinds of an entry.
const (
	kindFunction  = "function"
	kindMethod    = "method"
	kindGetField  = "get_field"
	kindSetField  = "set_field"
	kindGetGlobal = "get_global"
	kindSetGlobal = "set_global"
	kindEmpty     = "empty"
	kindDispatch  = "dispatch"
	// kindBuiltin is an entry that xcall itself has.
	kindBuiltin = "builtin"
)

// goType is a type as the glue has to treat it.
type goType struct {
	// Go is the type as an expression, packages written as `{path}.`; empty
	// when code outside of its package cannot name it.
	Go string `json:"go"`
	// Kind is a basic type's name, or any, error, object, struct, func, slice,
	// array.
	Kind string `json:"kind"`
	// Named says that it is not the basic type itself, but one made from it.
	Named bool `json:"named"`
	// Either says that a parameter takes an object of the type, too.
	Either bool `json:"either"`
	// Memory says how a parameter's memory reaches it, where not by a mere copy.
	Memory string `json:"memory,omitempty"`
	// declared says that it is a basic type with a name of its own.
	declared bool
	// Elem and Len are those of slices and arrays.
	Elem *goType `json:"elem"`
	Len  int64   `json:"len"`
	// Func is of a func type; of one that is within itself only its name is told.
	Func *goFunc `json:"func"`
}

// goFunc is the signature of a func type.
type goFunc struct {
	Params   []goType `json:"params"`
	Results  []goType `json:"results"`
	Variadic bool     `json:"variadic"`
}
