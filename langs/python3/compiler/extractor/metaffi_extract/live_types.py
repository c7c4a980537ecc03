"""Reads the types of live objects, for which there is no source, as of generated functions."""

from __future__ import annotations

import ast
import sys
import types
import typing
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from . import meanings, trees, values
from .annotations import Reader
from .trees import ANY, NONE, Tree

__all__ = ["canonical_name", "is_alias", "tree_of", "tree_of_value"]


def canonical_name(value: Any) -> str:
    """Return the full name of a class or a special form."""
    name = getattr(value, "__qualname__", None) or getattr(value, "_name", None)
    module = getattr(value, "__module__", None)
    if not isinstance(name, str) or not isinstance(module, str):
        return ""
    return f"{module}.{name}"


def is_alias(value: Any) -> bool:
    """Return whether an object stands for a type without being a class."""
    if isinstance(value, type):
        return False
    return get_origin(value) is not None or isinstance(value, types.UnionType)


def tree_of(value: Any, reader: Reader | None, world_reader: Reader) -> Tree:
    """Read an annotation, evaluated or not.

    Text is read in its scope, if that is known.
    """
    if isinstance(value, typing.ForwardRef):
        value = value.__forward_arg__
    if isinstance(value, str):
        if reader is None:
            return ANY
        try:
            return reader.tree(ast.parse(value.strip(), mode="eval").body)
        except (SyntaxError, ValueError):
            return ANY
    return _Live(value, reader, world_reader).tree()


def tree_of_value(value: Any, reader: Reader) -> Tree | None:
    """Return the type of a value: a default, or a variable's."""
    if value is None or isinstance(value, values.Unreadable):
        return None
    if type(value) in (bool, int, float, str, bytes):
        return reader.named(f"builtins.{type(value).__name__}", [])
    if type(value) in (list, tuple, dict, set, frozenset):
        return reader.named(f"builtins.{type(value).__name__}", [])
    if isinstance(value, type):
        return trees.foreign("type")
    if isinstance(value, types.FunctionType | types.BuiltinFunctionType):
        return trees.function(None, ANY)
    name = canonical_name(type(value))
    return reader.named(name, []) if name else None


@dataclass(frozen=True)
class _Live:
    value: Any
    reader: Reader | None
    world_reader: Reader

    def _inner(self, value: Any) -> _Live:
        return _Live(value, self.reader, self.world_reader)

    def tree(self) -> Tree:
        value = self.value
        if value is None or value is type(None):
            return NONE
        if isinstance(value, str | typing.ForwardRef):
            return tree_of(value, self.reader, self.world_reader)
        if isinstance(value, typing.TypeVar):
            return trees.variable(value.__name__)
        if isinstance(value, typing.NewType):
            return self._inner(value.__supertype__).tree()
        if typing.is_typeddict(value):
            return trees.map_of(trees.TEXT, ANY)
        origin = get_origin(value)
        if origin is typing.Annotated:
            return self._inner(get_args(value)[0]).tree()
        if isinstance(value, types.UnionType) or origin is typing.Union:
            return trees.union([self._inner(one).tree() for one in get_args(value)])
        if hasattr(value, "__value__"):  # `type X = …`
            return self._inner(value.__value__).tree()
        name = canonical_name(value if origin is None else origin)
        arguments: list[meanings.Argument] = [self._inner(one) for one in get_args(value)]
        return self.world_reader.named(name, arguments) if name else ANY

    def items(self) -> list[meanings.Argument] | None:
        if isinstance(self.value, list):
            return [self._inner(one) for one in self.value]
        return None

    def is_ellipsis(self) -> bool:
        return self.value is ...

    def literals(self) -> list[object] | None:
        return [values.literal(self.value)] if values.is_plain(self.value) else None


def module_of(value: Any) -> types.ModuleType | None:
    """Return the module in which something was defined."""
    name = getattr(value, "__module__", None)
    return sys.modules.get(name) if isinstance(name, str) else None
