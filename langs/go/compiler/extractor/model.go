package main

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// The structs below are those of the IDL, with the order and names that MetaFFI reads and prints.

type tags = map[string]string

// entityPath holds keys and values in turn; JSON keeps their order.
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
	literal, _ := json.Marshal(text) // a string can always be marshaled
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
	// TypeParameters are the type parameters of a generic type.
	TypeParameters []typeParameter `json:"type_parameters,omitempty"`
	// Bases are the interfaces that it implements.
	Bases      []tree `json:"bases,omitempty"`
	IsAbstract bool   `json:"is_abstract,omitempty"`
	// BehavesAs is the underlying type of a named type that is not a struct.
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

// typeParameter is a type parameter, and what its argument must be.
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

// The structs below are what the glue of a guest is generated from.

// goModule is the Go module of the packages.
type goModule struct {
	Path string `json:"path"`
	Dir  string `json:"dir"`
}

// pkg is a package of the guest.
type pkg struct {
	Path  string   `json:"path"`
	Name  string   `json:"name"`
	Dir   string   `json:"dir"`
	Names []string `json:"names"`
	// FileNames are the names of imports.
	FileNames []string `json:"file_names"`
	HasMain   bool     `json:"has_main"`
	HasAsm    bool     `json:"has_asm"`
	Entries   []entry  `json:"entries"`
	// Implementable are the interfaces that foreign objects may implement.
	Implementable []implementable `json:"implementable"`
}

// implementable is an interface that a foreign object may implement.
type implementable struct {
	Go      string              `json:"go"`
	Methods []implementedMethod `json:"methods"`
}

// implementedMethod is a method, and its func type.
type implementedMethod struct {
	Name string `json:"name"`
	Func goType `json:"func"`
}

// entry is something that can be called; ID is the number in the IDL's tag.
type entry struct {
	ID        int      `json:"id"`
	Kind      string   `json:"kind"`
	Name      string   `json:"name"`
	Signature string   `json:"signature"`
	Receiver  *goType  `json:"receiver"`
	Params    []goType `json:"params"`
	Results   []goType `json:"results"`
	Variadic  bool     `json:"variadic"`
	// Cases are the entries of the instances that a dispatch chooses from.
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
	// kindBuiltin is an entry of xcall itself.
	kindBuiltin = "builtin"
)

// goType is a type as the glue treats it.
type goType struct {
	// Go is the type as an expression, with packages written as `{path}.`; it is empty if code
	// outside of its package cannot name it.
	Go string `json:"go"`
	// Kind is a basic type's name, or any, error, object, struct, func, slice,
	// array.
	Kind string `json:"kind"`
	// Named tells that it is not the basic type itself, but one derived from it.
	Named bool `json:"named"`
	// Either tells that a parameter also takes an object of the type.
	Either bool `json:"either"`
	// Memory tells how a parameter's memory is passed, if not simply copied.
	Memory string `json:"memory,omitempty"`
	// declared tells that it is a basic type with a name of its own.
	declared bool
	// Elem and Len are set for slices and arrays.
	Elem *goType `json:"elem"`
	Len  int64   `json:"len"`
	// Func is set for a func type; one that is nested in itself has only its name.
	Func *goFunc `json:"func"`
}

// goFunc is the signature of a func type.
type goFunc struct {
	Params   []goType `json:"params"`
	Results  []goType `json:"results"`
	Variadic bool     `json:"variadic"`
}
