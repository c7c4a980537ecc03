"""Lets classes of other languages be found by name in ``sys.modules``.

cloudpickle pickles a class by its contents unless it finds the class by name through
``sys.modules``. A package of another language must not take the place of a Python module,
whose name it may share, so it is entered under a key that differs from that name.
"""

from __future__ import annotations

import sys
from types import ModuleType
from weakref import WeakValueDictionary

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ._classes import ForeignClass

__all__ = ["PackageName", "enter", "is_entered"]


class PackageName(str):
    """The ``__module__`` of a class; as a key it differs from the name of a Python module."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash((PackageName, str(self)))

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


_classes: WeakValueDictionary[tuple[str, str], ForeignClass] = WeakValueDictionary()
"""By package and name; if several classes share both, the last."""


def enter(cls: ForeignClass) -> None:
    """Make a class reachable through ``sys.modules``."""
    name = PackageName(cls.__module__)
    _classes[name, cls.__qualname__] = cls
    sys.modules.setdefault(name, _Entered(name))


def is_entered(cls: type) -> bool:
    """Return whether ``sys.modules`` leads to this class, and not to another of the same name."""
    return _classes.get((cls.__module__, cls.__qualname__)) is cls


class _Entered(ModuleType):
    """A package's classes that were made, by name; nested ones through their outer class."""

    def __init__(self, package: str, outer: str = "") -> None:
        super().__init__(str(package))
        self.__dict__.update(_package=package, _outer=outer)

    def __getattr__(self, name: str) -> Any:
        qualified = self._outer + name
        found = _classes.get((self._package, qualified))
        if found is not None:
            return found
        if any(known == (self._package, qualified) for known in _outer_classes()):
            return _Entered(self._package, f"{qualified}.")
        raise AttributeError(f"no class {qualified} of {self._package} is in use here")


def _outer_classes() -> list[tuple[str, str]]:
    return [(package, name.rpartition(".")[0]) for package, name in list(_classes) if "." in name]
