"""Makes dicts of maps of other languages that are passed to Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from threading import local
from typing import Any, Self

from .._native import MetaFFIHandle

__all__ = ["LentDict", "of_map"]


class LentDict(dict[Any, Any]):
    """A map of another language, with the entries that it had when it was passed.

    It is a real ``dict``, also for code in C. Changes to it also change the map, and when
    passed back it is the map itself. Later changes of the map do not show in it.
    """

    _metaffi_handle: Any

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"'dict' object has no attribute {name!r}")
        return getattr(self._metaffi_handle, name)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._metaffi_handle[key] = value
        super().__setitem__(key, value)

    def __delitem__(self, key: Any) -> None:
        super().__delitem__(key)
        del self._metaffi_handle[key]

    def __ior__(self, other: Any) -> Self:  # type: ignore[misc]
        self.update(other)
        return self

    def popitem(self) -> tuple[Any, Any]:
        """Remove an entry and return it."""
        key, value = super().popitem()
        del self._metaffi_handle[key]
        return key, value

    # A dict's own methods would not change the map.
    clear: Any = MutableMapping.clear
    pop: Any = MutableMapping.pop
    setdefault: Any = MutableMapping.setdefault
    update: Any = MutableMapping.update

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Iterable[Any]]]:
        return dict, (list(self.items()),)


_made = local()
"""The dicts made so far, by their map, so that maps may contain one another."""


def of_map(source: Any) -> dict[Any, Any]:
    """Make a dict of a map, with dicts for the maps in it. Called by the native module."""
    known: dict[Any, LentDict] | None = getattr(_made, "known", None)
    if known is not None:
        return _filled(source, known)
    _made.known = {}
    try:
        return _filled(source, _made.known)
    finally:
        del _made.known


def _filled(source: Any, known: dict[int, LentDict]) -> dict[Any, Any]:
    address = MetaFFIHandle.__hash__(source)
    if address not in known:
        made = known[address] = LentDict()
        made._metaffi_handle = source
        dict.update(made, source.copy())
    return known[address]
