"""Special methods of Python for the operations that a type has."""

from __future__ import annotations

from collections.abc import (
    Callable,
    Iterator,
    MutableMapping,
    MutableSequence,
    MutableSet,
)

from .._native import MetaFFIHandle
from ..metaffi_error import MetaFFIError
from . import _collections
from ._objects import equal, operate, type_of

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ._types import ForeignType

__all__ = ["namespace_of", "register_behaviours"]


def _does(operation: str) -> Callable[..., Any]:
    """Return a method that does an operation; its first call replaces it by the operation."""

    def call(self: Any, *args: Any) -> Any:
        kind = type_of(self)
        assert kind is not None
        method = kind.operation(self, operation)
        if method is None:
            raise TypeError(f"'{kind.name}' object of {kind.language} does not support {operation}")
        owner = type(self)
        for name, known in list(vars(owner).items()):
            if known is call:
                type.__setattr__(owner, name, method)
        return method(self, *args)

    return call


_PLAIN = {
    "length": "__len__",
    "call": "__call__",
    "integer": "__int__",
    "float": "__float__",
    "truth": "__bool__",
    "hash": "__hash__",
    "text": "__str__",
    "contains": "__contains__",
    "get_item": "__getitem__",
    "set_item": "__setitem__",
    "delete_item": "__delitem__",
    "negate": "__neg__",
    "absolute": "__abs__",
    "invert": "__invert__",
    "add": "__add__",
    "subtract": "__sub__",
    "multiply": "__mul__",
    "divide": "__truediv__",
    "floor_divide": "__floordiv__",
    "remainder": "__mod__",
    "power": "__pow__",
    "and": "__and__",
    "or": "__or__",
    "xor": "__xor__",
    "shift_left": "__lshift__",
    "shift_right": "__rshift__",
}
"""Operations that correspond to one special method each."""


def _repr(self: Any) -> str:
    kind = type_of(self)
    assert kind is not None
    try:
        return f"<{kind.name} {operate(self, 'text')}>"
    except MetaFFIError as error:
        return f"<{kind.name} whose text fails: {error.message}>"


def _next(self: Any) -> Any:
    there_is, item = operate(self, "advance")
    if not there_is:
        raise StopIteration
    return item


def _iterator(self: Any) -> Iterator[Any]:
    """Iterate lazily: elements are fetched one at a time."""
    iterator: Iterator[Any] = operate(self, "iterate")
    return iterator


def _self(self: Any) -> Any:
    return self


def _comparison(holds: Callable[[int], bool]) -> Callable[[Any, Any], Any]:
    def compare(self: Any, other: Any) -> Any:
        return holds(operate(self, "compare", other))

    return compare


_COMPARED = {
    "__lt__": _comparison(lambda order: order < 0),
    "__le__": _comparison(lambda order: order <= 0),
    "__gt__": _comparison(lambda order: order > 0),
    "__ge__": _comparison(lambda order: order >= 0),
}


def _call(self: Any, *args: Any, **named: Any) -> Any:
    if not named:
        return operate(self, "call", *args)
    kind = type_of(self)
    assert kind is not None
    return kind.call_named(self, "", args, named)


def namespace_of(kind: ForeignType) -> dict[str, Any]:
    """Return the special methods for a type's class, except names that the type itself has."""
    operations = kind.operations
    found: dict[str, Any] = {"__repr__": _repr, "__eq__": equal}
    for operation, name in _PLAIN.items():
        if operation in operations:
            found[name] = _does(operation)
    if "call" in operations:
        found["__call__"] = _call
    if "equal" not in operations:
        del found["__eq__"]
    if "hash" not in operations:
        found["__hash__"] = None if "equal" in operations else MetaFFIHandle.__hash__
    if "compare" in operations:
        found |= _COMPARED
    if "advance" in operations:
        found |= {"__next__": _next, "__iter__": _self}
    elif "iterate" in operations:
        found["__iter__"] = _collections.iterate if "length" in operations else _iterator
    found |= _collections.methods_of(kind)
    # The object's own members take precedence.
    first = {name for name in kind.by_name if name not in _collections.FIRST}
    return {name: value for name, value in found.items() if name not in first}


def register_behaviours(made: type, kind: ForeignType) -> None:
    """Register the class of a type with the abstract classes that it implements."""
    abstract = {"mapping": MutableMapping, "sequence": MutableSequence, "set": MutableSet}
    for behaviour, base in abstract.items():
        if behaviour in kind.operations:
            base.register(made)
