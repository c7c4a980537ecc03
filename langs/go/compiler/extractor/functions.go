package main

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"
	"unicode"
)

func (f *finder) addFunction(object *types.Func) {
	signature := object.Type().(*types.Signature)
	if signature.TypeParams().Len() > 0 {
		f.addGenericFunction(object, signature)
		return
	}
	if desc, ok := f.function(object, signature, f.own(object.Name()), object.Name()); ok {
		f.into.Functions = append(f.into.Functions, desc)
	}
}

// function describes a function; `call` is its name in Go, `name` its name for hosts. A function
// that cannot be called is reported and skipped.
func (f *finder) function(
	object *types.Func, signature *types.Signature, call, name string,
) (function, bool) {
	made := entry{
		Kind: kindFunction, Name: call, Signature: name + f.signatureText(signature),
		Variadic: signature.Variadic(),
	}
	if !f.fill(&made, object, signature) {
		return function{}, false
	}
	comment := f.docs.of(object)
	desc := f.callable(identifier(name), comment, entityPath{"callable", f.prefix.with(name)})
	f.declare(&desc, signature, comment)
	made.describeMemory(&desc)
	f.add(made, &desc)
	return desc, true
}

// fill describes the parameters and results for the glue. It fails for a parameter whose type
// cannot be written in the package of the glue.
func (f *finder) fill(made *entry, object types.Object, signature *types.Signature) bool {
	for i := range signature.Params().Len() {
		of := shape(signature.Params().At(i).Type(), f.glue)
		if of.Go == "" {
			f.warn(object, fmt.Sprintf(
				"%s is skipped: the type of its parameter %d cannot be named outside of its package",
				object.Name(), i+1))
			return false
		}
		made.Params = append(made.Params, of)
	}
	f.remember(made, object, signature)
	for i := range signature.Results().Len() {
		made.Results = append(made.Results, shape(signature.Results().At(i).Type(), f.glue))
	}
	return true
}

// callable returns a function without parameters.
func (f *finder) callable(name string, comment doc, path entityPath) function {
	return function{
		Name: name, Comment: comment.text, Deprecated: comment.deprecated, Tags: tags{}, EntityPath: path,
		Parameters: []parameter{}, ReturnValues: []parameter{},
	}
}

// declare describes parameters and results for hosts. An error is not a result: it is the error of
// the call.
func (f *finder) declare(desc *function, signature *types.Signature, comment doc) {
	desc.Raises = raisesOf(signature)
	count := signature.Params().Len()
	for i := range count {
		variable := signature.Params().At(i)
		name := variable.Name()
		if name == "" || name == "_" {
			name = "p" + strconv.Itoa(i)
		}
		parameter := f.given(name, variable.Type())
		if signature.Variadic() && i == count-1 {
			parameter = f.described(name, variable.Type())
			parameter.Passing = "variadic"
		}
		desc.Parameters = append(desc.Parameters, parameter)
	}
	for i := range signature.Results().Len() {
		variable := signature.Results().At(i)
		if isErrorType(variable.Type()) {
			continue
		}
		name := strings.Trim(variable.Name(), "_")
		desc.ReturnValues = append(desc.ReturnValues, f.got(name, variable.Type(), comment))
	}
}

// signatureText returns the signature as Go writes it: `(name string) string`.
func (f *finder) signatureText(signature *types.Signature) string {
	plain := types.NewSignatureType(nil, nil, nil, signature.Params(), signature.Results(), signature.Variadic())
	return strings.TrimPrefix(f.text(plain), "func")
}

// identifier returns the name of an instance as hosts can write it: Max[int64] is Max_int64.
func identifier(name string) string {
	words := strings.FieldsFunc(name, func(c rune) bool {
		return c != '_' && !unicode.IsLetter(c) && !unicode.IsDigit(c)
	})
	return strings.Join(words, "_")
}
