package metaffi_test

import (
	"reflect"
	"testing"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
)

func TestAMapStandsForNamedArguments(t *testing.T) {
	for _, declared := range []IDL.MetaFFIType{IDL.HANDLE, IDL.ANY} {
		echo := loopback(t, "callable=echo, named_args", infos(declared), infos(IDL.ANY))
		got := one(t, echo, map[string]interface{}{"answer": int64(42)})
		want := [][]interface{}{{"answer", int64(42)}}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%v: got %#v, want %#v", declared, got, want)
		}
		if got := one(t, echo, nil); got != nil {
			t.Errorf("%v: got %#v for nil", declared, got)
		}
	}
	plain := loopback(t, "callable=echo", infos(IDL.HANDLE), infos(IDL.HANDLE))
	names := map[string]int{"a": 1}
	same := one(t, plain, names)
	if reflect.ValueOf(same).Pointer() != reflect.ValueOf(names).Pointer() {
		t.Errorf("without the tag a map is not the same object: %#v", same)
	}
}
