package stubs

import (
	"fmt"
	"strings"
	"sync"

	metaffi "github.com/MetaFFI/sdk/api/go"
	"github.com/MetaFFI/sdk/api/go/xcall"
)

// The newest and the oldest version of the stubs that this package supports.
const (
	newest = 1
	oldest = 1
)

// Handle is an object of another runtime that has no class in the stubs.
type Handle = metaffi.MetaFFIHandle

// Module is what a package of stubs is bound to.
type Module struct {
	// Package is the name of the package.
	Package string
	// Version is the version of its stubs, MadeBy the metaffi that wrote them.
	Version int
	MadeBy  string
	// ClassOf returns the class of an object, SupertypesOf all its classes;
	// Text, Equal, Iterate and Next work on every object. Each may be nil, if
	// the guest has no such operation.
	ClassOf, SupertypesOf      *Entity
	Text, Equal, Iterate, Next *Entity
	// Exceptions are the classes of the errors.
	Exceptions []*Class

	lock   sync.Mutex
	bound  *metaffi.MetaFFIModule
	loaded []*Entity
	byID   map[string]*Class
}

// Bind loads the module of a runtime; each entity is loaded when it is first
// called. Entities loaded from a previous module are discarded.
func (m *Module) Bind(path, runtime string) error {
	if m.Version < oldest || m.Version > newest {
		return m.versionMismatch()
	}
	module, err := metaffi.NewMetaFFIRuntime(runtime).LoadModule(path)
	if err != nil {
		return err
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	for _, entity := range m.loaded {
		entity.function.Store(nil)
	}
	m.bound, m.loaded = module, nil
	return nil
}

func (m *Module) versionMismatch() error {
	return &metaffi.MetaFFIError{
		Kind: metaffi.ErrorABI, Language: "go", Message: fmt.Sprintf(
			"package %s has stubs of version %d, written by metaffi %s, and this API supports %s: "+
				"write the stubs again with the metaffi of this API, or update the API with metaffi go-setup",
			m.Package, m.Version, m.MadeBy, versions()),
	}
}

func versions() string {
	if oldest == newest {
		return fmt.Sprintf("version %d", newest)
	}
	return fmt.Sprintf("versions %d to %d", oldest, newest)
}

func (m *Module) unbound() error {
	return &metaffi.MetaFFIError{
		Kind: metaffi.ErrorNotFound, Language: "go", Message: fmt.Sprintf(
			"package %s is not bound to code: call %s.BindModuleToCode(path, runtime) first", m.Package, m.Package),
	}
}

// load loads an entity once, until the module is bound to other code.
func (m *Module) load(entity *Entity) (*xcall.Function, error) {
	m.lock.Lock()
	defer m.lock.Unlock()
	if function := entity.function.Load(); function != nil {
		return function, nil
	}
	if m.bound == nil {
		return nil, m.unbound()
	}
	function, err := m.bound.LoadTyped(entity.Path, typesOf(entity.Params), typesOf(entity.Results))
	if err != nil {
		return nil, err
	}
	function.Classes = m.errorAs
	entity.function.Store(function)
	m.loaded = append(m.loaded, entity)
	return function, nil
}

// typesOf reads int64 handle<java.util.List> string8_array[2], which is how an
// entity writes its types: separated by blanks.
func typesOf(text string) []metaffi.MetaFFITypeInfo {
	var infos []metaffi.MetaFFITypeInfo
	for text != "" {
		var info metaffi.MetaFFITypeInfo
		info, text = typeOf(text)
		infos = append(infos, info)
	}
	return infos
}

// typeOf reads the first of several types. An alias may contain blanks and
// brackets.
func typeOf(text string) (info metaffi.MetaFFITypeInfo, rest string) {
	end := strings.IndexAny(text, " <[")
	if end < 0 {
		return metaffi.MetaFFITypeInfo{StringType: metaffi.MetaFFIType(text)}, ""
	}
	info.StringType, rest = metaffi.MetaFFIType(text[:end]), text[end:]
	if strings.HasPrefix(rest, "<") {
		end = closing(rest)
		info.Alias, rest = rest[1:end], rest[end+1:]
	}
	if strings.HasPrefix(rest, "[") {
		end = strings.IndexByte(rest, ']')
		_, _ = fmt.Sscanf(rest[1:end], "%d", &info.Dimensions)
		rest = rest[end+1:]
	}
	return info, strings.TrimPrefix(rest, " ")
}

// closing returns the index of the > that closes the < that text begins with.
func closing(text string) int {
	depth := 0
	for at, char := range text {
		switch char {
		case '<':
			depth++
		case '>':
			// <- and -> occur in the names of Go's types.
			if at > 0 && text[at-1] == '-' {
				continue
			}
			if depth--; depth == 0 {
				return at
			}
		}
	}
	return len(text) - 1
}
