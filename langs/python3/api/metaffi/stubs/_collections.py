"""Python's indexing and iteration for a guest's lists and maps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def at_index(items: Any, get: Callable[[int], Any], index: Any) -> Any:
    """Return the element at an index, or a list for a slice; negative ones count from the end.

    Raises IndexError if there is no such element.
    """
    length = len(items)
    if isinstance(index, slice):
        return [get(at) for at in range(*index.indices(length))]
    at = index + length if index < 0 else index
    if not 0 <= at < length:
        raise IndexError(f"index {index} is out of range: there are {length} elements")
    return get(at)


def of_key(entries: Any, get: Callable[[Any], Any], key: Any) -> Any:
    """Return ``get(key)``; raises KeyError if there is no such key."""
    if key not in entries:
        raise KeyError(key)
    return get(key)


def pairs(entries: Any) -> list[tuple[Any, Any]]:
    """Return all keys with their values."""
    return [(key, entries[key]) for key in entries]
