"""Calls methods of objects whose class is known only at the call."""

from __future__ import annotations

import functools
import keyword
import operator
import types
from collections.abc import Callable
from typing import Any

__all__ = [
    "KINDS_OF_FUNCTIONS",
    "classes_of",
    "full_name",
    "implemented",
    "is_special",
    "method",
    "special_method",
]

KINDS_OF_FUNCTIONS = (
    types.MethodType,
    functools.partial,
    operator.attrgetter,
    operator.itemgetter,
    operator.methodcaller,
)
"""Types whose instances are functions, although they have no ``__name__`` of their own."""


def full_name(kind: type) -> str:
    """Return a class's name with its module's, as in tracebacks: builtins have no module."""
    is_built_in = kind.__module__ in ("builtins", None)
    return kind.__qualname__ if is_built_in else f"{kind.__module__}.{kind.__qualname__}"


def _class_of(instance: Any) -> str:
    """Return the name of an object's class."""
    return full_name(type(instance))


def _classes_of(instance: Any) -> list[str]:
    """Return the names of an object's class and its bases, nearest first."""
    return classes_of(type(instance))


def classes_of(kind: type) -> list[str]:
    """Return the names of a class and its bases, nearest first."""
    return [full_name(base) for base in kind.__mro__]


_BUILTINS: dict[str, Callable[..., Any]] = {
    "__bool__": bool,
    "__class__": _class_of,
    "__hash__": hash,
    "__iter__": iter,
    "__len__": len,
    "__mro__": _classes_of,
    "__next__": next,
    "__repr__": repr,
    "__str__": str,
}
_UNARY = {"__abs__", "__index__", "__invert__", "__neg__", "__pos__"}
_BINARY = {
    f"__{name}__"
    for name in (
        *("lt", "le", "eq", "ne", "ge", "gt", "contains", "getitem", "delitem"),
        *("add", "and", "floordiv", "lshift", "matmul", "mod", "mul", "or", "pow"),
        *("rshift", "sub", "truediv", "xor"),
        *("iadd", "iand", "ifloordiv", "ilshift", "imatmul", "imod", "imul", "ior", "ipow"),
        *("irshift", "isub", "itruediv", "ixor"),
    )
}


def method(name: str, otherwise: Callable[..., Any] | None) -> Callable[..., Any]:
    """Return a function that calls the method ``name`` of its first argument.

    If the object has no such method, ``otherwise`` is called with all arguments.
    """

    def call(instance: Any, /, *args: Any, **named: Any) -> Any:
        if otherwise is not None and not hasattr(instance, name):
            return otherwise(instance, *args, **named)
        return getattr(instance, name)(*args, **named)

    return call


def is_special(name: str) -> bool:
    """Return whether Python looks ``name`` up in the object's class."""
    return len(name) > 4 and name.startswith("__") and name.endswith("__") and name != "__new__"


def special_method(name: str, spread: int, count: int) -> Callable[..., Any]:
    """Return a function that does what Python does with this special method.

    Operators may defer to the other operand, as they do in Python.
    """
    return _operation(name, count) if spread == 0 else _of_class(name)


def _operation(name: str, count: int) -> Callable[..., Any]:
    if count == 1 and name in _BUILTINS:
        return _BUILTINS[name]
    operators = {1: _UNARY, 2: _BINARY, 3: {"__setitem__"}}
    if name in operators.get(count, ()):
        function: Callable[..., Any] = getattr(operator, name)
        return function
    return format if count == 2 and name == "__format__" else _of_class(name)


def _of_class(name: str) -> Callable[..., Any]:
    def call(instance: Any, /, *args: Any, **named: Any) -> Any:
        owner = type(instance)
        for base in owner.__mro__:
            if name in base.__dict__:
                found = base.__dict__[name]
                bind = getattr(type(found), "__get__", None)
                bound = found if bind is None else bind(found, instance, owner)
                return bound(*args, **named)
        return getattr(instance, name)(*args, **named)

    return call


def implemented(instance: Any, name: str) -> Callable[..., Any] | None:
    """Find the method ``name`` of an object that implements a foreign interface.

    Methods of a stub class call the guest, and do not count. A name that is a Python keyword
    has an underscore after it; an empty name stands for the object itself as a function.
    A stub class itself returns the name of the class that it stands for.
    """
    if name == "metaffiClass" and isinstance(instance, type):
        of_guest = vars(instance).get("__metaffi_id__")
        return None if of_guest is None else lambda: of_guest
    attribute = f"{name}_" if keyword.iskeyword(name) else name or "__call__"
    of_class = (vars(kind) for kind in type(instance).__mro__ if attribute in vars(kind))
    if "__metaffi_id__" in next(of_class, ()):
        return None
    found = getattr(instance, attribute, None) if name else instance
    return found if callable(found) else None
