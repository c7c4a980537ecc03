"""A Python host and classes of the JDK: bytes, and values that are objects in Java."""

from __future__ import annotations

import os
import threading
import zlib
from typing import Any

from metaffi import MetaFFIRuntime, MetaFFITypes, metaffi_type_info

jdk = MetaFFIRuntime("openjdk").load_module("")


def declared(name: str) -> metaffi_type_info:
    dims = 1 if name.endswith("_array") else 0
    return metaffi_type_info(getattr(MetaFFITypes, f"metaffi_{name}_type"), None, dims)


def call(path: str, params: list[str], result: str, *args: Any) -> Any:
    entity = jdk.load_entity(
        f"class=java.{path}", [declared(name) for name in params], [declared(result)]
    )
    return entity(*args)


def read(into: Any, ty: str) -> Any:
    stream = call("io.ByteArrayInputStream,callable=<init>", ["uint8_array"], "handle", b"hello")
    count = call(
        "io.InputStream,callable=read,instance_required", ["handle", ty], "int32", stream, into
    )
    assert count == len(into), count
    return into


# Bytes that Java writes into an array are in the bytearray that was passed for it.
for ty in ("uint8_array", "int8_array", "uint8_packed_array", "any"):
    assert read(bytearray(5), ty) == b"hello", ty
whole = bytearray(6)
read(memoryview(whole)[1:], "uint8_array")
assert whole == b"\0hello", whole
assert read(bytearray(), "uint8_array") == b""
assert read(b"12345", "uint8_array") == b"12345"

# Java has a copy of the environment, made at its first use.
GETENV = "lang.System,callable=getenv"
os.environ["SET_BEFORE"] = "1"
assert call(GETENV, ["string8"], "string8", "SET_BEFORE") == "1"
os.environ["SET_AFTER"] = "2"
assert call(GETENV, ["string8"], "string8", "SET_AFTER") is None

# Bytes are signed in Java.
for data in (b"\x01\xff", bytearray(b"\x01\xff"), memoryview(b"\x01\xff")):
    for ty in ("uint8_array", "int8_array", "int8_packed_array"):
        adler = call("util.zip.Adler32,callable=<init>", [], "handle")
        jdk.load_entity(
            "class=java.util.zip.Adler32,callable=update,instance_required",
            [declared("handle"), declared(ty)],
            None,
        )(adler, data)
        value = call(
            "util.zip.Adler32,callable=getValue,instance_required", ["handle"], "int64", adler
        )
        assert value == zlib.adler32(data), (value, ty)

# A text or a number becomes a Java object if a handle is declared.
LENGTH = "lang.String,callable=length,instance_required"
assert call(LENGTH, ["handle"], "int32", "abc") == 3
text = call("lang.String,callable=valueOf", ["any"], "handle", "abcd")
assert call(LENGTH, ["handle"], "int32", text) == 4
assert call("lang.Integer,callable=intValue,instance_required", ["handle"], "int32", 5) == 5
assert call("lang.Object,callable=toString,instance_required", ["handle"], "string8", "x") == "x"
try:
    call("lang.Byte,callable=intValue,instance_required", ["handle"], "int32", 200)
except Exception as error:
    assert "200 is out of range for int8" in str(error), error
else:
    raise AssertionError("200 is no byte")

# A Java Iterable may be any Python iterable, or Java's own as before.
LARGEST = "util.Collections,callable=max"
assert call(LARGEST, ["any"], "any", (number for number in (3, 9, 4))) == 9
assert call(LARGEST, ["any"], "any", {3, 9}) == 9
assert call(LARGEST, ["any"], "any", [3, 9]) == 9
numbers = call("util.List,callable=of", ["any", "any"], "handle", 3, 9)
assert call(LARGEST, ["any"], "any", numbers) == 9
iterator = metaffi_type_info(MetaFFITypes.metaffi_any_type, "java.util.Iterator", 0)
of_unknown_size = jdk.load_entity(
    "class=java.util.Spliterators,callable=spliteratorUnknownSize",
    [iterator, declared("int32")],
    [declared("handle")],
)
remaining = "util.Spliterator,callable=forEachRemaining,instance_required"
seen: list[int] = []
call(remaining, ["handle", "callable"], "null", of_unknown_size(iter([7, 8]), 0), seen.append)
assert seen == [7, 8], seen

# An exception that is passed as a value has its type and message, and comes back as itself.
failure = ValueError("no luck")
assert call("util.Objects,callable=toString", ["any"], "string8", failure) == "ValueError: no luck"
assert call("util.Objects,callable=requireNonNull", ["any"], "any", failure) is failure
missing = call("io.FileNotFoundException,callable=<init>", ["string8"], "any", "x.txt")
assert str(missing) == "java.io.FileNotFoundException: x.txt", missing
assert missing.type_name == "java.io.FileNotFoundException"
MESSAGE = "lang.Throwable,callable=getMessage,instance_required"
assert call(MESSAGE, ["handle"], "string8", missing) == "x.txt"


def name_in_java() -> str:
    thread = call("lang.Thread,callable=currentThread", [], "handle")
    return call("lang.Thread,callable=getName,instance_required", ["handle"], "string8", thread)


# Threads have the same name on both sides, whichever started them.
names: list[str] = []
worker = threading.Thread(
    target=lambda: names.append(name_in_java()), name="worker-7, named at length"
)
worker.start()
worker.join()
assert names == [worker.name], names


def task() -> None:
    names.append(threading.current_thread().name)
    names.append(name_in_java())


before = threading.active_count()
thread = call(
    "lang.Thread,callable=<init>", ["callable", "string8"], "handle", task, "pool-1-größer-als-15"
)
for step in ("start", "join"):
    jdk.load_entity(
        f"class=java.lang.Thread,callable={step},instance_required", [declared("handle")], None
    )(thread)
assert names[1:] == ["pool-1-größer-als-15"] * 2, names
assert threading.active_count() <= before + 1
print("ok")
