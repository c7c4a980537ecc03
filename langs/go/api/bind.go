package metaffi

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/MetaFFI/sdk/api/go/xcall"
)

// Func loads a function as a Go func. It compares their types when it loads the function; a value
// that cannot be converted makes the call fail.
//
//	greet, err := metaffi.Func[func(string) (string, error)](module, "class=Hello,callable=greet")
//
// A method takes its object as the first argument, as an [*Object] or a
// MetaFFIHandle. Errors are the last result; a func without an error result
// panics with them.
func Func[F any](module *MetaFFIModule, entityPath string) (F, error) {
	var function F
	of := reflect.TypeFor[F]()
	if of.Kind() != reflect.Func {
		return function, hostError(ErrorSignature, fmt.Sprintf("%s is not a func type", of))
	}
	value, err := module.loaded.LoadValue(entityPath, label(entityPath))
	if err != nil {
		return function, err
	}
	callable, is := value.(*MetaFFICallable)
	if !is {
		return function, hostError(ErrorSignature, fmt.Sprintf("%s names no function", label(entityPath)))
	}
	if err := accepts(of, callable); err != nil {
		return function, hostError(ErrorSignature, fmt.Sprintf("%s: %v", label(entityPath), err))
	}
	made := makeFunc(of, callable.CallNatural)
	reflect.ValueOf(&function).Elem().Set(made)
	if typed := module.typed(of, entityPath, callable); typed != nil {
		typeFunc(&function, typed)
	}
	return function, nil
}

// loadTyped loads the function with the types of a func. It returns nil if
// values have to be converted between those and its own.
func (m *MetaFFIModule) typed(of reflect.Type, entityPath string, callable *MetaFFICallable) *xcall.Function {
	declared, declaredResults := callable.Types()
	params, fit := typedParams(of, declared)
	results, fitToo := typedResults(resultsOf(of), declaredResults)
	if !fit || !fitToo || hasNamedArgs(entityPath) {
		return nil
	}
	function, err := m.loaded.LoadEntity(entityPath, label(entityPath), params, results)
	if err != nil {
		return nil // it can still be called with its own types
	}
	return function
}

// Bind sets the func fields of a struct to methods of an object, or to
// functions of a module or a class. The name is the field's `metaffi` tag, or
// else the field's own name in the spelling of the object's language.
//
//	var pandas struct {
//		ReadCSV func(path string) (*metaffi.Object, error) `metaffi:"read_csv"`
//		Isna    func(value any) (bool, error)
//	}
//	err := metaffi.Bind(module.Object(), &pandas)
//
// One error lists all names that cannot be found; no field is set then.
func Bind(object *Object, to any) error {
	if object.err != nil {
		return object.err
	}
	target := reflect.ValueOf(to)
	if target.Kind() != reflect.Pointer || target.Elem().Kind() != reflect.Struct {
		return hostError(ErrorArgument, fmt.Sprintf("Bind needs a pointer to a struct of funcs, not %T", to))
	}
	fields := target.Elem()
	made, missing := make([]reflect.Value, fields.NumField()), []string{}
	for i := range made {
		field := fields.Type().Field(i)
		if field.Type.Kind() != reflect.Func || !field.IsExported() {
			return hostError(ErrorArgument, fmt.Sprintf("the field %s is not an exported func", field.Name))
		}
		name, err := object.methodOf(field)
		if err != nil {
			missing = append(missing, err.Error())
			continue
		}
		made[i] = object.boundTo(name, field.Type)
	}
	if len(missing) > 0 {
		return hostError(ErrorNotFound, strings.Join(missing, "\n"))
	}
	for i, function := range made {
		fields.Field(i).Set(function)
	}
	return nil
}

// boundTo returns a func of the type that calls a method of the object.
func (o *Object) boundTo(name string, of reflect.Type) reflect.Value {
	made := reflect.New(of)
	made.Elem().Set(makeFunc(of, func(args ...any) ([]any, error) {
		return o.member(xcall.MemberMethod, name, args...)
	}))
	if handle, err := o.reference(); err == nil {
		typed := func(params, results []xcall.TypeInfo) ([]xcall.TypeInfo, []xcall.TypeInfo, bool) {
			asFunc, fit := typedParams(of, params)
			asResults, fitToo := typedResults(resultsOf(of), results)
			// A method that declares any as its result returns values that have
			// to be converted.
			isKnown := slices.Equal(asResults, results)
			return asFunc, asResults, fit && fitToo && isKnown
		}
		if function := handle.TypedMethod(name, typed); function != nil {
			typeMethod(made.Interface(), function, handle)
		}
	}
	return made.Elem()
}

// methodOf returns the name of the method that a field is bound to.
func (o *Object) methodOf(field reflect.StructField) (string, error) {
	handle, err := o.reference()
	if err != nil {
		return "", err
	}
	for _, name := range spellings(field) {
		if has, err := handle.HasMember(xcall.MemberMethod, name); err != nil || has {
			return name, err
		}
	}
	_, err = handle.CallMember(xcall.MemberMethod, spellings(field)[0])
	return "", fmt.Errorf("%s: %w", field.Name, err)
}

// spellings returns the names that a field may have in another language.
func spellings(field reflect.StructField) []string {
	if name, tagged := field.Tag.Lookup("metaffi"); tagged {
		return []string{name}
	}
	var snake strings.Builder
	for i, letter := range field.Name {
		if unicode.IsUpper(letter) && i > 0 {
			snake.WriteByte('_')
		}
		snake.WriteRune(unicode.ToLower(letter))
	}
	letters := []rune(field.Name)
	letters[0] = unicode.ToLower(letters[0])
	return []string{field.Name, string(letters), snake.String()}
}

// accepts compares the types of a func with those that a function declares.
func accepts(of reflect.Type, function *MetaFFICallable) error {
	params, results := function.Types()
	count := of.NumIn()
	if of.IsVariadic() {
		count--
	}
	if !function.Takes(count) && !of.IsVariadic() {
		return fmt.Errorf("%s has %d parameter(s), the function %d", of, count, len(params))
	}
	for i := range min(count, len(params)) {
		if !xcall.MayBe(of.In(i), params[i]) {
			return fmt.Errorf("parameter %d: %s does not fit %s", i+1, of.In(i), params[i])
		}
	}
	wanted := resultsOf(of)
	if len(wanted) != len(results) && len(wanted) != 0 && len(results) != 1 {
		return fmt.Errorf("%s has %d result(s), the function %d", of, len(wanted), len(results))
	}
	for i := 0; len(wanted) == len(results) && i < len(results); i++ {
		if !xcall.MayBe(wanted[i], results[i]) {
			return fmt.Errorf("result %d: %s does not fit %s", i+1, wanted[i], results[i])
		}
	}
	return nil
}

// resultsOf returns the results of a func type without its error.
func resultsOf(of reflect.Type) []reflect.Type {
	var results []reflect.Type
	for i := range of.NumOut() {
		if i < of.NumOut()-1 || of.Out(i) != reflect.TypeFor[error]() {
			results = append(results, of.Out(i))
		}
	}
	return results
}

// makeFunc returns a func of the type whose calls go through call.
func makeFunc(of reflect.Type, call func(...any) ([]any, error)) reflect.Value {
	wanted := resultsOf(of)
	return reflect.MakeFunc(of, func(in []reflect.Value) []reflect.Value {
		out, err := callWith(call, argumentsOf(of, in), wanted)
		if len(wanted) == of.NumOut() {
			if err != nil {
				panic(err)
			}
			return out
		}
		return append(out, reflect.ValueOf(&err).Elem())
	})
}

// argumentsOf returns the arguments of a call, including those of a variadic
// parameter.
func argumentsOf(of reflect.Type, in []reflect.Value) []any {
	args := make([]any, 0, len(in))
	for i, value := range in {
		if !of.IsVariadic() || i < len(in)-1 {
			args = append(args, value.Interface())
			continue
		}
		for j := range value.Len() {
			args = append(args, value.Index(j).Interface())
		}
	}
	return args
}

// callWith makes a call, and converts its results to the wanted types. A single
// array may stand for several results, as in Python.
func callWith(call func(...any) ([]any, error), args []any, wanted []reflect.Type) ([]reflect.Value, error) {
	zeros := func() []reflect.Value {
		made := make([]reflect.Value, len(wanted))
		for i, of := range wanted {
			made[i] = reflect.Zero(of)
		}
		return made
	}
	results, err := call(args...)
	if err != nil {
		return zeros(), err
	}
	if len(wanted) > 1 && len(results) == 1 {
		if spread := reflect.ValueOf(results[0]); spread.Kind() == reflect.Slice && spread.Len() == len(wanted) {
			results = make([]any, len(wanted))
			for i := range results {
				results[i] = spread.Index(i).Interface()
			}
		}
	}
	if len(results) < len(wanted) {
		return zeros(), hostError(ErrorSignature, fmt.Sprintf("the function returned %d result(s), the func type has %d", len(results), len(wanted)))
	}
	made := make([]reflect.Value, len(wanted))
	for i, of := range wanted {
		if made[i], err = convert(of, results[i]); err != nil {
			return zeros(), hostError(ErrorSignature, fmt.Sprintf("result %d: %v", i+1, err))
		}
	}
	return made, nil
}
