"""Maps of other languages that are passed to Python, as dicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from threading import local
from typing import Any, Self

from .._native import MetaFFIHandle

__all__ = ["LentDict", "of_map"]


class LentDict(dict[Any, Any]):
    """A map of another language, with the entries that it had when it was passed.

    It is a ``dict`` to all, also to code in C. What is changed in it is changed in the map,
    and it goes home as the map itself; what changes there meanwhile is not seen.
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
        """Take an entry out and return it."""
        key, value = super().popitem()
        del self._metaffi_handle[key]
        return key, value

    # Those of a dict would leave the map as it is.
    clear: Any = MutableMapping.clear
    pop: Any = MutableMapping.pop
    setdefault: Any = MutableMapping.setdefault
    update: Any = MutableMapping.update

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Iterable[Any]]]:
        return dict, (list(self.items()),)


_made = local()
"""By the map: what is made of those that hold one another, while that is being done."""


def of_map(source: Any) -> dict[Any, Any]:
    """Make a dict of a map, with dicts for the maps in it; called by the native module."""
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
