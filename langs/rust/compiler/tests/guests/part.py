"""A guest of the tests: a protocol, what is asynchronous, and what has a notation."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, Protocol


class Till(Protocol):
    def open(self, name: str) -> int: ...

    def pay(self, amount: float) -> float: ...


class Bad(ValueError):
    pass


class Clock:
    def __init__(self) -> None:
        self.ticks = 0

    async def tick(self, count: int) -> int:
        await asyncio.sleep(0)
        self.ticks += count
        return self.ticks


def sell(till: Till, name: str) -> str:
    return f"{till.open(name)} {till.pay(2.5)}"


async def later(text: str, *, delay: float = 0.0) -> str:
    await asyncio.sleep(delay)
    if not text:
        raise Bad("nothing to say")
    return text + "!"


async def nothing() -> None:
    await asyncio.sleep(0)


class Shelf:
    def __init__(self, names: list[str]) -> None:
        self.names = names

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __getitem__(self, at: int) -> str:
        return self.names[at]

    def __setitem__(self, at: int, name: str) -> None:
        self.names[at] = name

    def __delitem__(self, at: int) -> None:
        del self.names[at]

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def __call__(self, prefix: str) -> str:
        return prefix + self.names[0]

    def __add__(self, other: "Shelf") -> "Shelf":
        return Shelf(self.names + other.names)

    def __mod__(self, count: int) -> int:
        return len(self.names) % count

    def get(self, at: int) -> str:
        return f"at {at}"


def shelf_of(name: str) -> Any:
    return Shelf([name])


def best(
    names: list[str],
    *,
    key: Callable[[str], int] | None = None,
    among: tuple[str, ...] = (),
    **bonus: int,
) -> str:
    every = [*names, *among, *bonus]
    return max(every, key=lambda name: (key(name) if key else 0) + bonus.get(name, 0))


def pair() -> Any:
    return "a", 1
