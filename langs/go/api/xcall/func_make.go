//go:build go1.22

package xcall

import (
	"reflect"
	"unsafe"
)

// reflectedFunc returns a func of the type that calls a foreign function.
func reflectedFunc(of reflect.Type, object *Object) (reflect.Value, error) {
	plan := planOf(of)
	if err := (*callable)(unsafe.Pointer(object)).accepts(plan.params, plan.results); err != nil {
		return reflect.Value{}, errorf(ErrorArgument, "%s: %w", of, err)
	}
	callee := newCallable(object)
	callee.passes = plan.params
	lifts := make([]reflectedLift, of.NumOut())
	for i := range lifts {
		lifts[i] = liftOf(of.Out(i))
	}
	return reflect.MakeFunc(of, func(args []reflect.Value) []reflect.Value {
		results, err := callReflected(callee, plan, of, lifts, args)
		if err != nil {
			return failedWith(of, err)
		}
		return results
	}), nil
}

func callReflected(
	callee *MetaFFICallable, plan *funcPlan, of reflect.Type, lifts []reflectedLift, args []reflect.Value,
) (results []reflect.Value, err error) {
	call := callee.Begin(plan.results)
	defer call.End(&err)
	slots := call.Slots()
	for i, arg := range args {
		Put(slots, i, lowerReflectedResult, arg)
	}
	if err := call.Do(); err != nil {
		return nil, err
	}
	slot := 0
	for i, lift := range lifts {
		if of.Out(i) == reflect.TypeFor[error]() {
			results = append(results, reflect.Zero(of.Out(i)))
			continue
		}
		results = append(results, Arg(slots, slot, lift))
		slot++
	}
	return results, nil
}

// failedWith returns the results of a func whose callee failed: the error is
// the last one; a func without an error result panics.
func failedWith(of reflect.Type, err error) []reflect.Value {
	results := make([]reflect.Value, of.NumOut())
	failed := false
	for i := len(results) - 1; i >= 0; i-- {
		results[i] = reflect.Zero(of.Out(i))
		if of.Out(i) == reflect.TypeFor[error]() && !failed {
			results[i], failed = reflect.ValueOf(&err).Elem(), true
		}
	}
	if !failed {
		panic(err)
	}
	return results
}
