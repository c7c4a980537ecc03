"""An object of another language, whatever its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from .._native import MetaFFIHandle, naturally, settle

if TYPE_CHECKING:
    from ._types import ForeignType

__all__ = ["MetaFFIObject", "Unsettled", "type_of"]


class MetaFFIObject(MetaFFIHandle):
    """An object of another language.

    It has the attributes and methods of its type, and does what Python has a notation for as
    far as the type does: each type has a class of its own, which derives from this one.
    ``MetaFFIObject(handle)`` makes one of a ``MetaFFIHandle``.
    """

    __slots__ = ()

    def __new__(cls, handle: MetaFFIHandle) -> Any:
        return naturally(handle)

    def __getattr__(self, name: str) -> Any:
        kind = type_of(self)
        if kind is not None:
            return kind.attribute(self, name)
        found = None if name.startswith("_") else self._method(name)
        if found is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        kind = type_of(self)
        if kind is None:
            raise AttributeError(f"{name!r} cannot be set: the runtime does not tell its type")
        kind.set_attribute(self, name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"attribute {name!r} of a {type(self).__name__} cannot be deleted")

    def __dir__(self) -> list[str]:
        kind = type_of(self)
        return sorted({*object.__dir__(self), *(kind.by_name if kind else ())})

    def __exit__(self, *exception: object) -> None:
        """Close what has something to close, and give the object back."""
        kind = type_of(self)
        try:
            if kind is not None and "close" in kind.operations:
                kind.operate(self, "close")
        finally:
            self.release()

    def __reduce__(self) -> Any:
        raise TypeError(
            f"an object of another language cannot be pickled: {type(self).__name__}; "
            "pickle what metaffi.to_python makes of it, or what it is made from"
        )


def type_of(instance: Any) -> ForeignType | None:
    """Return the type of an object whose class is made, ``None`` where nobody tells it."""
    return getattr(type(instance), "__metaffi_type__", None)


class Unsettled(MetaFFIObject):
    """An object that nobody has used yet: the class of its type is looked for when somebody does.

    It has every notation, for whatever is wanted first.
    """

    __slots__ = ()

    __class__ = property(lambda self: _settled(self).__class__)

    def __getattr__(self, name: str) -> Any:
        return getattr(_settled(self), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(_settled(self), name, value)

    def __dir__(self) -> list[str]:
        return dir(_settled(self))

    def __enter__(self) -> Self:
        settled: Self = _settled(self).__enter__()
        return settled

    def __exit__(self, *exception: object) -> None:
        _settled(self).__exit__(*exception)

    def __repr__(self) -> str:
        return repr(_settled(self))

    def __str__(self) -> str:
        return str(_settled(self))

    def __eq__(self, other: object) -> bool:
        return bool(_settled(self) == other)

    def __hash__(self) -> int:
        return hash(_settled(self))

    def __bool__(self) -> bool:
        return bool(_settled(self))

    def __len__(self) -> int:
        return len(_settled(self))

    def __iter__(self) -> Any:
        return iter(_settled(self))

    def __next__(self) -> Any:
        return next(_settled(self))

    def __contains__(self, item: object) -> bool:
        return item in _settled(self)

    def __getitem__(self, key: Any) -> Any:
        return _settled(self)[key]

    def __setitem__(self, key: Any, value: Any) -> None:
        _settled(self)[key] = value

    def __delitem__(self, key: Any) -> None:
        del _settled(self)[key]

    def __int__(self) -> int:
        return int(_settled(self))

    def __float__(self) -> float:
        return float(_settled(self))

    def __lt__(self, other: Any) -> Any:
        return _settled(self) < other

    def __le__(self, other: Any) -> Any:
        return _settled(self) <= other

    def __gt__(self, other: Any) -> Any:
        return _settled(self) > other

    def __ge__(self, other: Any) -> Any:
        return _settled(self) >= other


_CLASS = object.__dict__["__class__"]


def _settled(instance: Any) -> Any:
    """Give an object the class of its type; for an object that is a class, that class."""
    found = settle(instance)
    if type(found) is Unsettled:
        _CLASS.__set__(found, _Untold)
    return found


class _Untold(MetaFFIObject):
    """An object whose runtime does not tell its type."""

    __slots__ = ()
