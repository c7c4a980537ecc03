package stubs

import (
	metaffi "github.com/MetaFFI/sdk/api/go"
	"github.com/MetaFFI/sdk/api/go/xcall"
)

// Implement returns an object of the class C, an interface of the guest, whose
// methods a Go value provides: methods are funcs by the guest's names.
func Implement[C any, P interface {
	*C
	xcall.Lifted
}](value any, methods map[string]any) (P, error) {
	handle, err := metaffi.Implement(value, methods)
	if err != nil {
		return nil, err
	}
	made := P(new(C))
	return made, made.MetaFFILift(handle)
}

// ClassOf returns the class of an object as an object of the class C, if
// classes are objects in the guest: stubs.ClassOf[JavaLangClass](&Point{}).
func ClassOf[C any, P interface {
	*C
	xcall.Lifted
}](object Typed) (P, error) {
	name := object.MetaFFIClass().ID
	return Implement[C, P](object, map[string]any{"metaffiClass": func() string { return name }})
}
