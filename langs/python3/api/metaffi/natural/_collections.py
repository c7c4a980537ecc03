"""Lists, maps and sets of other languages, used like Python's."""

from __future__ import annotations

import operator
from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    MutableSequence,
    Set,
)

from ..metaffi_error import MetaFFIError
from ._objects import equal, operate

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ._types import ForeignType

__all__ = ["iterate", "methods_of"]


def iterate(self: Any) -> Iterator[Any]:
    """Iterate over the current elements, which are all fetched at once."""
    items = self._items()
    return iter(operate(self, "iterate") if items is None else items)


def _at(self: Any, operation: str, index: Any, *args: Any) -> Any:
    """Do an operation at an index; a negative one counts from the end."""
    at = operator.index(index)
    place = at + len(self) if at < 0 else at
    try:
        return operate(self, operation, place, *args)
    except MetaFFIError as error:
        length = len(self)
        if 0 <= place < length:
            raise
        message = f"index {index} is out of range: there are {length} elements"
        raise IndexError(message) from error


def _get(self: Any, index: Any) -> Any:
    if isinstance(index, slice):
        return self._items()[index]
    return _at(self, "get_item", index)


def _set(self: Any, index: Any, value: Any) -> None:
    if isinstance(index, slice):
        _replace(self, index, value)
    else:
        _at(self, "set_item", index, value)


def _replace(self: Any, where: slice, values: Iterable[Any]) -> None:
    """Replace the elements of a slice by as many values, since an array cannot grow."""
    places, values = range(*where.indices(len(self))), list(values)
    if len(places) != len(values):
        raise ValueError(f"cannot assign {len(values)} values to {len(places)} elements")
    for at, value in zip(places, values, strict=True):
        operate(self, "set_item", at, value)


def _delete(self: Any, index: Any) -> None:
    if isinstance(index, slice):
        for at in sorted(range(*index.indices(len(self))), reverse=True):
            operate(self, "delete_item", at)
    else:
        _at(self, "delete_item", index)


def _list_equal(self: Any, other: Any) -> Any:
    if isinstance(other, list | tuple):
        return self._items() == list(other)
    return NotImplemented


def _append(self: Any, value: Any) -> None:
    """Add an element at the end."""
    operate(self, "append", value)


def _add(self: Any, other: Any) -> Any:
    return self._items() + list(other)


def _index(self: Any, value: Any, *limits: int) -> int:
    """Return the index of the first such element; raises ValueError if there is none."""
    found: int = self._items().index(value, *limits)
    return found


def _count(self: Any, value: Any) -> int:
    """Count the occurrences of an element."""
    count: int = self._items().count(value)
    return count


def _copy(self: Any) -> list[Any]:
    """Return a list of the current elements."""
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
    "__iadd__": ("append", MutableSequence.__iadd__),
    "append": ("append", _append),
    "extend": ("append", MutableSequence.extend),
    "pop": ("delete_item", MutableSequence.pop),
}


_MISSING = object()


def _value_of(self: Any, key: Any) -> Any:
    value = self._followed(key, _MISSING)
    if value is not _MISSING:
        return value
    try:
        value = operate(self, "get_item", key)
    except MetaFFIError:
        if operate(self, "contains", key):
            raise
        raise KeyError(key) from None
    if value is None and not operate(self, "contains", key):
        raise KeyError(key)
    return value


def _set_value(self: Any, key: Any, value: Any) -> None:
    self._followed(_MISSING, None)
    operate(self, "set_item", key, value)


def _delete_key(self: Any, key: Any) -> None:
    if not operate(self, "contains", key):
        raise KeyError(key)
    self._followed(_MISSING, None)
    operate(self, "delete_item", key)


def _updated(self: Any, other: Any) -> Any:
    MutableMapping.update(self, other)
    return self


def _or(self: Any, other: Any) -> Any:
    return self.copy() | dict(other) if isinstance(other, Mapping) else NotImplemented


def _map_equal(self: Any, other: Any) -> Any:
    return self.copy() == dict(other) if isinstance(other, Mapping) else NotImplemented


_MAPPING: dict[str, Any] = {
    "__getitem__": _value_of,
    "__or__": _or,
    "get": Mapping.get,
}
_CHANGED_MAPPING: dict[str, tuple[str, Any]] = {
    "__setitem__": ("set_item", _set_value),
    "__delitem__": ("delete_item", _delete_key),
    "__ior__": ("set_item", _updated),
    "pop": ("delete_item", MutableMapping.pop),
    "setdefault": ("set_item", MutableMapping.setdefault),
    "update": ("set_item", MutableMapping.update),
}
FIRST = {"get"}
"""Methods that take precedence over a member of the same name: Java's ``get`` has no default."""


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
    """Return Python's methods of a list, map or set, as far as the type supports them."""
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
        return found | {"__eq__": _either(_EQUAL[behaviour])}
    return {}


def _either(alike: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Compare with objects of its own language, and with Python's collections."""

    def compare(self: Any, other: Any) -> Any:
        of_language = equal(self, other)
        return alike(self, other) if of_language is NotImplemented else of_language

    return compare
