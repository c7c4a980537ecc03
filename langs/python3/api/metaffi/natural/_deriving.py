"""Classes of Python that derive from classes and interfaces of other languages."""

from __future__ import annotations

from typing import Any

from ._exceptions import ForeignError
from ._implementing import implements

__all__ = ["derived"]


def derived(metaclass: type, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
    """Make the class that a ``class`` statement with foreign bases asks for."""
    if any(issubclass(base, ForeignError) for base in bases):
        return type.__new__(metaclass, name, bases, namespace)
    foreign = [base for base in bases if isinstance(base, metaclass)]
    others = tuple(base for base in bases if not isinstance(base, metaclass))
    made = type(name, others or (object,), namespace)
    return implements(*foreign)(made)
