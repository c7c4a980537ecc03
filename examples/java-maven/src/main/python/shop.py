"""A shop, written in Python."""

from dataclasses import dataclass


@dataclass
class Item:
    """Something to buy."""

    name: str
    price: float


def total(items: list[Item], discount: float = 0.0) -> float:
    """Add up the prices."""
    return sum(item.price for item in items) * (1 - discount)
