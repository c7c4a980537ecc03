"""A little shop."""

from __future__ import annotations

import asyncio
import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

MOST = 7
GREETING = "hi"


class ShopError(Exception):
    """Something went wrong."""


class OutOfStock(ShopError):
    def __init__(self, item: str, left: int = 0) -> None:
        super().__init__(f"{item}: {left} left")
        self.item = item
        self.left = left


class Size(enum.Enum):
    SMALL = 1
    BIG = 2


@dataclass
class Item:
    """An item."""

    name: str
    price: float = 1.0
    size: Size = Size.SMALL


@dataclass(frozen=True)
class Place:
    row: int
    column: int = 0


class Visitor(Protocol):
    def visit(self, item: Item) -> bool: ...


class Till(Protocol):
    def open(self, name: str) -> int: ...

    def pay_all(self, items: Sequence[Item], amount: float) -> Item: ...


class Shop:
    """A shop of items."""

    def __init__(self, items: Sequence[Item], *, limit: int = 5) -> None:
        self.items = list(items)
        self.limit = limit

    def add(self, item: Item, count: int = 1) -> int:
        """Adds an item.

        Args:
            item: the item
            count: how often
        Returns: the number of items
        """
        self.items.extend([item] * count)
        return len(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __getitem__(self, index: int) -> Item:
        return self.items[index]

    def find(self, name: str) -> Item | None:
        return next((i for i in self.items if i.name == name), None)

    def each(self, f: Callable[[Item], float]) -> list[float]:
        return [f(i) for i in self.items]

    def walk(self, visitor: Visitor) -> int:
        return sum(visitor.visit(i) for i in self.items)

    def buy(self, name: str) -> float:
        raise OutOfStock(name, 3)

    def prices(self) -> dict[str, float]:
        return {i.name: i.price for i in self.items}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shop) and other.items == self.items

    def __hash__(self) -> int:
        return 4

    def __str__(self) -> str:
        return f"Shop({len(self)})"


async def later(text: str, delay: float = 0.0) -> str:
    await asyncio.sleep(delay)
    if not text:
        raise OutOfStock("words")
    return text + "!"


async def nothing(*, times: int = 1) -> None:
    await asyncio.sleep(0)


def sell(till: Till, item: Item) -> str:
    number = till.open(item.name)
    paid = till.pay_all([item], item.price)
    return f"{number} {paid is item}"


def same_till(till: Till) -> Till:
    return till


def greet(name: str, greeting: str = "Hello", *, loud: bool = False) -> str:
    return f"{greeting}, {name}" + ("!" if loud else "")


def total(values: Sequence[float]) -> float:
    return sum(values)


def add(a: int, b: int = 1) -> int:
    return a + b


def both(a: int, b: str) -> tuple[int, str]:
    return a, b


def adder(n: int) -> Callable[[int], int]:
    return lambda x: x + n


def read(entries: Any) -> list[str]:
    return [str(dict(entries)), str(opts(1, **entries)), str(entries["z"])]


def opts(a: int, *rest: int, **named: int) -> dict[str, int]:
    return named
