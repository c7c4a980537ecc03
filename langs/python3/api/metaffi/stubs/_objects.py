"""Objects of the module as instances of their stub classes, in both directions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, Self, TypeAlias, TypeVar

from ..metaffihandle import MetaFFIHandle

_T = TypeVar("_T")


class _SupportsBuffer(Protocol):
    def __buffer__(self, flags: int, /) -> memoryview: ...


class _SupportsArray(Protocol):
    def __array__(self) -> Any: ...


Array: TypeAlias = Sequence[_T] | _SupportsBuffer | _SupportsArray
"""Numbers in a row: a list, ``bytes``, ``memoryview``, ``array.array``, a numpy array."""


class Object:
    """An object of the module; its guest keeps it until this one is collected.

    At the end of a ``with`` block it is released at once. Two are equal when
    they stand for the same object.
    """

    _metaffi_handle: Any

    def __init__(self) -> None:
        raise TypeError(f"{type(self).__name__} has no constructor")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if isinstance(self._metaffi_handle, MetaFFIHandle):
            self._metaffi_handle.release()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Object) and bool(self._metaffi_handle == other._metaffi_handle)

    def __hash__(self) -> int:
        return hash(self._metaffi_handle)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._metaffi_handle!r}>"


_O = TypeVar("_O", bound=Object)

Boxed: TypeAlias = _T | Object | MetaFFIHandle | None
"""A plain value where its guest takes objects, one of these, or null."""


class ClassProperty(Generic[_T]):
    """A static field of a class, read from its guest at each use."""

    def __init__(self, getter: Callable[[Any], _T]) -> None:
        self._getter = getter
        self.__doc__ = getter.__doc__

    def __get__(self, instance: object, owner: type) -> _T:
        return self._getter(owner)


def lower(value: Any) -> Any:
    """Return the handle of a stub's object, also in lists; anything else as it is."""
    if isinstance(value, Object):
        return value._metaffi_handle
    if isinstance(value, (list, tuple)):
        return [lower(item) for item in value]
    return value


def lift(kind: type[_O], value: Any) -> _O:
    """Put a handle into an instance of ``kind``.

    Null, and what is Python's own, stay as they are.
    """
    if isinstance(value, MetaFFIHandle):
        instance = kind.__new__(kind)
        instance._metaffi_handle = value
        return instance
    own: _O = value
    return own


def lift_list(kind: type[_O], values: Any) -> list[_O]:
    """Put all handles of a list into instances of ``kind``."""
    lifted: list[_O] = lift_results(kind, values)
    return lifted


def lift_results(kind: Any, value: Any) -> Any:
    """Put handles into instances, at any rank.

    ``kind`` is a stub class, ``None`` for what stays as it is, or a tuple with
    one of these for each of several results.
    """
    if kind is None:
        return value
    if isinstance(kind, tuple):
        return tuple(map(lift_results, kind, value))
    if isinstance(value, list):
        return [lift_results(kind, item) for item in value]
    return lift(kind, value)
