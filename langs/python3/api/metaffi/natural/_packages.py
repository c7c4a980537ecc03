"""What classes of other languages are modules of, to those who look there by name.

cloudpickle takes a class apart, but for one that ``sys.modules`` leads to. A package of
another language has no place there, which is Python's modules': it may have the name of one.
"""

from __future__ import annotations

import sys
from types import ModuleType
from weakref import WeakValueDictionary

TYPE_CHECKING = False  # not typing's, which is heavy; type checkers know it by its name
if TYPE_CHECKING:
    from typing import Any

    from ._classes import ForeignClass

__all__ = ["PackageName", "enter", "is_entered"]


class PackageName(str):
    """The ``__module__`` of a class: as a key it differs from the name of a module of Python's."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash((PackageName, str(self)))

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


_classes: WeakValueDictionary[tuple[str, str], ForeignClass] = WeakValueDictionary()
"""By package and name; of several that share both, the last."""


def enter(cls: ForeignClass) -> None:
    """Let ``sys.modules`` lead to a class."""
    name = PackageName(cls.__module__)
    _classes[name, cls.__qualname__] = cls
    sys.modules.setdefault(name, _Entered(name))


def is_entered(cls: type) -> bool:
    """Whether ``sys.modules`` leads to a class, and not to another one of its name."""
    return _classes.get((cls.__module__, cls.__qualname__)) is cls


class _Entered(ModuleType):
    """The classes of a package that were made, by name; nested ones by that of the outer, first."""

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
        raise AttributeError(f"{qualified} of {self._package} was not made")


def _outer_classes() -> list[tuple[str, str]]:
    return [(package, name.rpartition(".")[0]) for package, name in list(_classes) if "." in name]
