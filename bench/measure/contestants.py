"""The contestants: each provides its callables by the scenario's name.

An entry is the callable; with it the object that it is called with, or the type
of the error that it raises. `calls` is no scenario: it tells how often `void` ran.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .scenarios import OBJECTS, STEP

Entries = dict[str, tuple]


def step(value: int) -> int:
    """The function that is called back."""
    return value + STEP


def metaffi_java(built: Path) -> Entries:
    from metaffi import MetaFFIRuntime

    module = MetaFFIRuntime("openjdk").load_module(str(built / "bench.jar"))
    return _metaffi(module, lambda name: f"class=bench.Bench,callable={name}", _JAVA)


def metaffi_go(built: Path) -> Entries:
    from metaffi import MetaFFIRuntime

    module = MetaFFIRuntime("go").load_module(str(built / "bench_MetaFFIGuest"))
    return _metaffi(module, lambda name: f"callable={name}", _GO)


_JAVA = {
    "void": "nothing",
    "calls": "calls",
    "int64": "echo",
    "string": "text",
    "sum": "sum",
    "numbers": "numbers",
    "mixed": "mixed",
    "strings": "strings",
    "objects": "objects",
    "bytes": "bytes",
    "dict": "total",
    "new": "<init>",
    "object": "increment,instance_required",
    "callback": "apply",
    "error": "fail",
}
_GO = {
    "void": "Nothing",
    "calls": "Calls",
    "int64": "Echo",
    "string": "Text",
    "sum": "Sum",
    "numbers": "Numbers",
    "mixed": "Mixed",
    "strings": "Strings",
    "objects": "Objects",
    "bytes": "Bytes",
    "dict": "Total",
    "new": "NewCounter",
    "object": "Counter.Increment,instance_required",
    "callback": "Apply",
    "error": "Fail",
}


def _metaffi(module: Any, path: Callable[[str], str], names: dict[str, str]) -> Entries:
    from metaffi import MetaFFIError, MetaFFITypes, make_metaffi_callable, metaffi_type_info

    int64 = [metaffi_type_info(MetaFFITypes.metaffi_int64_type)]
    string = [metaffi_type_info(MetaFFITypes.metaffi_string8_type)]
    handle = [metaffi_type_info(MetaFFITypes.metaffi_handle_type)]
    array = [metaffi_type_info(MetaFFITypes.metaffi_int64_array_type, dims=1)]
    values = [metaffi_type_info(MetaFFITypes.metaffi_any_array_type, dims=1)]
    strings = [metaffi_type_info(MetaFFITypes.metaffi_string8_array_type, dims=1)]
    handles = [metaffi_type_info(MetaFFITypes.metaffi_handle_array_type, dims=1)]
    octets = [metaffi_type_info(MetaFFITypes.metaffi_uint8_array_type, dims=1)]
    anything = [metaffi_type_info(MetaFFITypes.metaffi_any_type)]

    def load(name: str, params: list | None, returns: list | None) -> Callable:
        return module.load_entity(path(names[name]), params, returns)

    function = [metaffi_type_info(MetaFFITypes.metaffi_callable_type)]
    total, new = load("sum", array, int64), load("new", None, handle)
    return {
        "void": (load("void", None, None),),
        "calls": (load("calls", None, int64),),
        "int64": (load("int64", int64, int64),),
        "string": (load("string", string, string),),
        "list": (total,),
        "numpy": (total,),
        "numbers": (load("numbers", None, array),),
        "mixed": (load("mixed", values, values),),
        "strings": (load("strings", strings, strings),),
        "objects": (load("objects", handles, handles), [new() for _ in range(OBJECTS)]),
        "dict": (load("dict", anything, int64),),
        "bytes": (load("bytes", octets, octets),),
        "object": (load("object", handle, int64), new()),
        "callback": (load("callback", function + int64, int64), make_metaffi_callable(step)),
        "error": (load("error", None, None), MetaFFIError),
    }


def stubs_java(built: Path) -> Entries:
    stubs = _stubs(built, "java", "bench.jar", "openjdk").Bench
    return {
        "void": (stubs.nothing,),
        "calls": (stubs.calls,),
        "int64": (stubs.echo,),
        "string": (stubs.text,),
        "list": (stubs.sum,),
        "numpy": (stubs.sum,),
        "object": (stubs().increment,),
        "callback": (stubs.apply, step),
        "error": (stubs.fail, _error()),
    }


def stubs_go(built: Path) -> Entries:
    stubs = _stubs(built, "go", "bench_MetaFFIGuest", "go")
    return {
        "void": (stubs.Nothing,),
        "calls": (stubs.Calls,),
        "int64": (stubs.Echo,),
        "string": (stubs.Text,),
        "list": (stubs.Sum,),
        "numpy": (stubs.Sum,),
        "object": (stubs.NewCounter().Increment,),
        "callback": (stubs.Apply, step),
        "error": (stubs.Fail, _error()),
    }


def _stubs(built: Path, guest: str, module: str, runtime: str) -> Any:
    sys.path.insert(0, str(built / "stubs" / guest))
    stubs = __import__("bench_MetaFFIHost")
    stubs.bind_module_to_code(str(built / module), runtime)
    return stubs


def _error() -> type[Exception]:
    from metaffi import MetaFFIError

    return MetaFFIError


def floor_java(built: Path) -> Entries:
    return _floor(built, "java", built / "java")


def floor_go(built: Path) -> Entries:
    return _floor(built, "go", built / "libbench_native.so")


def _floor(built: Path, guest: str, fixture: Path) -> Entries:
    sys.path.insert(0, str(built))
    floor = __import__("floor_python")
    floor.open(str(built / f"libfloor_{guest}.so"), str(fixture))
    return {
        "void": (floor.nothing,),
        "calls": (floor.calls,),
        "int64": (floor.echo,),
        "string": (floor.text,),
        "list": (floor.sum,),
        "numpy": (floor.sum,),
        "numbers": (floor.numbers,),
        "object": (floor.increment, floor.counter()),
        "callback": (floor.apply, floor.bind(step)),
        "error": (floor.fail, floor.FloorError),
    }


def jpype_java(built: Path) -> Entries:
    import jpype

    jpype.startJVM(classpath=[str(built / "bench.jar")], convertStrings=True)
    bench = jpype.JClass("bench.Bench")
    return {
        "void": (bench.nothing,),
        "calls": (bench.calls,),
        "int64": (bench.echo,),
        "string": (bench.text,),
        "list": (bench.sum,),
        "numpy": (bench.sum,),
        "numbers": (lambda: list(bench.numbers()),),
        "mixed": (lambda values: list(bench.mixed(values)),),
        "strings": (lambda values: list(bench.strings(values)),),
        "objects": (
            lambda values: list(bench.objects(values)),
            [bench() for _ in range(OBJECTS)],
        ),
        "dict": (bench.total,),
        "bytes": (lambda value: bytes(bench.bytes(value)),),
        "object": (bench().increment,),
        "callback": (bench.apply, step),
        "error": (bench.fail, jpype.JException),
    }


def ctypes_go(built: Path) -> Entries:
    from ctypes import c_char_p, c_longlong, c_size_t, c_void_p

    lib = ctypes.CDLL(str(built / "libbench_native.so"))

    def declare(name: str, restype: Any, *argtypes: Any) -> Any:
        function = lib[name]
        function.restype, function.argtypes = restype, argtypes
        return function

    total = declare("PlainSum", c_longlong, c_void_p, c_longlong)
    echo_text = declare("PlainText", c_void_p, c_char_p)
    failing = declare("PlainFail", c_void_p)
    free = declare("PlainFree", None, c_void_p)

    def taken(address: int) -> str:
        text = ctypes.string_at(address).decode()
        free(address)
        return text

    def text(value: str) -> str:
        return taken(echo_text(value.encode()))

    strings_of = declare("PlainStrings", c_void_p, c_void_p, c_longlong)
    numbers_of = declare("PlainNumbers", ctypes.POINTER(c_longlong), ctypes.POINTER(c_longlong))
    bytes_of = declare("PlainBytes", c_void_p, c_char_p, c_longlong)

    def strings(values: list[str]) -> list[str]:
        n = len(values)
        answer = strings_of((c_char_p * n)(*(value.encode() for value in values)), n)
        result = [taken(address) for address in (c_void_p * n).from_address(answer)]
        free(answer)
        return result

    def numbers() -> list[int]:
        n = c_longlong()
        answer = numbers_of(n)
        result = answer[: n.value]
        free(answer)
        return result

    def echo_bytes(value: bytes) -> bytes:
        answer = bytes_of(value, len(value))
        result = ctypes.string_at(answer, len(value))
        free(answer)
        return result

    def sum_list(values: list[int]) -> int:
        n = len(values)
        return total((c_longlong * n)(*values), n)

    def sum_numpy(values: Any) -> int:
        return total(values.ctypes.data, len(values))

    operation = ctypes.CFUNCTYPE(c_longlong, c_longlong)

    def fail() -> None:
        if error := failing():
            raise RuntimeError(taken(error))

    return {
        "void": (declare("PlainNothing", None),),
        "calls": (declare("PlainCalls", c_longlong),),
        "int64": (declare("PlainEcho", c_longlong, c_longlong),),
        "string": (text,),
        "list": (sum_list,),
        "numpy": (sum_numpy,),
        "numbers": (numbers,),
        "strings": (strings,),
        "bytes": (echo_bytes,),
        "object": (
            declare("PlainIncrement", c_longlong, c_size_t),
            declare("PlainNewCounter", c_size_t)(),
        ),
        "callback": (declare("PlainApply", c_longlong, operation, c_longlong), operation(step)),
        "error": (fail, RuntimeError),
    }
