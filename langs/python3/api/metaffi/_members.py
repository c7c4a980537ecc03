"""Finds members of Python objects, for other languages that use these like their own.

Called by the native module, once for each member of a type; each call then uses what
was found.
"""

from __future__ import annotations

import inspect
import itertools
import keyword
import operator
import re
import types
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from functools import partial
from typing import Any

from ._entities import NoSuchEntityError, Target, find_in
from ._member_kinds import GET, METHOD, NAMED, OPERATION, SET
from ._methods import classes_of, full_name

__all__ = ["describe", "member", "type_of"]

_numbers: dict[int, tuple[weakref.ref[Any], int]] = {}
"""By the address of a class or a module: a reference to it, and its number."""
_count = itertools.count(1, 2)


def type_of(instance: Any) -> tuple[int, int]:
    """Return the number of an object's type; for a class, also that of its instances' type.

    Each module and each class has a type of its own.
    """
    if isinstance(instance, type):
        number = _number(instance)
        return number + 1, number
    return _number(instance if isinstance(instance, types.ModuleType) else type(instance)), 0


def _number(of: Any) -> int:
    address = id(of)
    known = _numbers.get(address)
    if known is not None:
        return known[1]
    number = next(_count)
    _numbers[address] = weakref.ref(of, lambda _: _numbers.pop(address, None)), number
    return number


def member(instance: Any, kind: int, name: str) -> Target | None:
    """Find a member of objects like ``instance`` by name; ``None`` if there is none."""
    if kind == OPERATION:
        function = _operations_of(instance).get(name)
        return None if function is None else ("call", function, name, "")
    if kind == NAMED and not name:
        return ("call", _call_named, "", "") if callable(instance) else None
    if kind == SET:
        return "set_of", None, _attribute(instance, name) or name, ""
    if "." in name:
        return _inner(instance, kind, name)
    found = _attribute(instance, name)
    if found is None:
        return None
    if kind == GET:
        return "get_of", None, found, ""
    if kind == METHOD:
        # `__class__` and the like are not in a module's dict, or are something else there.
        is_own = type(instance) is types.ModuleType and not found.startswith("__")
        return "of_module" if is_own else "method", None, found, ""
    return "call", partial(_method_named, found), found, ""


def _inner(instance: Any, kind: int, path: str) -> Target | None:
    """Find a member of a nested module or class by its dotted path."""
    try:
        owner, name, _ = find_in(instance, path)
    except NoSuchEntityError:
        return None
    if kind == GET:
        return "call", operator.attrgetter(path), path, ""
    found = partial(_inner_call if kind == METHOD else _inner_named, owner, name)
    return "call", found, path, ""


def _inner_call(owner: Any, name: str, _: Any, /, *args: Any) -> Any:
    return getattr(owner, name)(*args)


def _inner_named(
    owner: Any, name: str, _: Any, args: Sequence[Any], names: Sequence[str], values: Sequence[Any]
) -> Any:
    return _method_named(name, owner, args, names, values)


def _attribute(instance: Any, name: str) -> str | None:
    """Find an attribute's Python spelling: ``read_csv`` for ``readCsv``, ``from_`` for ``from``.

    Attributes of the class are not read, as a property may take long or fail.
    """
    spellings = [name, re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()]
    if keyword.iskeyword(name):
        spellings.append(f"{name}_")
    owner = instance if isinstance(instance, type) else type(instance)
    for spelling in spellings:
        if inspect.getattr_static(owner, spelling, None) is not None:
            return spelling
        with suppress(NoSuchEntityError):
            find_in(instance, spelling)
            return spelling
    return None


def _method_named(
    name: str, instance: Any, args: Sequence[Any], names: Sequence[str], values: Sequence[Any]
) -> Any:
    return getattr(instance, name)(*args, **dict(zip(names, values, strict=True)))


def _call_named(
    instance: Any, args: Sequence[Any], names: Sequence[str], values: Sequence[Any]
) -> Any:
    return instance(*args, **dict(zip(names, values, strict=True)))


def _compare(one: Any, other: Any) -> int:
    if one == other:
        return 0
    return -1 if one < other else 1


def _advance(iterator: Iterator[Any]) -> tuple[bool, Any]:
    for item in iterator:
        return True, item
    return False, None


def _close(instance: Any) -> None:
    if callable(getattr(instance, "close", None)):
        instance.close()
    else:
        instance.__exit__(None, None, None)


def _call(instance: Any, *args: Any) -> Any:
    return instance(*args)


def _keys(mapping: Any) -> Any:
    return iter(mapping.keys())


_BY_SPECIAL_METHOD: dict[str, tuple[str, Callable[..., Any]]] = {
    "length": ("__len__", len),
    "get_item": ("__getitem__", operator.getitem),
    "set_item": ("__setitem__", operator.setitem),
    "delete_item": ("__delitem__", operator.delitem),
    "iterate": ("__iter__", iter),
    "advance": ("__next__", _advance),
    "call": ("__call__", _call),
    "float": ("__float__", float),
    "integer": ("__int__", int),
    "negate": ("__neg__", operator.neg),
    "absolute": ("__abs__", abs),
    "invert": ("__invert__", operator.invert),
    "add": ("__add__", operator.add),
    "subtract": ("__sub__", operator.sub),
    "multiply": ("__mul__", operator.mul),
    "divide": ("__truediv__", operator.truediv),
    "floor_divide": ("__floordiv__", operator.floordiv),
    "remainder": ("__mod__", operator.mod),
    "power": ("__pow__", operator.pow),
    "and": ("__and__", operator.and_),
    "or": ("__or__", operator.or_),
    "xor": ("__xor__", operator.xor),
    "shift_left": ("__lshift__", operator.lshift),
    "shift_right": ("__rshift__", operator.rshift),
}
"""Operations, each with the special method that provides it, and the function that calls it."""


def _operations_of(instance: Any) -> dict[str, Callable[..., Any]]:
    kind: Any = type(instance)
    found: dict[str, Callable[..., Any]] = {
        "text": str,
        "debug_text": repr,
        "equal": operator.eq,
        "truth": bool,
        "class": type,
    }
    for name, (special, function) in _BY_SPECIAL_METHOD.items():
        if getattr(kind, special, None) is not None:
            found[name] = function
    if kind.__hash__ is not None:
        found["hash"] = hash
    if vars(object)["__lt__"] is not getattr(kind, "__lt__", None):
        found["compare"] = _compare
    if any(hasattr(kind, name) for name in ("__contains__", "__iter__", "__getitem__")):
        found["contains"] = operator.contains
    if hasattr(kind, "__getitem__") and "iterate" not in found:
        found["iterate"] = iter
    if callable(getattr(kind, "close", None)) or hasattr(kind, "__exit__"):
        found["close"] = _close
    for name in ("append", "clear"):
        if callable(getattr(kind, name, None)):
            found[name] = operator.methodcaller(name) if name == "clear" else _append
    if isinstance(instance, Mapping) or hasattr(kind, "keys"):
        found["keys"] = _keys
    if isinstance(instance, BaseException):
        found["message"] = str
    if isinstance(instance, type):
        found |= {"bases": lambda of: list(of.__bases__), "is_instance": _is_instance}
    return found


def _append(instance: Any, item: Any) -> None:
    instance.append(item)


def _is_instance(of: type, instance: Any) -> bool:
    return isinstance(instance, of)


_BEHAVIOURS: tuple[tuple[str, type], ...] = (
    ("mapping", Mapping),
    ("sequence", Sequence),
    ("set", Set),
    ("os_error", OSError),
)


def describe(instance: Any) -> tuple[str, str, list[str], list[str], list[str]]:
    """Describe an object's type, or a class or a module itself.

    Returns the name, the documentation, the class and its bases, the operations, and the
    members, four strings each.
    """
    if isinstance(instance, types.ModuleType):
        name, supertypes = instance.__name__, [instance.__name__]
    else:
        kind = instance if isinstance(instance, type) else type(instance)
        name, supertypes = full_name(kind), classes_of(kind)
    operations = list(_operations_of(instance))
    operations += [name for name, kind in _BEHAVIOURS if isinstance(instance, kind)]
    members = [text for row in _members_of(instance) for text in row]
    return name, inspect.getdoc(instance) or "", supertypes, operations, members


def _members_of(instance: Any) -> Iterator[tuple[str, str, str, str]]:
    is_class = isinstance(instance, type)
    owner = instance if is_class or isinstance(instance, types.ModuleType) else type(instance)
    names = dir(owner)
    with suppress(Exception):  # the user's `__dir__` may fail
        names = sorted({*names, *(name for name in dir(instance) if isinstance(name, str))})
    for name in names:
        if not name.startswith("_"):
            value = inspect.getattr_static(owner, name, None)
            yield name, _kind_of(owner, value), _signature(name, value), _doc_of(value)
    if is_class:
        yield instance.__name__, "constructor", _signature(instance.__name__, instance), ""


def _kind_of(owner: Any, value: Any) -> str:
    if isinstance(value, type):
        return "class"
    if isinstance(value, types.ModuleType):
        return "module"
    if isinstance(value, staticmethod | classmethod):
        return "static method"
    if callable(value):
        return "static method" if isinstance(owner, types.ModuleType) else "method"
    return "value"


def _signature(name: str, value: Any) -> str:
    function = value.__func__ if isinstance(value, staticmethod | classmethod) else value
    if not callable(function):
        return name
    try:
        return f"{name}{inspect.signature(function)}"
    except (TypeError, ValueError):
        return f"{name}(…)"


def _doc_of(value: Any) -> str:
    documented = callable(value) or isinstance(value, property | staticmethod | classmethod)
    return (inspect.getdoc(value) or "") if documented else ""
