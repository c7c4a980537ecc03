package main

import (
	"encoding/json"
	"go/constant"
	"go/types"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

func (f *finder) addVariable(object *types.Var) {
	comment := f.docs.of(object)
	desc := f.global(object, object.Type(), comment)
	of := shape(object.Type(), f.glue)
	if of.Go != "" {
		setter := f.setterOf(&desc, object, comment)
		f.add(entry{
			Kind: kindSetGlobal, Name: f.own(object.Name()), Signature: "Set" + object.Name(), Params: []goType{of},
		}, setter)
	}
	f.addGlobal(desc, comment, of)
}

func (f *finder) addConstant(object *types.Const) {
	t := constantType(object)
	if t == nil {
		f.warn(object, object.Name()+" is skipped: no type of MetaFFI can hold it")
		return
	}
	comment := f.docs.of(object)
	desc := f.global(object, t, comment)
	desc.Constant = literal(object.Val(), t)
	of := shape(t, f.glue)
	of.Named = true // an untyped constant takes the type of its context
	f.addGlobal(desc, comment, of)
	f.into.Globals[len(f.into.Globals)-1].Getter.Tags["constant"] = "true"
}

// constantType returns the type that a constant is passed as: its own, or the smallest of the usual
// types that can hold it.
func constantType(object *types.Const) types.Type {
	basic, ok := object.Type().(*types.Basic)
	if !ok || basic.Info()&types.IsUntyped == 0 {
		return object.Type()
	}
	value := constant.ToInt(object.Val())
	if value.Kind() != constant.Int || basic.Kind() == types.UntypedFloat {
		if float, _ := constant.Float64Val(constant.ToFloat(object.Val())); math.IsInf(float, 0) {
			return nil
		}
		return types.Default(basic)
	}
	if _, exact := constant.Int64Val(value); exact {
		return types.Default(basic)
	}
	if _, exact := constant.Uint64Val(value); exact {
		return types.Typ[types.Uint64]
	}
	return nil
}

// literal returns a constant's value as the IDL writes it; nil if the IDL cannot express it.
func literal(value constant.Value, t types.Type) json.RawMessage {
	basic, ok := t.Underlying().(*types.Basic)
	if !ok {
		return nil
	}
	switch info := basic.Info(); {
	case info&types.IsBoolean != 0:
		return json.RawMessage(strconv.FormatBool(constant.BoolVal(value)))
	case info&types.IsString != 0:
		if text := constant.StringVal(value); utf8.ValidString(text) {
			return quoted(text)
		}
	case info&types.IsInteger != 0:
		return json.RawMessage(constant.ToInt(value).ExactString())
	case info&types.IsFloat != 0:
		return floatLiteral(constant.ToFloat(value), basic.Kind() == types.Float32)
	}
	return nil
}

// floatLiteral returns a float that no parser takes for an integer.
func floatLiteral(value constant.Value, single bool) json.RawMessage {
	float, _ := constant.Float64Val(value)
	if single {
		narrow, _ := constant.Float32Val(value)
		float = float64(narrow)
	}
	text := strconv.FormatFloat(float, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return json.RawMessage(text)
}

func (f *finder) global(object types.Object, t types.Type, comment doc) global {
	desc := global{parameter: f.got(object.Name(), t, comment)}
	desc.Comment = comment.text
	return desc
}

// addGlobal adds the getter, and the global to the module.
func (f *finder) addGlobal(desc global, comment doc, of goType) {
	name := desc.Name
	path := entityPath{"global", f.prefix.with(name), "getter", "true"}
	getter := f.callable("Get"+name, comment, path)
	getter.ReturnValues = append(getter.ReturnValues, desc.parameter.as(""))
	f.add(entry{Kind: kindGetGlobal, Name: f.own(name), Signature: "Get" + name, Results: []goType{of}}, &getter)
	desc.Getter = &getter
	f.into.Globals = append(f.into.Globals, desc)
}

func (f *finder) setterOf(desc *global, object *types.Var, comment doc) *function {
	path := entityPath{"global", f.prefix.with(object.Name()), "setter", "true"}
	setter := f.callable("Set"+object.Name(), comment, path)
	setter.Parameters = append(setter.Parameters, f.given("value", object.Type()))
	desc.Setter = &setter
	return &setter
}

// as returns the same type under another name.
func (p parameter) as(name string) parameter {
	p.Name, p.Comment = name, ""
	return p
}
