"""A till in a shop."""

import enum
from collections.abc import Callable, Iterator


class Size(enum.Enum):
    """The size of a thing."""

    SMALL = 1
    LARGE = 2


class SoldOut(Exception):
    """The thing is sold out."""


class Till:
    """A till knows the prices of things."""

    def __init__(self, currency: str = "EUR") -> None:
        self.currency = currency
        self._prices: dict[str, float] = {}

    def put(self, thing: str, price: float, size: Size = Size.SMALL) -> int:
        """Put a thing on sale, and return the number of things."""
        self._prices[thing] = price * size.value
        return len(self._prices)

    def price(self, thing: str) -> float:
        """Return the price of a thing."""
        if thing not in self._prices:
            raise SoldOut(thing)
        return self._prices[thing]

    def change(self, by: Callable[[float], float]) -> None:
        """Change all prices."""
        self._prices = {thing: by(price) for thing, price in self._prices.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._prices)


def total(prices: list[float], discount: float = 0.0) -> float:
    """Add up prices."""
    return sum(prices) * (1 - discount)
