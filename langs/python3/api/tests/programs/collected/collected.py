"""Python's collections for parameters that are declared as Java's."""

from __future__ import annotations

import collections
import decimal
import types
from typing import Any

import metaffi
from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes, metaffi_type_info

T = MetaFFITypes
module = MetaFFIRuntime("openjdk").load_module(".")
TEXT = T.metaffi_string8_type


def declared(kind: str, alias: str | None = None) -> metaffi_type_info:
    return metaffi_type_info(T[f"metaffi_{kind}_type"], alias)


def call(name: str, value: Any, kind: str = "any", alias: str | None = None) -> Any:
    path = f"class=Collected,callable={name}"
    return module.load_entity(path, [declared(kind, alias)], [declared("any")])(value)


def fails(name: str, value: Any, text: str) -> None:
    try:
        result = call(name, value)
    except MetaFFIError as error:
        assert text in str(error), str(error)
    else:
        raise AssertionError(result)


class Bag:
    """Can be iterated over by `__getitem__` only."""

    def __getitem__(self, index: int) -> int:
        return [7, 8][index]


# Any iterable; the elements are converted to the declared type.
for value in ([1, 2], (1, 2), iter([1, 2]), (i for i in (1, 2)), {1: 0, 2: 0}.keys(), range(1, 3)):
    assert call("collection", value) == "[Integer 1, Integer 2]"
assert call("collection", collections.deque([1])) == "[Integer 1]"
assert call("collection", Bag()) == "[Integer 7, Integer 8]"


class Series:
    """Has keys, but iterates over its values."""

    def keys(self) -> list[str]:
        return ["a"]

    def values(self) -> list[int]:
        return [5]

    def __getitem__(self, key: str) -> int:
        return {"a": 5}[key]

    def __iter__(self) -> Any:
        return iter([5])


assert call("collection", Series()) == "[Integer 5]"
assert call("map", Series()) == "[String a] [Integer 5]"
assert call("iterable", (x for x in (1, "a", 2.5, None))) == "[Long 1, String a, Double 2.5, null]"
assert call("list", iter(["a"])) == call("list", ["a"]) == "[String a, String more]"
assert call("set", {5}) == call("set", frozenset([5])) == call("set", [5, 5]) == "[Long 5]"
assert call("sortedSet", {"b", "a"}) == "[String a, String b]"
assert call("deque", iter([3])) == call("deque", [3]) == "[Short 3]"
assert call("iterator", iter([1])) == call("iterator", [1]) == "[Integer 1]"
assert call("enumeration", {"a"}) == "[String a]"
assert call("stream", (x for x in [1])) == call("stream", [1]) == "[Byte 1]"
assert call("array", range(3)) == call("array", {0: 0, 1: 1, 2: 2}.values()) == "[0, 1, 2]"
assert call("texts", {"a": 1}.keys()) == "[a]"
assert call("set", set()) == "[]"

# Only a text of one UTF-16 unit is a char.
assert call("chars", ["a", "é"]) == call("chars", iter("aé")) == "aé"
assert call("character", "é") == "char é"
for name, text in (("character", "expected one character"), ("chars", "element 0: expected one")):
    for wrong in ("", "ab", "\U0001f600"):
        fails(name, wrong if name == "character" else [wrong], text)
assert call("doubles", [decimal.Decimal("0.5"), 2, 1.5]) == "[0.5, 2.0, 1.5]"

# Nulls in arrays of Java are None.
holes = module.load_entity("class=Collected,callable=holes", None, [declared("any")])
assert holes() == [[1], None]
no_text = module.load_entity("class=Collected,callable=noText", None, [declared("any")])
assert no_text() == ["a", None]

# The same where a handle, or an array, is declared.
assert call("set", {5}, "handle") == call("set", {5}, "int64_array") == "[Long 5]"
assert call("map", {"a": 1}, "handle") == "[String a] [Integer 1]"

# Mappings.
assert call("map", {"b": 1, "a": None}) == "[String b, String a] [Integer 1, null]"
assert call("map", types.MappingProxyType({"a": 1})) == "[String a] [Integer 1]"
assert call("map", collections.ChainMap({"a": 1}, {"a": 2})) == "[String a] [Integer 1]"
assert call("sortedMap", {2: "x", 1: None}) == "[Integer 1, Integer 2] [null, String x]"
assert call("concurrentMap", {"a": 1}) == "[String a] [Short 1]"
assert call("map", {}) == "[] []"

# At any depth, and for the results of functions.
assert call("nested", {"a": [{1: {9}}]}) == "[Short 9]"
assert (
    call("maps", [{"a": 1}, {}])
    == call("maps", iter([{"a": 1}, {}]))
    == ("[String a] [Integer 1]; [] []")
)
assert call("supplied", lambda: {"a": 1}) == "[String a] [Integer 1]"
assert call("suppliedSet", lambda: {1}) == "[Integer 1]"

# An alias says which overload is meant.
assert call("over", {"a": 1}, "any", "java.util.Map<String, Integer>").startswith("map [String a]")
assert call("over", {5}, "any", "java.util.Set") == "set [Long 5]"

# Where Java declares no such type they are Python objects, and come back as themselves.
for mine in ({"a": 1}, {1}, (i for i in ())):
    assert call("anything", mine) is mine
    assert call("within", [mine]) is mine

# A mismatch is an error, and an exception that Python raises meanwhile is raised.
fails("collection", {"a": 1}, "expected java.util.Collection, got an object of another runtime")
fails("map", [1], "a map")
fails("map", {1}, "expected java.util.Map")
fails("map", {1: 1}, "expected java.lang.String")
fails("map", {"a": 2**40}, "out of range")


def raises() -> Any:
    yield 1
    raise KeyError("mine")


try:
    call("collection", raises())
except KeyError as error:
    assert error.args == ("mine",)
else:
    raise AssertionError("no exception")

assert metaffi._native.live_objects() < 20
print("ok")
