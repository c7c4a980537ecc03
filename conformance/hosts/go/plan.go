package main

import (
	"encoding/json"
	"fmt"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

// plan is what cargo xtask matrix writes for a cell.
type plan struct {
	Guest    string
	Modules  map[string]string // by runtime
	Entities map[string]entity // by name: "echo of go"
	Steps    []step
	Leaves   bool // without releasing anything
}

// entity is an entity of a guest.
type entity struct {
	Runtime, Path   string
	Params, Returns []declared
}

// declared is a declared type.
type declared struct {
	Type  string
	Dims  int
	Alias string
}

func infos(types []declared) []metaffi.MetaFFITypeInfo {
	infos := make([]metaffi.MetaFFITypeInfo, len(types))
	for i, of := range types {
		infos[i] = metaffi.MetaFFITypeInfo{
			StringType: metaffi.MetaFFIType(of.Type), Alias: of.Alias, Dimensions: of.Dims,
		}
	}
	return infos
}

// step is one step: the field that is set determines its kind.
type step struct {
	Call           *string
	Args, Returns  []any
	Fails          *failing
	Release        *string
	Forget         *string
	Same           *[2]string
	Different      *[2]string
	Threads        *int
	Times          *int
	Steps          []step
	Live           *int64
	ReleaseRuntime *string `json:"release_runtime"`
}

// failing describes an expected error.
type failing struct {
	Kind, Language, Type string
	Message, Stack       texts
	Cause                *failing
	Original             string
	Later                bool
}

// texts is one text or several, each of which is a part of the whole.
type texts []string

func (t *texts) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*t = texts{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(t))
}

func (s step) String() string {
	text, err := json.Marshal(s)
	if err != nil {
		return err.Error()
	}
	return short(string(text))
}

// short returns a value in a few characters.
func short(value any) string {
	text := fmt.Sprintf("%#v", value)
	if len(text) < 300 {
		return text
	}
	return fmt.Sprintf("%s… (%d bytes)", text[:300], len(text))
}
