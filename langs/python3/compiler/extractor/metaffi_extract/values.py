"""Values that an interface can spell: constants, defaults, members of enums."""

from __future__ import annotations

import ast
import math
from typing import Any, Final

__all__ = [
    "MISSING",
    "attribute",
    "constant",
    "default_of",
    "default_of_source",
    "is_plain",
    "literal",
]


class _Missing:
    """Stands for what is not there, where ``None`` may be."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final[Any] = _Missing()


class Unreadable:
    """Stands for an object that cannot be looked at: a proxy without its object."""


def tame(value: Any) -> Any:
    """Give a value that can be asked for its class, or what stands for it."""
    try:
        isinstance(value, type)
    except Exception:
        return Unreadable()
    return value


def attribute(value: Any, name: str) -> Any:
    """Read an attribute, or give ``MISSING``; a proxy without its object raises anything."""
    try:
        return getattr(value, name, MISSING)
    except Exception:
        return MISSING


LONGEST = 1000
"""Characters or bytes of a constant that is worth spelling."""


def is_plain(value: Any) -> bool:
    """Whether ``value`` can be spelled: exactly a plain type, and not too long."""
    if type(value) in (bool, int, float, type(None)):
        return True
    if type(value) in (str, bytes) and len(value) <= LONGEST:
        return isinstance(value, bytes) or not _has_surrogate(value)
    return False


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def literal(value: Any) -> Any:
    """Spell a plain value as the IDL's JSON does."""
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"}
    if type(value) is int and not -(1 << 63) <= value < 1 << 64:
        digits = _decimal(value)
        return {"integer": digits}
    return value


def _decimal(value: int) -> str:
    from sys import set_int_max_str_digits

    set_int_max_str_digits(0)
    return str(value)


def default_of(value: Any) -> dict[str, Any] | None:
    """Spell the default ``value`` of a parameter, as a value where it is one."""
    if is_plain(value):
        return {"value": literal(value)}
    if isinstance(value, type):
        return {"source": value.__qualname__}
    try:
        source = repr(value)
    except Exception:  # an object of the user's may raise anything
        return None
    # `<object at 0x7f…>` is not Python, and another one each time.
    return None if source.startswith("<") or " at 0x" in source else {"source": source[:LONGEST]}


def default_of_source(node: ast.expr) -> dict[str, Any] | None:
    """Spell the default that a source writes; a stub's ``...`` says nothing."""
    if isinstance(node, ast.Constant) and node.value is ...:
        return None
    value = constant(node)
    if value is not MISSING and is_plain(value):
        return {"value": literal(value)}
    return {"source": ast.unparse(node)[:LONGEST]}


def constant(node: ast.expr | None) -> Any:
    """Evaluate a plain value, or give ``MISSING``."""
    if node is None:
        return MISSING
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return MISSING
    return value if value is not ... else MISSING
