"""Says what arrives."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any


def show(value: Any) -> str:
    """Return the type and the value."""
    return f"{type(value).__name__} {value!r}"


def add(one: Any, other: Any) -> Any:
    """Add two values."""
    return one + other


def values() -> list[Any]:
    """Return one value of several types."""
    return [2**70, Decimal("0.1"), date(2026, 1, 31) + timedelta(days=1), b"\x00\xff", None]


def stock() -> dict[str, int]:
    """Return a mapping."""
    return {"pen": 3, "ink": 5}
