package metaffi

import (
	"fmt"
	"sync"

	"github.com/MetaFFI/sdk/api/go/native"
	"github.com/MetaFFI/sdk/api/go/xcall"
)

// MetaFFIModule is a loaded module. Entities live on without it.
type MetaFFIModule struct {
	loaded *native.Module

	natural sync.Once
	object  *Object
}

// Load loads an entity by its entity path, such as
// class=com.example.MyClass,callable=greet, with the types of its parameters
// and results; nil stands for none. The function that it returns takes one
// argument for each parameter, and may be called by any goroutine. It returns
// one element for each result, and a *[MetaFFIError] when the guest fails.
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

// LoadWithInfo is [MetaFFIModule.Load] with aliases and ranks of arrays.
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

// LoadTyped is [MetaFFIModule.LoadWithInfo] for those that know the signature
// when they are compiled: generated stubs.
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

// label is what errors of an entity's calls begin with.
func label(entityPath string) string {
	return "`" + entityPath + "`"
}

// typeInfos reads declared types; what says which of them is wrong.
func typeInfos(entityPath, what string, declared []MetaFFITypeInfo) ([]xcall.TypeInfo, error) {
	infos := make([]xcall.TypeInfo, len(declared))
	for i, info := range declared {
		parsed, known := xcall.ParseType(string(info.StringType))
		if !known {
			return nil, hostError(ErrorSignature, fmt.Sprintf(
				"`%s`: %s %d: %q is no type; the types are the constants of package IDL, such as IDL.INT64",
				entityPath, what, i+1, info.StringType))
		}
		infos[i] = xcall.TypeInfo{Type: parsed, Dims: info.Dimensions, Alias: info.Alias}.Normalized()
	}
	return infos, nil
}

// LoadEntity is [MetaFFIModule.Load] without types: they come from the module. Of
// several overloads each call chooses by its arguments.
func (m *MetaFFIModule) LoadEntity(entityPath string) (func(...interface{}) ([]interface{}, error), error) {
	value, err := m.loaded.LoadValue(entityPath, label(entityPath))
	if err != nil {
		return nil, err
	}
	function, is := value.(*MetaFFICallable)
	if !is {
		return nil, hostError(ErrorSignature, fmt.Sprintf(
			"%s names no function; use it as an object: Get, of the module", label(entityPath)))
	}
	if hasNamedArgs(entityPath) {
		return withNamedArgs(function.Call), nil
	}
	return function.Call, nil
}

// Object is the module itself, used by the names of what it has.
func (m *MetaFFIModule) Object() *Object {
	m.natural.Do(func() {
		value, err := m.loaded.LoadValue("", "the module")
		m.object = &Object{value: value, err: err}
	})
	return m.object
}

// Get is what the module contains: a class, a constant, a module, by its name or
// a path with dots.
func (m *MetaFFIModule) Get(name string) *Object { return m.Object().Get(name) }

// Set gives a variable of the module another value.
func (m *MetaFFIModule) Set(name string, value any) error { return m.Object().Set(name, value) }

// Call calls a function of the module.
func (m *MetaFFIModule) Call(name string, args ...any) *Object { return m.Object().Call(name, args...) }
