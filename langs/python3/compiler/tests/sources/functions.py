"""Every way to take arguments and to give results."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, NoReturn, overload

LIMIT = 10
counter = 0
Names = list[str]
_hidden = 1


def plain(number: int, ratio: float, name: str, flag: bool, data: bytes, thing: object) -> str:
    """Take scalars."""
    return f"{number} {ratio} {name} {flag} {len(data)} {thing}"


def ways(first: int, /, second: int = 2, *rest: int, third: str, fourth: float = 0.5, **named: Any):
    """Take arguments by place, by name, and all others."""
    return [first, second, *rest, third, fourth, *named]


def untyped(first, second=1, third="x", fourth=None, _private=0):
    """Say no types: the defaults hint at them."""
    return [first, second, third, fourth]


def lists(rows: list[list[float]], names: Sequence[str], mixed: list[Any]) -> list[int]:
    """Take and give lists."""
    return [len(rows), len(names), len(mixed)]


def maps(counts: dict[str, int], chosen: set[str]) -> dict[str, list[int]]:
    """Take and give maps and sets."""
    return {name: [count] for name, count in counts.items() if name in chosen}


def unions(either: int | str, maybe: str | None = None, one: Literal["r", "w"] = "r") -> int | None:
    """Take one of several types."""
    return None if maybe is None else len(f"{either}{one}")


def pair(number: int) -> tuple[int, str]:
    """Give two results."""
    return number, str(number)


def nothing() -> None:
    """Give none."""


def fails() -> NoReturn:
    """Never come back."""
    raise ValueError("always")


def compose(outer: Callable[[int], int], inner: Callable[..., int]) -> Callable[[int], int]:
    """Take and give functions."""
    return lambda value: outer(inner(value))


def numbers(count: int) -> Iterator[int]:
    """Give one after another."""
    yield from range(count)


@contextmanager
def opened(name: str) -> Iterator[str]:
    """Give a context manager."""
    yield name


async def later(value: int) -> int:
    """Give a result later."""
    await asyncio.sleep(0)
    return value


async def ticks(count: int) -> AsyncIterator[int]:
    """Give one after another, later."""
    for value in range(count):
        yield value


@overload
def twice(value: int) -> int: ...
@overload
def twice(value: str) -> str: ...
def twice(value):
    """Double a number or a text."""
    return value + value
