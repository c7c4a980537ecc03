//go:build go1.22

package xcall

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
)

// The kinds of members: METAFFI_MEMBER_* of the header.
const (
	MemberMethod    = memberMethod
	MemberGet       = memberGet
	MemberSet       = memberSet
	MemberOperation = memberOperation
	MemberNamed     = 4
)

// CallMember calls a member of an object of another language, which must exist.
// Results that are objects stay objects, mappings too.
func (h MetaFFIHandle) CallMember(kind int64, name string, args ...any) ([]any, error) {
	if h.reference == nil {
		return nil, toError(errorf(ErrorArgument, "null has no %s", memberText(kind, name)))
	}
	if !h.reference.use() {
		return nil, toError(errReleasedHandle())
	}
	defer h.reference.done()
	member, err := h.reference.member(kind, name)
	if err != nil {
		return nil, toError(err)
	}
	if member.function == nil {
		return nil, toError(h.noMember(kind, name))
	}
	defer runtime.KeepAlive(member)
	all := make([]any, len(args)+1)
	all[0] = h
	copy(all[1:], args)
	return member.planned(name, len(all)).Call(all...)
}

// TypedMethod returns a method of an object, which takes the object first, with
// the types that typed returns for those of its other parameters and its
// results; nil if typed cannot.
func (h MetaFFIHandle) TypedMethod(
	name string, typed func(params, results []TypeInfo) ([]TypeInfo, []TypeInfo, bool),
) *Function {
	if h.reference == nil || !h.reference.use() {
		return nil
	}
	defer h.reference.done()
	member, err := h.reference.member(memberMethod, name)
	if err != nil || member.function == nil {
		return nil
	}
	params, results := member.function.Types()
	if len(params) == 0 {
		return nil
	}
	asParams, asResults, fit := typed(params[1:], results)
	if !fit {
		return nil
	}
	asParams = append([]TypeInfo{{Type: TypeHandle}}, asParams...)
	return member.function.typedAs("`"+name+"`", asParams, asResults)
}

// HasMember reports whether there is a member of that kind and name.
func (h MetaFFIHandle) HasMember(kind int64, name string) (bool, error) {
	if h.reference == nil {
		return false, nil
	}
	if !h.reference.use() {
		return false, toError(errReleasedHandle())
	}
	defer h.reference.done()
	member, err := h.reference.member(kind, name)
	return err == nil && member.function != nil, toError(err)
}

// toError returns an error of this package as the one that users get.
func toError(err error) error {
	if callError, is := err.(*callError); is {
		return &MetaFFIError{Kind: callError.kind, Language: language, Message: callError.message, Cause: callError.cause}
	}
	return err
}

// CallNatural is [MetaFFICallable.Call], but objects that it returns stay
// objects, mappings too.
func (c *MetaFFICallable) CallNatural(args ...any) ([]any, error) {
	if !c.reference.use() {
		return nil, toError(errReleasedHandle())
	}
	defer c.reference.done()
	defer runtime.KeepAlive(c)
	known := c.natural.Load()
	if known == nil || len(known.params) != len(args) {
		known = c.unplanned(c.String(), len(args))
		c.natural.Store(known)
	}
	return known.Call(args...)
}

// unplanned plans calls whose results stay objects.
func (c *MetaFFICallable) unplanned(name string, count int) *Function {
	made := c.plannedAs(name, count)
	made.declared = make([]Type, made.results)
	for i := range made.declared {
		made.declared[i] = TypeHandle
	}
	return made
}

// HandleOf returns a reference to a value of Go, so that it can be used like a
// value of another language; false for numbers and text, and others without
// members.
func HandleOf(value any) (handle MetaFFIHandle, has bool, err error) {
	switch reflect.ValueOf(value).Kind() {
	case reflect.Pointer, reflect.Struct, reflect.Map, reflect.Slice, reflect.Array, reflect.Chan, reflect.Func:
	default:
		return handle, false, nil
	}
	object, err := ObjectOf(value)
	if err != nil || object == nil {
		return handle, false, err
	}
	return newHandle(object), true, nil
}

// Types returns the declared types of the parameters and results.
func (c *MetaFFICallable) Types() (params, results []TypeInfo) {
	defer runtime.KeepAlive(c)
	return declaredTypes(c.function.params, c.function.nparams), declaredTypes(c.function.rets, c.function.nrets)
}

// Takes reports whether it takes that many arguments.
func (c *MetaFFICallable) Takes(count int) bool {
	defer runtime.KeepAlive(c)
	return c.function.takes(count)
}

// Described is a member of a type; each overload has its own.
type Described struct {
	// Name is the name that it is used by.
	Name string
	// Kind is method, static method, constructor, value, static value, class or module.
	Kind string
	// Signature is written as in its own language.
	Signature string
	// Doc is its documentation.
	Doc string
}

// Description describes a type.
type Description struct {
	Name, Doc string
	// Supertypes are the names of the types that it derives from, beginning
	// with itself.
	Supertypes []string
	// Operations are those of the operations every language has a notation for
	// that it supports.
	Operations []string
	Members    []Described
}

// Describe lists the members of an object's type.
func (h MetaFFIHandle) Describe() (Description, error) {
	if h.reference == nil || !h.reference.use() {
		return Description{}, toError(errReleasedHandle())
	}
	defer h.reference.done()
	of, err := h.described()
	return of, toError(err)
}

func (h MetaFFIHandle) described() (of Description, err error) {
	object := h.reference.object
	if !object.hasMembers() || (*objectVtable)(pointer(object.Vtable)).describe == 0 {
		return of, errorf(ErrorUnsupported, "the type of %s is not known", describeHandle(object))
	}
	err = object.query(queryDescription, 5, func(f *callFrame) error {
		var rows []string
		texts := []struct {
			to  *[]string
			ret int
		}{{&of.Supertypes, 2}, {&of.Operations, 3}, {&rows, 4}}
		for _, text := range texts {
			if *text.to, err = each(f.ret(text.ret), String[string]); err != nil {
				return err
			}
		}
		for ; len(rows) >= 4; rows = rows[4:] {
			of.Members = append(of.Members, Described{rows[0], rows[1], rows[2], rows[3]})
		}
		for i, to := range []*string{&of.Name, &of.Doc} {
			if f.ret(i).isNull() {
				continue
			}
			if *to, err = String[string](f.ret(i)); err != nil {
				return err
			}
		}
		return nil
	})
	return of, err
}

// noMember returns the error for a member that cannot be found; it suggests a
// similar name.
func (h MetaFFIHandle) noMember(kind int64, name string) error {
	of, err := h.Describe()
	if err != nil {
		return errorf(ErrorNotFound, "%s has no %s", describeHandle(h.reference.object), memberText(kind, name))
	}
	known := of.Operations
	if kind != MemberOperation {
		known = nil
		for _, member := range of.Members {
			known = append(known, member.Name)
		}
	}
	return errorf(ErrorNotFound, "%s has no %s%s", of.Name, memberText(kind, name), didYouMean(name, known))
}

func memberText(kind int64, name string) string {
	what := map[int64]string{
		MemberMethod: "method", MemberGet: "value", MemberSet: "value that can be set,", MemberOperation: "operation",
		MemberNamed: "function with named arguments,",
	}[kind]
	return fmt.Sprintf("%s `%s`", what, name)
}

// didYouMean suggests the most similar known name, as the end of a message.
func didYouMean(name string, known []string) string {
	nearest, least := "", len(name)/3+1
	for _, candidate := range known {
		if distance := distance(strings.ToLower(name), strings.ToLower(candidate)); distance <= least {
			nearest, least = candidate, distance-1
		}
	}
	if nearest == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean `%s`?", nearest)
}

// distance counts the letters to add, drop or change.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, letter := range from {
		before := row[0]
		row[0] = i + 1
		for j, other := range to {
			changed := before
			if letter != other {
				changed++
			}
			before = row[j+1]
			row[j+1] = min(changed, row[j]+1, before+1)
		}
	}
	return row[len(to)]
}

// ValueHolder is a value of Go that is passed as the value that it contains.
type ValueHolder interface {
	MetaFFIValue() (any, error)
}

// ValueReceiver is a pointer to a value that stores whatever it receives.
type ValueReceiver interface {
	MetaFFISetValue(value any)
}

// Convert converts a value from another language to the type.
func Convert(of reflect.Type, value any) (made reflect.Value, err error) {
	if given := reflect.ValueOf(value); given.IsValid() && given.Type() == of {
		return given, nil
	}
	f, err := newCallFrame(1, 0)
	if err != nil {
		return made, err
	}
	defer f.done()
	if err := lowerAnything(f, f.arg(0), value); err != nil {
		return made, err
	}
	return typedLift(of)(f.arg(0))
}

// liftReceiverAs lifts any value as a type that contains it; nil for all other
// types.
func liftReceiverAs(of reflect.Type) reflectedLift {
	settable := reflect.TypeFor[ValueReceiver]()
	element, result := of, reflect.Value.Elem
	if of.Kind() == reflect.Pointer && of.Implements(settable) {
		element, result = of.Elem(), func(made reflect.Value) reflect.Value { return made }
	} else if of.Kind() == reflect.Interface || !reflect.PointerTo(of).Implements(settable) {
		return nil
	}
	return func(v *Value) (reflect.Value, error) {
		value, err := anyWithin(v, asObjects)
		if err != nil {
			return reflect.Value{}, err
		}
		made := reflect.New(element)
		made.Interface().(ValueReceiver).MetaFFISetValue(value)
		return result(made), nil
	}
}

// MayBe reports whether values of a Go type may be passed as the declared type:
// each value is checked at the call.
func MayBe(of reflect.Type, declared TypeInfo) bool {
	own, rank := innermost(of)
	declared = declared.Normalized()
	element := declared.Type.element()
	const objects = TypeAny | TypeHandle | TypeCallable | TypeNull
	if own&objects != 0 || element == 0 || element&objects != 0 || of.Kind() == reflect.Pointer {
		return true
	}
	texts := TypeString8 | TypeString16 | TypeString32
	floats := TypeFloat32 | TypeFloat64
	numbers := Type(integerTypes) | floats
	for _, group := range []Type{texts, TypeBool, numbers} {
		if own&group != 0 && element&group != 0 {
			return declared.Dims < 0 || declared.Dims == rank
		}
	}
	return false
}
