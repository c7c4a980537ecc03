//go:build go1.22

package xcall

import (
	"fmt"
	"hash/fnv"
	"reflect"
	"strings"
)

// prefixes are the beginnings of class names, by the paths of packages.
var prefixes = map[string]string{}

// Prefixes sets how entity paths name the packages that were read. Only the
// guest's init may call it.
func Prefixes(of map[string]string) { prefixes = of }

// ClassOf is the entry that returns the class of an object, as the IDL names
// it.
func ClassOf(f *Frame) error {
	of := reflect.TypeOf(Arg(f, 0, Any))
	for of != nil && of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	name := ""
	if of != nil {
		name = className(of)
	}
	f.PutString(0, name)
	return nil
}

// className returns a type as the IDL writes it.
func className(of reflect.Type) string {
	if of.Name() != "" {
		return qualified(of.PkgPath(), instanceName(of.Name()))
	}
	switch of.Kind() {
	case reflect.Map:
		return "map[" + className(of.Key()) + "]" + className(of.Elem())
	case reflect.Slice:
		return "[]" + className(of.Elem())
	case reflect.Pointer:
		return "*" + className(of.Elem())
	case reflect.Array:
		return fmt.Sprintf("[%d]%s", of.Len(), className(of.Elem()))
	case reflect.Chan:
		direction := map[reflect.ChanDir]string{
			reflect.BothDir: "chan ", reflect.RecvDir: "<-chan ", reflect.SendDir: "chan<- ",
		}
		return direction[of.ChanDir()] + className(of.Elem())
	}
	return strings.ReplaceAll(of.String(), "interface {}", "any")
}

func qualified(path, name string) string {
	prefix, isRead := prefixes[path]
	if !isRead {
		prefix = path
	}
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}

// instanceName writes the type arguments in a name as the IDL does.
func instanceName(name string) string {
	open := strings.IndexByte(name, '[')
	if open < 0 {
		return name
	}
	arguments := strings.ReplaceAll(name[open:], ",", ";")
	arguments = strings.ReplaceAll(arguments, "interface {}", "any")
	for path, prefix := range prefixes {
		if prefix != "" {
			prefix += "."
		}
		arguments = strings.ReplaceAll(arguments, path+".", prefix)
	}
	return name[:open] + arguments
}

// ObjectText is the entry that returns an object as fmt.Print writes it.
func ObjectText(f *Frame) error {
	f.PutString(0, strings.ToValidUTF8(fmt.Sprint(Arg(f, 0, Any)), "\uFFFD"))
	return nil
}

// ObjectEqual is the entry that reports whether two objects are equal: by the
// method Equal if there is one, or else as == does.
func ObjectEqual(f *Frame) error {
	one, other := Arg(f, 0, Any), Arg(f, 1, Any)
	f.PutBool(0, equal(one, other))
	return nil
}

func equal(one, other any) bool {
	if method, ok := equalMethod(one); ok {
		if argument := reflect.ValueOf(other); argument.IsValid() && argument.Type().AssignableTo(method.Type().In(0)) {
			return method.Call([]reflect.Value{argument})[0].Bool()
		}
		return false
	}
	of := reflect.TypeOf(one)
	return of == reflect.TypeOf(other) && (of == nil || of.Comparable()) && one == other
}

// equalMethod returns the method Equal of a value, func(T) bool for its own
// type or an interface.
func equalMethod(of any) (reflect.Value, bool) {
	value := reflect.ValueOf(of)
	if !value.IsValid() || value.Kind() == reflect.Pointer && value.IsNil() {
		return value, false
	}
	method := value.MethodByName("Equal")
	if !method.IsValid() {
		return method, false
	}
	signature := method.Type()
	fits := signature.NumIn() == 1 && signature.NumOut() == 1 && signature.Out(0).Kind() == reflect.Bool
	return method, fits && !signature.IsVariadic()
}

// ObjectHash is the entry that returns a number which equal objects share.
func ObjectHash(f *Frame) error {
	f.PutInt64(0, hashOf(Arg(f, 0, Any)))
	return nil
}

func hashOf(value any) int64 {
	hash := fnv.New64a()
	fmt.Fprintf(hash, "%T", value)
	if _, hasEqual := equalMethod(value); !hasEqual {
		// Only the type itself knows what its Equal looks at.
		fmt.Fprintf(hash, "%#v", shallow(value))
	}
	return int64(hash.Sum64())
}

// shallow returns a pointer as a number, and other values unchanged: what a
// pointer points to may change.
func shallow(value any) any {
	switch of := reflect.ValueOf(value); of.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func:
		return of.Pointer()
	}
	return value
}
