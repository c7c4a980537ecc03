package metaffi

import (
	"sync"

	"github.com/MetaFFI/sdk/api/go/native"
)

// MetaFFIRuntime is a language's runtime. Several objects with one name share
// it.
type MetaFFIRuntime struct {
	// RuntimePlugin is the name that it was created with.
	RuntimePlugin string

	lock   sync.Mutex
	loaded *native.Runtime
}

// NewMetaFFIRuntime names a runtime: openjdk (or jvm), python3, go, loopback.
// It is loaded by [MetaFFIRuntime.LoadRuntimePlugin], or with the first module.
//
// The installation is the folder in METAFFI_HOME. If that is not set, it is the
// one that this package came with, the one that contains the program,
// ~/.metaffi, or /usr/local/metaffi.
func NewMetaFFIRuntime(runtimePlugin string) *MetaFFIRuntime {
	return &MetaFFIRuntime{RuntimePlugin: runtimePlugin}
}

// LoadRuntimePlugin starts the runtime, unless it has been started. If there is
// no such runtime, the error lists those that exist.
func (r *MetaFFIRuntime) LoadRuntimePlugin() error {
	_, err := r.load()
	return err
}

func (r *MetaFFIRuntime) load() (*native.Runtime, error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.loaded != nil {
		return r.loaded, nil
	}
	opened, err := hub()
	if err != nil {
		return nil, err
	}
	loaded, err := opened.LoadRuntime(r.RuntimePlugin)
	if err != nil {
		return nil, err
	}
	r.loaded = &loaded
	return r.loaded, nil
}

// ReleaseRuntimePlugin makes the entities that were loaded through this object
// fail with [ErrorReleased]. Loading through it later loads the runtime again.
// The language itself stays loaded until the process ends.
func (r *MetaFFIRuntime) ReleaseRuntimePlugin() error {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.loaded != nil {
		r.loaded.Release()
		r.loaded = nil
	}
	return nil
}

// LoadModule loads a module: a path, several paths joined by ";", or an
// importable name, as the language defines it. Relative paths are relative to
// the working directory. If the module cannot be found, the error names the
// paths tried.
func (r *MetaFFIRuntime) LoadModule(path string) (*MetaFFIModule, error) {
	return NewMetaFFIModule(r, path)
}

// NewMetaFFIModule loads a module, as [MetaFFIRuntime.LoadModule] does.
func NewMetaFFIModule(runtime *MetaFFIRuntime, path string) (*MetaFFIModule, error) {
	loaded, err := runtime.load()
	if err != nil {
		return nil, err
	}
	module, err := loaded.LoadModule(path)
	if err != nil {
		return nil, err
	}
	return &MetaFFIModule{loaded: module}, nil
}
