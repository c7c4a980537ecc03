"""Converts objects of other languages to Python's own types."""

from __future__ import annotations

from collections.abc import Callable

from .._native import MetaFFIHandle
from ._objects import MetaFFIObject, type_of

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import Any

__all__ = ["to_python"]


def to_python(value: Any) -> Any:
    """Copy lists, maps and sets of other languages to Python's, at any depth.

    Other objects, and Python's own values, are returned unchanged. Collections that contain
    themselves are copied once.
    """
    return _copy(value, {})


def _copy(value: Any, known: dict[int, Any]) -> Any:
    if isinstance(value, list | tuple):
        return type(value)([_copy(item, known) for item in value])
    kind = type_of(value) if isinstance(value, MetaFFIObject) else None
    fill = next((_FILLS[name] for name in _FILLS if kind and name in kind.operations), None)
    if fill is None:
        return value
    identity = MetaFFIHandle.__hash__(value)  # which other handles of the object share
    if identity not in known:
        empty, put = fill
        known[identity] = empty()
        put(known[identity], value, known)
    return known[identity]


def _put_entries(to: dict[Any, Any], value: Any, known: dict[int, Any]) -> None:
    for key, item in value.items():
        to[_copy(key, known)] = _copy(item, known)


def _put_items(to: list[Any], value: Any, known: dict[int, Any]) -> None:
    to.extend(_copy(item, known) for item in value)


def _put_members(to: set[Any], value: Any, known: dict[int, Any]) -> None:
    to.update(_copy(item, known) for item in value)


_FILLS: dict[str, tuple[Callable[[], Any], Callable[[Any, Any, dict[int, Any]], None]]] = {
    "mapping": (dict, _put_entries),
    "sequence": (list, _put_items),
    "set": (set, _put_members),
}
