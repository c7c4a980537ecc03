package xcall

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"unsafe"
)

// The C side prints the same lines as layoutInGo.
const layoutInC = `
#include <stdio.h>
#include "metaffi_native.h"
#define SIZE(t) printf(#t " %zu\n", sizeof(t))
#define AT(t, f) printf(#t "." #f " %zu\n", offsetof(t, f))
int main(void) {
    SIZE(metaffi_value); AT(metaffi_value, dims); AT(metaffi_value, ownership);
    AT(metaffi_value, flags); AT(metaffi_value, length); AT(metaffi_value, as);
    SIZE(metaffi_str); AT(metaffi_str, length);
    SIZE(metaffi_object); AT(metaffi_object, owner); AT(metaffi_object, data);
    SIZE(metaffi_buffer); AT(metaffi_buffer, data); AT(metaffi_buffer, size);
    SIZE(metaffi_error); AT(metaffi_error, kind); AT(metaffi_error, message);
    AT(metaffi_error, language); AT(metaffi_error, type_name); AT(metaffi_error, stack_trace);
    AT(metaffi_error, cause); AT(metaffi_error, original); AT(metaffi_error, release);
    SIZE(metaffi_frame); AT(metaffi_frame, rets); AT(metaffi_frame, nargs);
    AT(metaffi_frame, nrets); AT(metaffi_frame, arena_next); AT(metaffi_frame, arena_end);
    AT(metaffi_frame, arena_grow); AT(metaffi_frame, error);
    SIZE(metaffi_callable); AT(metaffi_callable, call); AT(metaffi_callable, context);
    AT(metaffi_callable, params); AT(metaffi_callable, rets); AT(metaffi_callable, nparams);
    AT(metaffi_callable, nrets); AT(metaffi_callable, nparams_max);
    SIZE(metaffi_type_info); AT(metaffi_type_info, dims); AT(metaffi_type_info, alias);
    SIZE(metaffi_go_callable); AT(metaffi_go_callable, references);
    AT(metaffi_go_callable, type);
    SIZE(metaffi_object_vtable); AT(metaffi_object_vtable, exact); AT(metaffi_object_vtable, method);
    AT(metaffi_object_vtable, member); AT(metaffi_object_vtable, describe);
    SIZE(metaffi_exact_object); AT(metaffi_exact_object, text);
    AT(metaffi_exact_object, kind); AT(metaffi_exact_object, object);
    SIZE(metaffi_error_object); AT(metaffi_error_object, error);
    SIZE(metaffi_go_object); AT(metaffi_go_object, references); AT(metaffi_go_object, index);
    AT(metaffi_go_object, type);
    SIZE(metaffi_go_buffer); AT(metaffi_go_buffer, references);
    AT(metaffi_go_frame, overflow);
    printf("abi %u\n", METAFFI_ABI_VERSION);
}
`

func layoutInGo() string {
	var value Value
	var text Text
	var object Object
	var held buffer
	var failure cError
	var frame Frame
	var vtable objectVtable
	var exact exactObject
	var passed errorObject
	var counted countedObject
	var function callable
	var info typeInfo
	var countedFunction countedCallable
	var memory callMemory
	var countedBytes countedBuffer
	return fmt.Sprintln("metaffi_value", unsafe.Sizeof(value)) +
		fmt.Sprintln("metaffi_value.dims", unsafe.Offsetof(value.Dims)) +
		fmt.Sprintln("metaffi_value.ownership", unsafe.Offsetof(value.Ownership)) +
		fmt.Sprintln("metaffi_value.flags", unsafe.Offsetof(value.Flags)) +
		fmt.Sprintln("metaffi_value.length", unsafe.Offsetof(value.Length)) +
		fmt.Sprintln("metaffi_value.as", unsafe.Offsetof(value.Bits)) +
		fmt.Sprintln("metaffi_str", unsafe.Sizeof(text)) +
		fmt.Sprintln("metaffi_str.length", unsafe.Offsetof(text.Length)) +
		fmt.Sprintln("metaffi_object", unsafe.Sizeof(object)) +
		fmt.Sprintln("metaffi_object.owner", unsafe.Offsetof(object.Owner)) +
		fmt.Sprintln("metaffi_object.data", unsafe.Offsetof(object.Data)) +
		fmt.Sprintln("metaffi_buffer", unsafe.Sizeof(held)) +
		fmt.Sprintln("metaffi_buffer.data", unsafe.Offsetof(held.data)) +
		fmt.Sprintln("metaffi_buffer.size", unsafe.Offsetof(held.size)) +
		fmt.Sprintln("metaffi_error", unsafe.Sizeof(failure)) +
		fmt.Sprintln("metaffi_error.kind", unsafe.Offsetof(failure.kind)) +
		fmt.Sprintln("metaffi_error.message", unsafe.Offsetof(failure.message)) +
		fmt.Sprintln("metaffi_error.language", unsafe.Offsetof(failure.language)) +
		fmt.Sprintln("metaffi_error.type_name", unsafe.Offsetof(failure.typeName)) +
		fmt.Sprintln("metaffi_error.stack_trace", unsafe.Offsetof(failure.stackTrace)) +
		fmt.Sprintln("metaffi_error.cause", unsafe.Offsetof(failure.cause)) +
		fmt.Sprintln("metaffi_error.original", unsafe.Offsetof(failure.original)) +
		fmt.Sprintln("metaffi_error.release", unsafe.Offsetof(failure.release)) +
		fmt.Sprintln("metaffi_frame", unsafe.Sizeof(frame)) +
		fmt.Sprintln("metaffi_frame.rets", unsafe.Offsetof(frame.rets)) +
		fmt.Sprintln("metaffi_frame.nargs", unsafe.Offsetof(frame.nargs)) +
		fmt.Sprintln("metaffi_frame.nrets", unsafe.Offsetof(frame.nrets)) +
		fmt.Sprintln("metaffi_frame.arena_next", unsafe.Offsetof(frame.arenaNext)) +
		fmt.Sprintln("metaffi_frame.arena_end", unsafe.Offsetof(frame.arenaEnd)) +
		fmt.Sprintln("metaffi_frame.arena_grow", unsafe.Offsetof(frame.arenaGrow)) +
		fmt.Sprintln("metaffi_frame.error", unsafe.Offsetof(frame.err)) +
		fmt.Sprintln("metaffi_callable", unsafe.Sizeof(function)) +
		fmt.Sprintln("metaffi_callable.call", unsafe.Offsetof(function.call)) +
		fmt.Sprintln("metaffi_callable.context", unsafe.Offsetof(function.context)) +
		fmt.Sprintln("metaffi_callable.params", unsafe.Offsetof(function.params)) +
		fmt.Sprintln("metaffi_callable.rets", unsafe.Offsetof(function.rets)) +
		fmt.Sprintln("metaffi_callable.nparams", unsafe.Offsetof(function.nparams)) +
		fmt.Sprintln("metaffi_callable.nrets", unsafe.Offsetof(function.nrets)) +
		fmt.Sprintln("metaffi_callable.nparams_max", unsafe.Offsetof(function.nparamsMax)) +
		fmt.Sprintln("metaffi_type_info", unsafe.Sizeof(info)) +
		fmt.Sprintln("metaffi_type_info.dims", unsafe.Offsetof(info.dims)) +
		fmt.Sprintln("metaffi_type_info.alias", unsafe.Offsetof(info.alias)) +
		fmt.Sprintln("metaffi_go_callable", unsafe.Sizeof(countedFunction)) +
		fmt.Sprintln("metaffi_go_callable.references", unsafe.Offsetof(countedFunction.references)) +
		fmt.Sprintln("metaffi_go_callable.type", unsafe.Offsetof(countedFunction.typeNumber)) +
		fmt.Sprintln("metaffi_object_vtable", unsafe.Sizeof(vtable)) +
		fmt.Sprintln("metaffi_object_vtable.exact", unsafe.Offsetof(vtable.exact)) +
		fmt.Sprintln("metaffi_object_vtable.method", unsafe.Offsetof(vtable.method)) +
		fmt.Sprintln("metaffi_object_vtable.member", unsafe.Offsetof(vtable.member)) +
		fmt.Sprintln("metaffi_object_vtable.describe", unsafe.Offsetof(vtable.describe)) +
		fmt.Sprintln("metaffi_exact_object", unsafe.Sizeof(exact)) +
		fmt.Sprintln("metaffi_exact_object.text", unsafe.Offsetof(exact.text)) +
		fmt.Sprintln("metaffi_exact_object.kind", unsafe.Offsetof(exact.kind)) +
		fmt.Sprintln("metaffi_exact_object.object", unsafe.Offsetof(exact.object)) +
		fmt.Sprintln("metaffi_error_object", unsafe.Sizeof(passed)) +
		fmt.Sprintln("metaffi_error_object.error", unsafe.Offsetof(passed.err)) +
		fmt.Sprintln("metaffi_go_object", unsafe.Sizeof(counted)) +
		fmt.Sprintln("metaffi_go_object.references", unsafe.Offsetof(counted.references)) +
		fmt.Sprintln("metaffi_go_object.index", unsafe.Offsetof(counted.index)) +
		fmt.Sprintln("metaffi_go_object.type", unsafe.Offsetof(counted.typeNumber)) +
		fmt.Sprintln("metaffi_go_buffer", unsafe.Sizeof(countedBytes)) +
		fmt.Sprintln("metaffi_go_buffer.references", unsafe.Offsetof(countedBytes.references)) +
		fmt.Sprintln("metaffi_go_frame.overflow", unsafe.Offsetof(memory.overflow)) +
		fmt.Sprintln("abi", ABIVersion)
}

func compileAndRun(t *testing.T, code string) string {
	t.Helper()
	folder := t.TempDir()
	source, program := filepath.Join(folder, "layout.c"), filepath.Join(folder, "layout")
	if err := os.WriteFile(source, []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	compiler := os.Getenv("CC")
	if compiler == "" {
		compiler = "cc"
	}
	compile := exec.Command(compiler, "-I../native", "-I../../../../include", "-o", program, source)
	if output, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	output, err := exec.Command(program).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(output)
}

func TestTheMirrorMatchesTheHeader(t *testing.T) {
	if c, mirror := compileAndRun(t, layoutInC), layoutInGo(); c != mirror {
		t.Errorf("the header says\n%s\nand the mirror\n%s", c, mirror)
	}
}

func TestTheConstantsMatchTheHeader(t *testing.T) {
	code := "#include <stdio.h>\n#include \"metaffi.h\"\nint main(void) {\n"
	expected := ""
	named := []struct {
		name  string
		value any
	}{
		{"FLOAT64", TypeFloat64}, {"FLOAT32", TypeFloat32}, {"INT8", TypeInt8},
		{"INT16", TypeInt16}, {"INT32", TypeInt32}, {"INT64", TypeInt64}, {"UINT8", TypeUint8},
		{"UINT16", TypeUint16}, {"UINT32", TypeUint32}, {"UINT64", TypeUint64},
		{"BOOL", TypeBool}, {"CHAR8", TypeChar8}, {"CHAR16", TypeChar16}, {"CHAR32", TypeChar32},
		{"STRING8", TypeString8}, {"STRING16", TypeString16}, {"STRING32", TypeString32},
		{"HANDLE", TypeHandle}, {"ARRAY", TypeArray}, {"SIZE", TypeSize}, {"ANY", TypeAny},
		{"NULL", TypeNull}, {"CALLABLE", TypeCallable}, {"PACKED", TypePacked},
		{"BORROWED", Borrowed}, {"ARENA", InArena}, {"TRANSFERRED", Transferred}, {"MAX_DEPTH", MaxDepth},
		{"OK", StatusOK}, {"ERROR_ARGUMENT", ErrorArgument}, {"ERROR_NOT_FOUND", ErrorNotFound},
		{"ERROR_LOAD", ErrorLoad}, {"ERROR_SIGNATURE", ErrorSignature},
		{"ERROR_GUEST", ErrorGuest}, {"ERROR_PANIC", ErrorPanic},
		{"ERROR_RELEASED", ErrorReleased}, {"ERROR_ABI", ErrorABI},
		{"ERROR_UNSUPPORTED", ErrorUnsupported}, {"ERROR_INTERNAL", ErrorInternal},
	}
	for _, constant := range named {
		code += fmt.Sprintf("printf(\"%s %%u\\n\", METAFFI_%s);\n", constant.name, constant.name)
		expected += fmt.Sprintf("%s %d\n", constant.name, constant.value)
	}
	if c := compileAndRun(t, code+"}\n"); c != expected {
		t.Errorf("the header says\n%s\nand the mirror\n%s", c, expected)
	}
}
