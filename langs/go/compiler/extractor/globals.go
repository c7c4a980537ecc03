package main

import (
	"go/constant"
	"go/types"
)

func (f *finder) addVariable(object *types.Var) {
	told := f.global(object, object.Type())
	of := shape(object.Type(), f.types)
	if of.Go != "" {
		setter := f.setterOf(&told, object)
		f.add(entry{
			Kind: kindSetGlobal, Name: object.Name(), Signature: "Set" + object.Name(), Params: []goType{of},
		}, setter)
	}
	f.addGlobal(told, object.Name(), of)
}

func (f *finder) addConstant(object *types.Const) {
	t := constantType(object)
	if t == nil {
		f.warn(object, object.Name()+" is left out: no type of MetaFFI holds it")
		return
	}
	told := f.global(object, t)
	told.Tags["constant"] = "true"
	of := shape(t, f.types)
	of.Named = true // an untyped constant takes the type that it is put into
	f.addGlobal(told, object.Name(), of)
}

// constantType is the type that a constant leaves with: its own, or the
// smallest of the usual ones that holds it.
func constantType(object *types.Const) types.Type {
	basic, ok := object.Type().(*types.Basic)
	if !ok || basic.Info()&types.IsUntyped == 0 {
		return object.Type()
	}
	value := constant.ToInt(object.Val())
	if value.Kind() != constant.Int || basic.Kind() == types.UntypedFloat {
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

func (f *finder) global(object types.Object, t types.Type) global {
	told := global{parameter: f.described(object.Name(), t)}
	told.Comment = f.docs.of(object)
	return told
}

// addGlobal adds the getter, and the global to the module.
func (f *finder) addGlobal(told global, name string, of goType) {
	path := entityPath{"global", f.prefix.with(name), "getter", "true"}
	getter := f.callable("Get"+name, told.Comment, path)
	getter.ReturnValues = append(getter.ReturnValues, told.parameter.as(""))
	if _, constant := told.Tags["constant"]; constant {
		getter.Tags["constant"] = "true"
	}
	f.add(entry{Kind: kindGetGlobal, Name: name, Signature: "Get" + name, Results: []goType{of}}, &getter)
	told.Getter = &getter
	f.into.Globals = append(f.into.Globals, told)
}

func (f *finder) setterOf(told *global, object *types.Var) *function {
	path := entityPath{"global", f.prefix.with(object.Name()), "setter", "true"}
	setter := f.callable("Set"+object.Name(), told.Comment, path)
	setter.Parameters = append(setter.Parameters, told.parameter.as("value"))
	told.Setter = &setter
	return &setter
}

// as is the same type under another name.
func (p parameter) as(name string) parameter {
	p.Name, p.Comment = name, ""
	return p
}
