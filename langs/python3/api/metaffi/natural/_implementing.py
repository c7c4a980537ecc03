"""Python classes that implement interfaces of other languages."""

from __future__ import annotations

from collections.abc import Callable

from ._classes import ForeignClass, register

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import Any, TypeVar

    _T = TypeVar("_T", bound=type)

__all__ = ["implements"]


def implements(*interfaces: Any) -> Callable[[_T], _T]:
    """Declare that a class implements interfaces of another language.

    Objects with the right methods are accepted wherever an interface is declared, with or
    without this declaration. With it, the class is checked when it is made: a missing method
    is an error, and ``isinstance`` with the interface is true::

        @implements(module["java.util.Comparator"])
        class ByLength:
            def compare(self, one, other):
                return len(one) - len(other)

    Raises TypeError if the class lacks a method, or if an argument is not a foreign class.
    """
    for interface in interfaces:
        if not isinstance(interface, ForeignClass):
            raise TypeError(f"{interface!r} is not a class of another language")

    def check(made: _T) -> _T:
        for interface in interfaces:
            _check(made, interface)
            register(interface, made)
        return made

    return check


def _check(made: type, interface: ForeignClass) -> None:
    kind = interface.__metaffi_type__
    required = [member for member in kind.members if member.kind == "abstract method"]
    missing = [member for member in required if not callable(getattr(made, member.name, None))]
    if missing:
        signatures = ", ".join(dict.fromkeys(member.signature for member in missing))
        raise TypeError(f"{made.__name__} does not implement {kind.name}: it lacks {signatures}")
