package native

/*
#cgo linux LDFLAGS: -ldl
#cgo windows LDFLAGS: -static
#include <stdlib.h>
#include "metaffi_host.h"
*/
import "C"

import (
	"errors"
	"runtime"
	"unsafe"

	metaffi "github.com/MetaFFI/sdk/api/go/xcall"
)

// Hub is the opened hub. Its functions may be called by any goroutine.
type Hub struct {
	table *C.metaffi_hub
}

// Open opens the hub in the library at path, for good, and starts xcall with
// it: this program's objects are passed under the name owner. Called once.
func Open(path, owner string) (Hub, metaffi.Status, error) {
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	var message [1024]C.char
	var table *C.metaffi_hub
	if status := C.metaffi_go_open(name, &table, &message[0], 1024); status != 0 {
		return Hub{}, metaffi.Status(status), errors.New(C.GoString(&message[0]))
	}
	C.metaffi_go_keep_from_pipes()
	hub := Hub{table}
	metaffi_start(unsafe.Pointer(table), hub.ownerID(owner))
	return hub, metaffi.StatusOK, nil
}

// Started returns the hub that this library was started with: by the host, when it
// is a guest.
func Started() (Hub, bool) {
	table := metaffi.Hub()
	return Hub{(*C.metaffi_hub)(table)}, table != nil
}

// GuestPath returns the file of the guest that this is part of; it is empty in
// a program.
func GuestPath() string {
	return C.GoString(C.metaffi_go_guest_path())
}

// text returns a Go string for the duration of one call.
func text(of string) (*C.char, C.uint64_t) {
	return (*C.char)(unsafe.Pointer(unsafe.StringData(of))), C.uint64_t(len(of))
}

// failure takes ownership of the error of a function of the hub.
func failure(status C.metaffi_status, raw *C.metaffi_error) error {
	if status == 0 {
		return nil
	}
	return metaffi.TakeFailure(metaffi.Status(status), unsafe.Pointer(raw))
}

// Runtime is one load of a language's runtime.
type Runtime struct {
	hub Hub
	raw *C.metaffi_runtime
}

// LoadRuntime loads a runtime by its name; see load_runtime in metaffi.h.
func (h Hub) LoadRuntime(name string) (Runtime, error) {
	var raw *C.metaffi_runtime
	var raised *C.metaffi_error
	data, length := text(name)
	status := C.metaffi_go_load_runtime(h.table, data, length, &raw, &raised)
	return Runtime{h, raw}, failure(status, raised)
}

// Release ends the load: what was loaded through it fails from now on. Call it
// once.
func (r Runtime) Release() {
	C.metaffi_go_release_runtime(r.hub.table, r.raw)
}

// Module is a loaded module; it is released when it is collected.
type Module struct {
	hub Hub
	raw *C.metaffi_module
}

// LoadModule loads a module; see load_module in metaffi.h.
func (r Runtime) LoadModule(path string) (*Module, error) {
	var raw *C.metaffi_module
	var raised *C.metaffi_error
	data, length := text(path)
	status := C.metaffi_go_load_module(r.hub.table, r.raw, data, length, &raw, &raised)
	if err := failure(status, raised); err != nil {
		return nil, err
	}
	module := &Module{r.hub, raw}
	runtime.SetFinalizer(module, func(m *Module) { C.metaffi_go_release_module(m.hub.table, m.raw) })
	return module, nil
}

// entity is a loaded entity; it is released when it is collected.
type entity struct {
	hub Hub
	raw *C.metaffi_entity
}

// LoadEntity loads an entity; see load_entity in metaffi.h. label is the
// beginning of the errors of its calls.
func (m *Module) LoadEntity(path, label string, params, rets []metaffi.TypeInfo) (*metaffi.Function, error) {
	return m.load(path, label, params, rets, 0)
}

// LoadValue loads the value of a path without types: a function, a class, the
// module.
func (m *Module) LoadValue(path, label string) (any, error) {
	entity, err := m.load(path, label, nil, nil, C.METAFFI_REQUEST_VALUE)
	if err != nil {
		return nil, err
	}
	results, err := entity.Call()
	if err != nil {
		return nil, err
	}
	if function, is := results[0].(*metaffi.MetaFFICallable); is {
		return function.Named(label), nil
	}
	return results[0], nil
}

func (m *Module) load(
	path, label string, params, rets []metaffi.TypeInfo, flags C.uint32_t,
) (*metaffi.Function, error) {
	types := make([]C.metaffi_go_type, 0, len(params)+len(rets)+1)
	aliases := ""
	for _, infos := range [][]metaffi.TypeInfo{params, rets} {
		for _, info := range infos {
			types = append(types, C.metaffi_go_type{
				_type: C.metaffi_type(info.Type), dims: C.int32_t(info.Dims),
				length: C.uint64_t(len(info.Alias)),
			})
			aliases += info.Alias
		}
	}
	var raw *C.metaffi_entity
	var raised *C.metaffi_error
	data, length := text(path)
	names, _ := text(aliases)
	status := C.metaffi_go_load_entity(m.hub.table, m.raw, data, length, unsafe.SliceData(types),
		names, C.uint32_t(len(params)), C.uint32_t(len(rets)), flags, &raw, &raised)
	runtime.KeepAlive(m)
	if err := failure(status, raised); err != nil {
		return nil, err
	}
	held := &entity{m.hub, raw}
	runtime.SetFinalizer(held, func(e *entity) { C.metaffi_go_release_entity(e.hub.table, e.raw) })
	function := metaffi.NewFunction(label, uintptr(unsafe.Pointer(&raw.call)), uintptr(raw.context),
		infosOf(raw.params, raw.nparams), infosOf(raw.rets, raw.nrets), held)
	function.LetFill(uint32(C.metaffi_go_fills(raw)))
	return function, nil
}

// infosOf copies the types of a signature.
func infosOf(raw *C.metaffi_type_info, count C.uint32_t) []metaffi.TypeInfo {
	infos := make([]metaffi.TypeInfo, count)
	for i, info := range unsafe.Slice(raw, int(count)) {
		infos[i] = metaffi.TypeInfo{
			Type: metaffi.Type(info._type), Dims: int(info.dims),
			Alias: C.GoStringN(info.alias.data, C.int(info.alias.length)),
		}
	}
	return infos
}

func (h Hub) ownerID(name string) uint64 {
	data, length := text(name)
	return uint64(C.metaffi_go_owner_id(h.table, data, length))
}

// LiveObjects counts the objects of a runtime that others hold.
func (h Hub) LiveObjects(runtime string) int64 {
	return int64(C.metaffi_go_live_objects(h.table, C.uint64_t(h.ownerID(runtime))))
}

// BeginExit tells every plugin that the process is about to exit.
func (h Hub) BeginExit() {
	C.metaffi_go_begin_exit(h.table)
}
