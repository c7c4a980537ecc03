"""Values of Python's own, made of objects of other languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._objects import MetaFFIObject, type_of

__all__ = ["to_python"]


def to_python(value: Any) -> Any:
    """Copy lists, maps and sets of other languages, at any depth, as those of Python.

    Other objects, and values of Python, stay what they are. What holds itself is copied once.
    """
    return _copy(value, {})


def _copy(value: Any, known: dict[Any, Any]) -> Any:
    if isinstance(value, list | tuple):
        return type(value)([_copy(item, known) for item in value])
    if not isinstance(value, MetaFFIObject):
        return value
    kind = type_of(value)
    make = next((_MADE[name] for name in _MADE if kind and name in kind.operations), None)
    if make is None:
        return value
    address = id(value)
    if address not in known:
        known[address] = value
        known[address] = make(value, known)
    return known[address]


def _dict(value: Any, known: dict[Any, Any]) -> dict[Any, Any]:
    return {_copy(key, known): _copy(item, known) for key, item in value.items()}


def _list(value: Any, known: dict[Any, Any]) -> list[Any]:
    return [_copy(item, known) for item in value]


def _set(value: Any, known: dict[Any, Any]) -> set[Any]:
    return {_copy(item, known) for item in value}


_MADE: dict[str, Callable[[Any, dict[Any, Any]], Any]] = {
    "mapping": _dict,
    "sequence": _list,
    "set": _set,
}
