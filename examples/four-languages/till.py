"""A till in a shop."""

import enum
from collections.abc import Callable, Iterator


class Size(enum.Enum):
    """How large a thing is."""

    SMALL = 1
    LARGE = 2


class SoldOut(Exception):
    """There is none left."""


class Till:
    """A till knows what things cost."""

    def __init__(self, currency: str = "EUR") -> None:
        self.currency = currency
        self._prices: dict[str, float] = {}

    def put(self, thing: str, price: float, size: Size = Size.SMALL) -> int:
        """Put a thing on sale, and say how many there are."""
        self._prices[thing] = price * size.value
        return len(self._prices)

    def price(self, thing: str) -> float:
        """Say what a thing costs."""
        if thing not in self._prices:
            raise SoldOut(thing)
        return self._prices[thing]

    def change(self, by: Callable[[float], float]) -> None:
        """Change all prices."""
        self._prices = {thing: by(price) for thing, price in self._prices.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._prices)


def total(prices: list[float], discount: float = 0.0) -> float:
    """Add prices up."""
    return sum(prices) * (1 - discount)
