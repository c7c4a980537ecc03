"""The meaning of the standard library's types, by name: ``int``, ``Optional[…]``, ``Callable[…]``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from . import trees
from .trees import ANY, BYTES, NONE, TEXT, Tree

__all__ = ["Argument", "known", "plain_name"]


class Argument(Protocol):
    """A type argument in brackets, in a source or of a live object."""

    def tree(self) -> Tree:
        """Read it as a type."""

    def items(self) -> list[Argument] | None:
        """Return its items, if it is a list."""

    def is_ellipsis(self) -> bool:
        """Return whether it is ``...``."""

    def literals(self) -> list[object] | None:
        """Read it as values; ``None`` if they cannot be written as literals."""


_SCALARS = {"int": "int64", "float": "float64", "bool": "bool"}
_TEXTS = {"str", "AnyStr", "LiteralString", "Text"}
_BYTES = {"bytes", "bytearray", "memoryview", "ByteString", "Buffer", "ReadableBuffer"}
_ANYTHING = {"object", "Any", "Hashable", "Sized", "Incomplete", "Unused", "MaybeNone"}
_NOTHING = {"None", "NoneType", "NoReturn", "Never"}
_BOOLEANS = {"TypeGuard", "TypeIs"}
_TRANSPARENT = {
    *("Final", "ClassVar", "Annotated", "Required", "NotRequired", "ReadOnly", "InitVar", "Unpack"),
}
_NUMERIC = {"SupportsInt", "SupportsIndex", "SupportsFloat", "SupportsComplex", "SupportsAbs"}

_ONE = {
    "array": {"Sequence", "Collection", "MutableSequence"},
    "list": {"list", "List"},
    "set": {"set", "Set", "frozenset", "FrozenSet", "AbstractSet", "MutableSet"},
    "iterator": {"Iterator", "Generator"},
    "iterable": {"Iterable", "Reversible", "KeysView", "ValuesView", "Container"},
}
_MAPS = {
    *("dict", "Dict", "Mapping", "MutableMapping"),
    *("OrderedDict", "DefaultDict", "defaultdict"),
}
_MODULES = ("builtins", "typing", "typing_extensions", "collections.abc", "_typeshed", "types")
_ALSO = {
    "collections.OrderedDict",
    "collections.defaultdict",
    "dataclasses.InitVar",
    "_collections_abc",
}


def plain_name(canonical: str) -> str | None:
    """Return the unqualified name of a standard type."""
    module, _, name = canonical.rpartition(".")
    if module in _MODULES or canonical in _ALSO or module in _ALSO:
        return name
    return None


def known(canonical: str, arguments: list[Argument]) -> Tree | None:
    """Make the tree of a standard type; ``None`` for any other."""
    name = plain_name(canonical)
    if name is None:
        return None
    if (base := _SCALARS.get(name)) is not None:
        return trees.scalar(base)
    if name in _TEXTS:
        return TEXT
    if name in _BYTES:
        return BYTES
    if name in _ANYTHING or name in _NUMERIC:
        return ANY
    if name in _NOTHING:
        return NONE
    if name in _BOOLEANS:
        return trees.scalar("bool")
    if name in _TRANSPARENT:
        return arguments[0].tree() if arguments else ANY
    for kind, names in _ONE.items():
        if name in names:
            return trees.of(kind, _first(arguments))
    if name in _MAPS:
        key, value = ([*(one.tree() for one in arguments), ANY, ANY])[:2]
        return trees.map_of(key, value)
    special = _SPECIAL.get(name)
    return special(arguments) if special is not None else None


def _first(arguments: list[Argument]) -> Tree:
    return arguments[0].tree() if arguments else ANY


def _optional(arguments: list[Argument]) -> Tree:
    return trees.optional(_first(arguments))


def _union(arguments: list[Argument]) -> Tree:
    return trees.union([one.tree() for one in arguments]) if arguments else ANY


def _tuple(arguments: list[Argument]) -> Tree:
    if not arguments:
        return trees.of("array", ANY)
    if len(arguments) == 2 and arguments[1].is_ellipsis():
        return trees.of("array", arguments[0].tree())
    return trees.tuple_of([one.tree() for one in arguments if one.items() != []])


def _callable(arguments: list[Argument]) -> Tree:
    if len(arguments) != 2:
        return trees.function(None, ANY)
    listed = arguments[0].items()
    parameters = None if listed is None else [one.tree() for one in listed]
    return trees.function(parameters, arguments[1].tree())


def _literal(arguments: list[Argument]) -> Tree:
    values: list[object] = []
    for argument in arguments:
        found = argument.literals()
        if found is None:
            return ANY
        values.extend(found)
    is_none = [value is None for value in values]
    tree = {"kind": "literal", "values": [value for value in values if value is not None]}
    if all(is_none):
        return NONE
    return trees.optional(tree) if any(is_none) else tree


def _awaitable(arguments: list[Argument]) -> Tree:
    return trees.of("awaitable", arguments[-1].tree() if arguments else ANY)


def _items_view(arguments: list[Argument]) -> Tree:
    return trees.of("iterable", trees.tuple_of([one.tree() for one in arguments]))


def _named(name: str) -> Callable[[list[Argument]], Tree]:
    return lambda arguments: trees.foreign(name, [one.tree() for one in arguments])


_SPECIAL: dict[str, Callable[[list[Argument]], Tree]] = {
    "Optional": _optional,
    "Union": _union,
    "UnionType": _union,
    "tuple": _tuple,
    "Tuple": _tuple,
    "Callable": _callable,
    "FunctionType": lambda _: trees.function(None, ANY),
    "MethodType": lambda _: trees.function(None, ANY),
    "BuiltinFunctionType": lambda _: trees.function(None, ANY),
    "Literal": _literal,
    "Awaitable": _awaitable,
    "Coroutine": _awaitable,
    "CoroutineType": _awaitable,
    "ItemsView": _items_view,
    "type": _named("type"),
    "Type": _named("type"),
    "complex": _named("complex"),
    "range": _named("range"),
    "slice": _named("slice"),
    "AsyncIterator": _named("collections.abc.AsyncIterator"),
    "AsyncGenerator": _named("collections.abc.AsyncIterator"),
    "AsyncIterable": _named("collections.abc.AsyncIterable"),
    "ContextManager": _named("contextlib.AbstractContextManager"),
    "AsyncContextManager": _named("contextlib.AbstractAsyncContextManager"),
    "Pattern": _named("re.Pattern"),
    "Match": _named("re.Match"),
    "Counter": _named("collections.Counter"),
    "Deque": _named("collections.deque"),
    "ChainMap": _named("collections.ChainMap"),
    "ModuleType": _named("types.ModuleType"),
    "TracebackType": _named("types.TracebackType"),
}
