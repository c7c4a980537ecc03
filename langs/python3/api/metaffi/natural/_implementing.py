"""Objects of Python where another language wants one with the methods of an interface."""

from __future__ import annotations

from collections.abc import Callable

from ._classes import ForeignClass, register

TYPE_CHECKING = False  # not typing's, which is heavy; type checkers know it by its name
if TYPE_CHECKING:
    from typing import Any, TypeVar

    _T = TypeVar("_T", bound=type)

__all__ = ["implements"]


def implements(*interfaces: Any) -> Callable[[_T], _T]:
    """Say that the objects of a class have the methods of interfaces of another language.

    Objects with these methods are taken wherever such an interface is declared, whether their
    class says so or not. One that says so is checked: a method that is missing is an error
    when the class is made; and ``isinstance`` knows it::

        @implements(module["java.util.Comparator"])
        class ByLength:
            def compare(self, one, other):
                return len(one) - len(other)

    Raises TypeError where a class lacks a method, and where something is not an interface.
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
    wanted = [member for member in kind.members if member.kind == "abstract method"]
    missing = [member for member in wanted if not callable(getattr(made, member.name, None))]
    if missing:
        signatures = ", ".join(dict.fromkeys(member.signature for member in missing))
        raise TypeError(f"{made.__name__} does not implement {kind.name}: it lacks {signatures}")
