"""Converts between objects of the module and instances of their stub classes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeAlias, TypeVar, overload

from .._native import MetaFFIEntity
from ..metaffi_error import MetaFFIError
from ..metaffihandle import MetaFFIHandle

if TYPE_CHECKING:
    from ._module import Module

_T = TypeVar("_T")
_K = TypeVar("_K")
_V = TypeVar("_V")
_K_contra = TypeVar("_K_contra", contravariant=True)
_V_co = TypeVar("_V_co", covariant=True)


class _SupportsBuffer(Protocol):
    def __buffer__(self, flags: int, /) -> memoryview: ...


class _SupportsArray(Protocol):
    def __array__(self) -> Any: ...


class _HasKeys(Protocol[_K_contra, _V_co]):
    def keys(self) -> Any: ...

    def __getitem__(self, key: _K_contra, /) -> _V_co: ...


Array: TypeAlias = Sequence[_T] | _SupportsBuffer | _SupportsArray
"""A sequence of numbers: a list, ``bytes``, ``memoryview``, ``array.array``, a numpy array."""

Mapped: TypeAlias = _HasKeys[_K, _V]
"""A Python mapping, or a map of the guest: anything that ``dict`` accepts as a mapping."""


class _Nested:
    """A nested class, made when it is first used."""

    def __init__(self, owner: type, name: str, inner: str) -> None:
        self._owner = owner
        self._name = name
        self._inner = inner

    def __get__(self, instance: object, owner: type) -> Any:
        inner = getattr(sys.modules[self._owner.__module__], self._inner)
        setattr(self._owner, self._name, inner)
        return inner


def _module_of(kind: type) -> Module | None:
    """Return the module of the stub class that ``kind`` is or derives from."""
    for base in kind.__mro__:
        if "__metaffi_id__" in base.__dict__:
            module: Module | None = getattr(sys.modules.get(base.__module__), "_module", None)
            return module
    return None


class Object:
    """An object of the module; the guest keeps it until this instance is garbage-collected.

    At the end of a ``with`` block it is released at once. ``str``, ``==`` and ``hash`` are
    the guest's, if its language defines them for every object; otherwise two instances are
    equal if they stand for the same object.
    """

    _metaffi_handle: Any

    def __init__(self) -> None:
        raise TypeError(f"{type(self).__name__} has no constructor")

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        nested = cls.__dict__.get("__metaffi_nested__")
        for pair in nested.split(", ") if nested else ():
            name, _, inner = pair.partition("=")
            setattr(cls, name, _Nested(cls, name, inner))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        handle = getattr(self, "_metaffi_handle", None)
        if isinstance(handle, MetaFFIHandle):
            handle.release()

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        own = _handle(self)
        if not isinstance(other, Object):
            # A Python object is returned as itself.
            is_own = own is not None and not isinstance(own, MetaFFIHandle)
            return is_own and bool(own == other)
        others = _handle(other)
        if own is None or others is None:
            return False
        equal = _operation(self, "equal")
        return bool(own == others or (equal is not None and equal(own, others)))

    def __hash__(self) -> int:
        handle, of_guest = _handle(self), _operation(self, "hash")
        if handle is None:
            return object.__hash__(self)
        return hash(handle) if of_guest is None else int(of_guest(handle))

    def __str__(self) -> str:
        handle, text = _handle(self), _operation(self, "text")
        if handle is None or text is None:
            return self.__repr__()
        return str(text(handle))

    def __repr__(self) -> str:
        handle, text = _handle(self), _operation(self, "text")
        if handle is None:
            return object.__repr__(self)
        try:
            shown = repr(handle) if text is None else text(handle)
        except MetaFFIError:
            shown = repr(handle)
        return f"<{type(self).__name__} {shown}>"


def _handle(instance: Object) -> Any:
    """Return an object's handle; ``None`` for an object of a class derived in Python."""
    return getattr(instance, "_metaffi_handle", None)


def _operation(instance: Object, name: str) -> Callable[..., Any] | None:
    module = _module_of(type(instance))
    return None if module is None else module.operation(name)


class Value:
    """A plain value of a named type: a number, ``str`` or ``bytes`` with the guest's methods."""


class Interface(Object):
    """An interface, which a Python class implements by deriving from it or having its methods."""

    def __init__(self) -> None:
        if "__metaffi_id__" in type(self).__dict__:
            super().__init__()


class Error(Object, MetaFFIError):
    """An exception of the module, raised and caught as an instance of its own class."""

    def __init__(self) -> None:
        Object.__init__(self)

    def __str__(self) -> str:
        is_raised = "message" in self.__dict__ or "_record" in self.__dict__
        return MetaFFIError.__str__(self) if is_raised else Object.__str__(self)

    @classmethod
    def _metaffi_of(cls, error: MetaFFIError) -> Self:
        """Return ``error`` as an instance of this class."""
        own = cls.__new__(cls, *error.args)
        own.__dict__.update(error.__dict__)
        own._metaffi_handle = error.original
        return own


_O = TypeVar("_O", bound=Object)

Boxed: TypeAlias = _T | Object | MetaFFIHandle | None
"""A value for a parameter of an object type: a plain value, an object, or null."""


class ClassProperty(Generic[_T]):
    """A static field of a class, read from its guest at each use."""

    def __init__(self, getter: Callable[[Any], _T]) -> None:
        self._getter = getter
        self.__doc__ = getter.__doc__

    def __get__(self, instance: object, owner: type) -> _T:
        return self._getter(owner)


class StaticBesideInstance(Generic[_T]):
    """An instance method and a static method with the same name.

    The class has the static one, its objects the other.
    """

    def __init__(self, method: Any, static: _T) -> None:
        self._method = method
        self._static = static

    @overload
    def __get__(self, instance: None, owner: type) -> _T: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Any: ...
    def __get__(self, instance: object, owner: type) -> Any:
        if instance is None:
            static: Any = self._static
            return static.__get__(None, owner)
        return self._method.__get__(instance, owner)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the method; this lets type checkers accept it as an override of a method."""
        return self._method(*args, **kwargs)


def cast(kind: type[_O], value: Object) -> _O:
    """Return an object as an instance of another of its classes, like a cast in its language.

    Nothing is checked here: if the object is not of that class, calling its methods fails.
    """
    instance = kind.__new__(kind)
    instance._metaffi_handle = value._metaffi_handle
    return instance


def lower(value: Any) -> Any:
    """Return the handle of a stub's object, also in lists; return anything else unchanged."""
    if isinstance(value, Object):
        return value._metaffi_handle
    if isinstance(value, (list, tuple)):
        return [lower(item) for item in value]
    return value


def lift(kind: type[_O], value: Any) -> _O:
    """Wrap a handle in an instance of ``kind``.

    So is a function that can be iterated over. Null and Python's own values are returned
    unchanged.
    """
    is_object = isinstance(value, MetaFFIHandle)
    if is_object or (isinstance(value, MetaFFIEntity) and hasattr(kind, "__iter__")):
        instance = kind.__new__(kind)
        instance._metaffi_handle = value
        return instance
    own: _O = value
    return own


def lift_list(kind: type[_O], values: Any) -> list[_O]:
    """Wrap all handles of a list in instances of ``kind``."""
    lifted: list[_O] = lift_results(kind, values)
    return lifted


def lift_results(kind: Any, value: Any) -> Any:
    """Wrap handles in instances, at any rank.

    ``kind`` is a stub class, ``None`` for no conversion, or a tuple with one of
    these for each of several results.
    """
    if kind is None:
        return value
    if isinstance(kind, tuple):
        return tuple(map(lift_results, kind, value))
    if isinstance(value, list):
        return [lift_results(kind, item) for item in value]
    return lift(kind, value)
