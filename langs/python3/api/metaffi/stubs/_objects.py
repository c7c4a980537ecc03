"""Objects of the module as instances of their stub classes, in both directions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Protocol, Self, TypeAlias, TypeVar

from ..metaffihandle import MetaFFIHandle

_T = TypeVar("_T")


class _SupportsBuffer(Protocol):
    def __buffer__(self, flags: int, /) -> memoryview: ...


class _SupportsArray(Protocol):
    def __array__(self) -> Any: ...


Buffer: TypeAlias = _SupportsBuffer | _SupportsArray
"""``bytes``, ``memoryview``, ``array.array``, a numpy array."""


class Object:
    """An object of the module; its guest keeps it until this one is collected.

    At the end of a ``with`` block it is released at once. Two are equal when
    they stand for the same object.
    """

    _metaffi_handle: Any

    def __init__(self) -> None:
        raise TypeError(f"{type(self).__name__} has no constructor")

    @classmethod
    def _lift(cls, value: Any) -> Self:
        """Put a handle into an instance; null, and what is Python's own, stay as they are."""
        if isinstance(value, MetaFFIHandle):
            instance = cls.__new__(cls)
            instance._metaffi_handle = value
            return instance
        own: Self = value
        return own

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


Foreign: TypeAlias = Object | MetaFFIHandle
"""An object of any guest."""


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


def lift(kind: Any, value: Any) -> Any:
    """Put a handle, or all in a list, into instances of ``kind``.

    That is a stub class, ``None`` for what stays as it is, or a tuple with one
    of these for each of several results.
    """
    if kind is None:
        return value
    if isinstance(kind, tuple):
        return tuple(map(lift, kind, value))
    if isinstance(value, list):
        return [lift(kind, item) for item in value]
    return kind._lift(value)
