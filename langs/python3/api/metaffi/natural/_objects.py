"""The base class of objects of other languages."""

from __future__ import annotations

from .._native import MetaFFIHandle, naturally
from .._pickling import recipe

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ._types import ForeignType

__all__ = ["MetaFFIObject", "equal", "operate", "runtime_of", "type_of"]


class MetaFFIObject(MetaFFIHandle):
    """An object of another language.

    It has the attributes and methods of its type, and supports Python's operators as far as the
    type does. Each type has a class of its own, which derives from this one.
    ``MetaFFIObject(handle)`` converts a ``MetaFFIHandle`` to one.
    """

    __slots__ = ()

    def __new__(cls, handle: MetaFFIHandle) -> Any:
        return naturally(handle)

    @property
    def runtime_id(self) -> Any:
        """The object's own member of that name, if any; only a ``MetaFFIHandle`` has the id."""
        raise AttributeError("runtime_id")

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
            raise AttributeError(
                f"{name!r} cannot be set: the runtime does not describe the object's type"
            )
        kind.set_attribute(self, name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"attribute {name!r} of a {type(self).__name__} cannot be deleted")

    def __dir__(self) -> list[str]:
        kind = type_of(self)
        return sorted({*object.__dir__(self), *(kind.by_name if kind else ())})

    def __exit__(self, *exception: object) -> None:
        """Close the object if it can be closed, and release it."""
        kind = type_of(self)
        try:
            if kind is not None and "close" in kind.operations:
                kind.operate(self, "close")
        finally:
            self.release()

    __reduce__ = recipe("natural._recipes", "of_object")


def runtime_of(handle: MetaFFIHandle) -> int:
    """Return the id of an object's runtime, even if it has a member ``runtime_id``."""
    runtime: int = MetaFFIHandle.runtime_id.__get__(handle)
    return runtime


def type_of(instance: Any) -> ForeignType | None:
    """Return the type of an object whose class is made; ``None`` if it is not described."""
    return getattr(type(instance), "__metaffi_type__", None)


def operate(self: Any, operation: str, *args: Any) -> Any:
    """Do an operation that an object's type has."""
    kind = type_of(self)
    assert kind is not None
    return kind.operate(self, operation, *args)


def equal(self: Any, other: Any) -> Any:
    """Compare two objects of other languages, as their language does."""
    if self is other:
        return True
    if not isinstance(other, MetaFFIHandle):
        return NotImplemented
    if MetaFFIHandle.__eq__(self, other):
        return True
    return bool(operate(self, "equal", other))
