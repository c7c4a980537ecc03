"""Values that an IDL can contain as literals: constants, defaults, members of enums."""

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
    """Stands for a missing value where ``None`` is a possible value."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final[Any] = _Missing()


class Unreadable:
    """Stands for an object that cannot be inspected: a proxy without its object."""


def readable(value: Any) -> Any:
    """Return the value if its class can be read, otherwise an ``Unreadable``."""
    try:
        isinstance(value, type)
    except Exception:
        return Unreadable()
    return value


def attribute(value: Any, name: str) -> Any:
    """Read an attribute, or return ``MISSING``; a proxy without its object may raise anything."""
    try:
        return getattr(value, name, MISSING)
    except Exception:
        return MISSING


LONGEST = 1000
"""The maximum length of a constant, in characters or bytes."""


def is_plain(value: Any) -> bool:
    """Return whether ``value`` can be a literal: exactly a plain type, and not too long."""
    if type(value) in (bool, int, float, type(None)):
        return True
    if type(value) in (str, bytes) and len(value) <= LONGEST:
        return isinstance(value, bytes) or not _has_surrogate(value)
    return False


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def literal(value: Any) -> Any:
    """Return a plain value in the form of the IDL's JSON."""
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
    """Return the default ``value`` of a parameter, as a literal if possible."""
    if is_plain(value):
        return {"value": literal(value)}
    if isinstance(value, type):
        return {"source": value.__qualname__}
    try:
        source = repr(value)
    except Exception:  # the user's object may raise anything
        return None
    # `<object at 0x7f…>` is not valid Python, and differs each time.
    return None if source.startswith("<") or " at 0x" in source else {"source": source[:LONGEST]}


def default_of_source(node: ast.expr) -> dict[str, Any] | None:
    """Return the default in a source; a stub's ``...`` is unknown."""
    if isinstance(node, ast.Constant) and node.value is ...:
        return None
    value = constant(node)
    if value is not MISSING and is_plain(value):
        return {"value": literal(value)}
    return {"source": ast.unparse(node)[:LONGEST]}


def constant(node: ast.expr | None) -> Any:
    """Evaluate a plain value, or return ``MISSING``."""
    if node is None:
        return MISSING
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return MISSING
    return value if value is not ... else MISSING
