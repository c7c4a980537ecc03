"""Types as trees, and the ABI type of each; decision 21 explains them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

__all__ = [
    "ANY",
    "BYTES",
    "NONE",
    "TEXT",
    "Crossing",
    "Tree",
    "crossing",
    "foreign",
    "function",
    "of",
    "optional",
    "scalar",
    "tuple_of",
    "union",
    "variable",
    "variables_in",
    "with_arguments",
]

Tree = dict[str, Any]

ANY: Tree = {"kind": "any"}
NONE: Tree = {"kind": "none"}
TEXT: Tree = {"kind": "text"}
BYTES: Tree = {"kind": "bytes"}


def scalar(base: str) -> Tree:
    """Make the tree of a number or boolean."""
    return {"kind": "scalar", "type": base}


def of(kind: str, inner: Tree) -> Tree:
    """Make a tree with an inner one: ``list``, ``set``, ``iterator``, ``array`` …."""
    return (
        {"kind": kind, "of": inner, "rank": 1} if kind == "array" else {"kind": kind, "of": inner}
    )


def map_of(key: Tree, value: Tree) -> Tree:
    """Make the tree of a mapping."""
    return {"kind": "map", "key": key, "value": value}


def foreign(name: str, arguments: list[Tree] | None = None) -> Tree:
    """Make the tree of a class; the driver determines whether it is described."""
    tree: Tree = {"kind": "foreign", "name": name}
    if arguments:
        tree["arguments"] = arguments
    return tree


def variable(name: str) -> Tree:
    """Make the tree of a type parameter."""
    return {"kind": "variable", "name": name}


def function(parameters: list[Tree] | None, result: Tree) -> Tree:
    """Make the tree of a function; ``None`` for the parameters means any."""
    tree: Tree = {"kind": "function"}
    if parameters is not None:
        tree["parameters"] = parameters
    tree["results"] = [] if result == NONE else [result]
    return tree


def tuple_of(items: list[Tree]) -> Tree:
    """Make the tree of a tuple of a fixed length."""
    return {"kind": "tuple", "items": items}


def optional(tree: Tree) -> Tree:
    """Make a type optional, unless it already is."""
    return tree if tree["kind"] in ("optional", "any", "none") else of("optional", tree)


def union(items: list[Tree]) -> Tree:
    """Join types: each once, ``None`` outside, literals together."""
    flat: list[Tree] = []
    for item in items:
        match item:
            case {"kind": "union", "items": inner}:
                flat.extend(inner)
            case {"kind": "optional", "of": {"kind": "union", "items": inner}}:
                flat.extend([*inner, NONE])
            case {"kind": "optional", "of": inner}:
                flat.extend([inner, NONE])
            case _:
                flat.append(item)
    if ANY in flat:
        return ANY
    plain = _distinct([item for item in flat if item != NONE])
    literals = [value for item in plain if item["kind"] == "literal" for value in item["values"]]
    if literals:
        plain = [item for item in plain if item["kind"] != "literal"]
        plain.append({"kind": "literal", "values": _distinct(literals)})
    if not plain:
        return NONE
    joined = plain[0] if len(plain) == 1 else {"kind": "union", "items": plain}
    return optional(joined) if NONE in flat else joined


def _distinct(items: list[Any]) -> list[Any]:
    # Compared as text, since 1 and True are equal but different values.
    return list({repr(item): item for item in items}.values())


def variables_in(trees: Iterable[Tree]) -> list[str]:
    """Return the type variables in trees, in order."""
    names: dict[str, None] = {}

    def walk(tree: Any) -> None:
        if isinstance(tree, list):
            for item in tree:
                walk(item)
        elif isinstance(tree, dict):
            if tree.get("kind") == "variable":
                names[tree["name"]] = None
            for inner in tree.values():
                walk(inner)

    for tree in trees:
        walk(tree)
    return list(names)


def with_arguments(tree: Any, arguments: dict[str, Tree]) -> Any:
    """Replace type variables by types."""
    if isinstance(tree, list):
        return [with_arguments(item, arguments) for item in tree]
    if not isinstance(tree, dict):
        return tree
    if tree.get("kind") == "variable":
        return arguments.get(tree["name"], tree)
    return {key: with_arguments(inner, arguments) for key, inner in tree.items()}


class Crossing(NamedTuple):
    """How a value is passed: the ABI type, its rank, and the name of the class."""

    type: str
    dimensions: int = 0
    alias: str = ""


_ANY = Crossing("any")
_ARRAYS = {"array", "list", "iterable"}

VALUES = {
    *("decimal.Decimal", "uuid.UUID"),
    *("datetime.date", "datetime.time", "datetime.datetime", "datetime.timedelta"),
}
"""Classes whose objects are passed as values where ``any`` is declared."""

_NUMBER = re.compile(r"numpy\.(u?int(8|16|32|64|p|c)|float(16|32|64)|double|single|bool_?)")
"""Classes of numbers, which are passed as numbers where ``any`` is declared."""

PROTOCOLS: set[str] = set()
"""The protocols that were found: any object with their methods can be passed."""

BUFFERS = {"numpy.ndarray", "array.array", "memoryview"}
"""Classes instead of whose objects an array of another language can be passed."""


def crossing(tree: Tree, *, is_result: bool) -> Crossing:
    """Return how a value of a type is passed as a parameter or as a result."""
    match tree:
        case {"kind": "scalar", "type": base}:
            return Crossing(base)
        case {"kind": "text"}:
            return Crossing("string8")
        case {"kind": "bytes"}:
            return Crossing("uint8_array", 1)
        case {"kind": "function"}:
            return Crossing("callable")
        case {"kind": "foreign", "name": name}:
            return _class_crossing(name, is_result)
        case {"kind": "optional", "of": inner}:
            found = crossing(inner, is_result=is_result)
            return found if found.type == "handle" or found == _ANY else _ANY
        case {"kind": "literal", "values": values}:
            return _literal_crossing(values)
        case {"kind": "iterable"} if is_result:
            return Crossing("handle")
        case {"kind": kind, "of": inner} if kind in _ARRAYS:
            return _array_crossing(crossing(inner, is_result=is_result), inner["kind"] in _ARRAYS)
        case {"kind": "map" | "set" | "iterator" | "awaitable"} if is_result:
            return Crossing("handle")
    return _ANY


def _class_crossing(name: str, is_result: bool) -> Crossing:
    if name in VALUES or _NUMBER.fullmatch(name):
        return Crossing("any", 0, name)
    if (name in BUFFERS or name in PROTOCOLS) and not is_result:
        return Crossing("any", 0, name)
    return Crossing("handle", 0, name)


def _literal_crossing(values: list[Any]) -> Crossing:
    types = {type(value) for value in values}
    for plain, base in ((str, "string8"), (bool, "bool"), (int, "int64")):
        if types == {plain}:
            return Crossing(base)
    return _ANY


def _array_crossing(element: Crossing, is_nested: bool) -> Crossing:
    if element.dimensions == 0:
        return Crossing(f"{element.type}_array", 1, element.alias)
    if is_nested:
        return element._replace(dimensions=element.dimensions + 1)
    return Crossing("any_array", 1)
