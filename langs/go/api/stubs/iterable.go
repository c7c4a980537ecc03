package stubs

// Iterable is an object that can be iterated over, and has no class in the
// stubs.
type Iterable[E any] struct {
	Object
	module *Module
}

// ReturnIterable makes the call, and returns the only result, which can be
// iterated over; null is nil.
func ReturnIterable[E any](call *Call, module *Module) (*Iterable[E], error) {
	call.Do()
	made := TakeObject[Iterable[E]](call)
	if made != nil {
		made.module = module
	}
	return made, call.End()
}
