package metaffi

import (
	"fmt"
	"sync"

	"github.com/MetaFFI/sdk/api/go/native"
	"github.com/MetaFFI/sdk/api/go/xcall"
)

// MetaFFIModule is a loaded module. Its entities stay valid without it.
type MetaFFIModule struct {
	loaded *native.Module

	natural sync.Once
	object  *Object
}

// Load loads an entity by its entity path, such as
// class=com.example.MyClass,callable=greet, with the types of its parameters
// and results; nil means none. The returned function takes one argument for
// each parameter, and may be called by any goroutine. It returns one element
// for each result, and a *[MetaFFIError] if the guest fails.
func (m *MetaFFIModule) Load(
	entityPath string, params, retvals []MetaFFIType,
) (func(...interface{}) ([]interface{}, error), error) {
	return m.LoadWithInfo(entityPath, withoutInfo(params), withoutInfo(retvals))
}

func withoutInfo(types []MetaFFIType) []MetaFFITypeInfo {
	infos := make([]MetaFFITypeInfo, len(types))
	for i, name := range types {
		infos[i].StringType = name
	}
	return infos
}

// LoadWithInfo is [MetaFFIModule.Load] with type aliases and array ranks.
func (m *MetaFFIModule) LoadWithInfo(
	entityPath string, params, retvals []MetaFFITypeInfo,
) (func(...interface{}) ([]interface{}, error), error) {
	declared, err := typeInfos(entityPath, "parameter", params)
	if err != nil {
		return nil, err
	}
	results, err := typeInfos(entityPath, "result", retvals)
	if err != nil {
		return nil, err
	}
	named := len(declared) > 0 && hasNamedArgs(entityPath)
	if named {
		declared[len(declared)-1] = xcall.TypeInfo{Type: xcall.TypeAny}
	}
	function, err := m.loaded.LoadEntity(entityPath, label(entityPath), declared, results)
	if err != nil {
		return nil, err
	}
	if named {
		return withNamedArgs(function.Call), nil
	}
	return function.Call, nil
}

// LoadTyped is [MetaFFIModule.LoadWithInfo] for callers that know the signature
// at compile time: generated stubs.
func (m *MetaFFIModule) LoadTyped(entityPath string, params, retvals []MetaFFITypeInfo) (*xcall.Function, error) {
	declared, err := typeInfos(entityPath, "parameter", params)
	if err != nil {
		return nil, err
	}
	results, err := typeInfos(entityPath, "result", retvals)
	if err != nil {
		return nil, err
	}
	return m.loaded.LoadEntity(entityPath, label(entityPath), declared, results)
}

// label returns the text that errors of an entity's calls begin with.
func label(entityPath string) string {
	return "`" + entityPath + "`"
}

// typeInfos reads declared types; what names the list, for errors.
func typeInfos(entityPath, what string, declared []MetaFFITypeInfo) ([]xcall.TypeInfo, error) {
	infos := make([]xcall.TypeInfo, len(declared))
	for i, info := range declared {
		parsed, known := xcall.ParseType(string(info.StringType))
		if !known {
			return nil, hostError(ErrorSignature, fmt.Sprintf(
				"`%s`: %s %d: %q is not a type; the types are the constants of package IDL, such as IDL.INT64",
				entityPath, what, i+1, info.StringType))
		}
		infos[i] = xcall.TypeInfo{Type: parsed, Dims: info.Dimensions, Alias: info.Alias}.Normalized()
	}
	return infos, nil
}

// LoadEntity is [MetaFFIModule.Load] without types: the module provides them.
// If there are several overloads, each call chooses one by its arguments.
func (m *MetaFFIModule) LoadEntity(entityPath string) (func(...interface{}) ([]interface{}, error), error) {
	value, err := m.loaded.LoadValue(entityPath, label(entityPath))
	if err != nil {
		return nil, err
	}
	function, is := value.(*MetaFFICallable)
	if !is {
		return nil, hostError(ErrorSignature, fmt.Sprintf(
			"%s is not a function; use it as an object: call Get on the module", label(entityPath)))
	}
	if hasNamedArgs(entityPath) {
		return withNamedArgs(function.Call), nil
	}
	return function.Call, nil
}

// Object returns the module itself as an object, whose members are used by
// name.
func (m *MetaFFIModule) Object() *Object {
	m.natural.Do(func() {
		value, err := m.loaded.LoadValue("", "the module")
		m.object = &Object{value: value, err: err}
	})
	return m.object
}

// Get returns something that the module contains: a class, a constant, a
// module, by its name or a dotted path.
func (m *MetaFFIModule) Get(name string) *Object { return m.Object().Get(name) }

// Set assigns a value to a variable of the module.
func (m *MetaFFIModule) Set(name string, value any) error { return m.Object().Set(name, value) }

// Call calls a function of the module.
func (m *MetaFFIModule) Call(name string, args ...any) *Object { return m.Object().Call(name, args...) }
