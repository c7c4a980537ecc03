package stubs

// Iterable is an object without a class here whose elements can be gone through.
type Iterable[E any] struct {
	Object
	module *Module
}

// ReturnIterable calls, and gives the only result, which has elements; null is
// nil.
func ReturnIterable[E any](call *Call, module *Module) (*Iterable[E], error) {
	call.Do()
	made := TakeObject[Iterable[E]](call)
	if made != nil {
		made.module = module
	}
	return made, call.End()
}
