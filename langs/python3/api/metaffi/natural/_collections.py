"""Lists, maps and sets of other languages, used as those of Python are."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING, Any

from ..metaffi_error import MetaFFIError
from ._objects import type_of

if TYPE_CHECKING:
    from ._types import ForeignType

__all__ = ["iterate", "methods_of"]


def _operate(self: Any, operation: str, *args: Any) -> Any:
    kind = type_of(self)
    assert kind is not None
    return kind.operate(self, operation, *args)


def iterate(self: Any) -> Iterator[Any]:
    """Go through the elements that there are now, which come all at once."""
    items = self._items()
    return iter(_operate(self, "iterate") if items is None else items)


def _place(self: Any, index: Any) -> int:
    """Return where an index points to that may count from the end."""
    at = operator.index(index)
    return at + len(self) if at < 0 else at


def _get(self: Any, index: Any) -> Any:
    if isinstance(index, slice):
        return self._items()[index]
    at = _place(self, index)
    try:
        return _operate(self, "get_item", at)
    except MetaFFIError as error:
        raise _out_of_range(self, at, index, error) from error


def _out_of_range(self: Any, at: int, index: Any, error: MetaFFIError) -> BaseException:
    length = len(self)
    if 0 <= at < length:
        return error
    return IndexError(f"index {index} is out of range: there are {length} elements")


def _set(self: Any, index: Any, value: Any) -> None:
    if isinstance(index, slice):
        _replace(self, index, value)
        return
    at = _place(self, index)
    try:
        _operate(self, "set_item", at, value)
    except MetaFFIError as error:
        raise _out_of_range(self, at, index, error) from error


def _replace(self: Any, where: slice, values: Iterable[Any]) -> None:
    """Give elements other values: as many, for an array cannot grow."""
    places, values = range(*where.indices(len(self))), list(values)
    if len(places) != len(values):
        raise ValueError(f"{len(places)} values are wanted, {len(values)} came")
    for at, value in zip(places, values, strict=True):
        _operate(self, "set_item", at, value)


def _delete(self: Any, index: Any) -> None:
    if isinstance(index, slice):
        for at in sorted(range(*index.indices(len(self))), reverse=True):
            _operate(self, "delete_item", at)
        return
    at = _place(self, index)
    try:
        _operate(self, "delete_item", at)
    except MetaFFIError as error:
        raise _out_of_range(self, at, index, error) from error


def _list_equal(self: Any, other: Any) -> Any:
    if isinstance(other, list | tuple):
        return self._items() == list(other)
    return NotImplemented


def _append(self: Any, value: Any) -> None:
    """Add an element at the end."""
    _operate(self, "append", value)


def _extend(self: Any, values: Iterable[Any]) -> None:
    """Add elements at the end."""
    for value in values:
        _operate(self, "append", value)


def _iadd(self: Any, values: Iterable[Any]) -> Any:
    _extend(self, values)
    return self


def _add(self: Any, other: Any) -> Any:
    return self._items() + list(other)


def _index(self: Any, value: Any, *limits: int) -> int:
    """Return where an element is first; raises ValueError where it is not."""
    found: int = self._items().index(value, *limits)
    return found


def _count(self: Any, value: Any) -> int:
    """Count how often an element is there."""
    count: int = self._items().count(value)
    return count


def _pop(self: Any, index: int = -1) -> Any:
    """Take an element out, the last one."""
    value = _get(self, index)
    _delete(self, index)
    return value


def _copy(self: Any) -> list[Any]:
    """Return a list of the elements that there are now."""
    return list(self._items())


def _reversed(self: Any) -> Iterator[Any]:
    items: list[Any] = self._items()
    return iter(items[::-1])


_SEQUENCE: dict[str, Any] = {
    "__getitem__": _get,
    "__reversed__": _reversed,
    "__add__": _add,
    "__copy__": _copy,
    "index": _index,
    "count": _count,
    "copy": _copy,
}
_CHANGED_SEQUENCE: dict[str, tuple[str, Any]] = {
    "__setitem__": ("set_item", _set),
    "__delitem__": ("delete_item", _delete),
    "__iadd__": ("append", _iadd),
    "append": ("append", _append),
    "extend": ("append", _extend),
    "pop": ("delete_item", _pop),
}


_MISSING = object()


def _value_of(self: Any, key: Any) -> Any:
    value = self._followed(key, _MISSING)
    if value is not _MISSING:
        return value
    try:
        value = _operate(self, "get_item", key)
    except MetaFFIError:
        if _operate(self, "contains", key):
            raise
        raise KeyError(key) from None
    if value is None and not _operate(self, "contains", key):
        raise KeyError(key)
    return value


def _set_value(self: Any, key: Any, value: Any) -> None:
    self._followed(_MISSING, None)
    _operate(self, "set_item", key, value)


def _delete_key(self: Any, key: Any) -> None:
    if not _operate(self, "contains", key):
        raise KeyError(key)
    self._followed(_MISSING, None)
    _operate(self, "delete_item", key)


def _get_value(self: Any, key: Any, default: Any = None) -> Any:
    """Return the value of a key, or ``default`` where it has none."""
    return _value_of(self, key) if _operate(self, "contains", key) else default


def _map_length(self: Any) -> int:
    length: int = _operate(self, "length")
    return length


def _has_key(self: Any, key: Any) -> bool:
    return bool(_operate(self, "contains", key))


def _pop_key(self: Any, key: Any, default: Any = _MISSING) -> Any:
    """Take a key out and return its value, or ``default`` where it is not there."""
    if not _operate(self, "contains", key):
        if default is _MISSING:
            raise KeyError(key)
        return default
    value = _operate(self, "get_item", key)
    _operate(self, "delete_item", key)
    return value


def _set_default(self: Any, key: Any, default: Any = None) -> Any:
    """Return the value of a key, which is set where it has none."""
    if not _operate(self, "contains", key):
        _operate(self, "set_item", key, default)
    return _operate(self, "get_item", key)


def _update(self: Any, other: Any = (), /, **named: Any) -> None:
    """Set keys to the values of another mapping, or of pairs."""
    for key, value in dict(other, **named).items():
        _operate(self, "set_item", key, value)


def _updated(self: Any, other: Any) -> Any:
    _update(self, other)
    return self


def _or(self: Any, other: Any) -> Any:
    return self.copy() | dict(other) if isinstance(other, Mapping) else NotImplemented


def _map_equal(self: Any, other: Any) -> Any:
    return self.copy() == dict(other) if isinstance(other, Mapping) else NotImplemented


_MAPPING: dict[str, Any] = {
    "__getitem__": _value_of,
    "__len__": _map_length,
    "__contains__": _has_key,
    "__or__": _or,
    "get": _get_value,
}
_CHANGED_MAPPING: dict[str, tuple[str, Any]] = {
    "__setitem__": ("set_item", _set_value),
    "__delitem__": ("delete_item", _delete_key),
    "__ior__": ("set_item", _updated),
    "pop": ("delete_item", _pop_key),
    "setdefault": ("set_item", _set_default),
    "update": ("set_item", _update),
}


def _combined(combine: Callable[[Any, Any], Any], *, swapped: bool = False) -> Callable[..., Any]:
    def combination(self: Any, other: Any) -> Any:
        if not isinstance(other, Set):
            return NotImplemented
        own, others = set(self._items()), set(other)
        return combine(others, own) if swapped else combine(own, others)

    return combination


_SET: dict[str, Any] = {
    **{
        f"__{name}__": _combined(function)
        for name, function in (
            ("and", operator.and_),
            ("or", operator.or_),
            ("sub", operator.sub),
            ("xor", operator.xor),
            ("le", operator.le),
            ("lt", operator.lt),
            ("ge", operator.ge),
            ("gt", operator.gt),
        )
    },
    **{
        f"__r{name}__": _combined(function, swapped=True)
        for name, function in (
            ("and", operator.and_),
            ("or", operator.or_),
            ("sub", operator.sub),
            ("xor", operator.xor),
        )
    },
}
_EQUAL: dict[str, Callable[..., Any]] = {
    "sequence": _list_equal,
    "mapping": _map_equal,
    "set": _combined(operator.eq),
}


def methods_of(kind: ForeignType) -> dict[str, Any]:
    """Return what a list, a map or a set has in Python, as far as the type can do it."""
    operations = kind.operations
    plain = {"mapping": _MAPPING, "sequence": _SEQUENCE, "set": _SET}
    changed = {"mapping": _CHANGED_MAPPING, "sequence": _CHANGED_SEQUENCE}
    for behaviour, methods in plain.items():
        if behaviour not in operations:
            continue
        found = dict(methods)
        for name, (operation, method) in changed.get(behaviour, {}).items():
            if operation in operations:
                found[name] = method
        if behaviour == "mapping":
            kind.by_name.pop("get", None)
        return found | {"__eq__": _either(_EQUAL[behaviour])}
    return _indexed(kind)


def _indexed(kind: ForeignType) -> dict[str, Any]:
    """Return what reads and writes the elements of what has some, and is no list."""
    methods = {"get_item": "__getitem__", "set_item": "__setitem__", "delete_item": "__delitem__"}
    found: dict[str, Any] = {}
    for operation, name in methods.items():
        if operation in kind.operations:
            found[name] = _directly(operation)
    return found


def _directly(operation: str) -> Callable[..., Any]:
    def call(self: Any, *args: Any) -> Any:
        return _operate(self, operation, *args)

    return call


def _either(equal: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Compare with objects of its language, and with what Python has for them."""

    def compare(self: Any, other: Any) -> Any:
        from ._operations import _equal

        of_language = _equal(self, other)
        return equal(self, other) if of_language is NotImplemented else of_language

    return compare
