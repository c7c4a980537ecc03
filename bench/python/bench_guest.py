"""The functions that every contestant calls in Python."""

import builtins
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_calls = 0
_NUMBERS = list(range(10_000))


def nothing() -> None:
    """Does almost nothing; `calls` proves that it ran."""
    global _calls
    _calls += 1


def calls() -> int:
    return _calls


def echo(value: int) -> int:
    return value


def text(value: str) -> str:
    return value


def sum(values: Sequence[int]) -> int:
    return builtins.sum(values)


def numbers() -> list[int]:
    """Returns a list."""
    return _NUMBERS


def mixed(values: list[Any]) -> list[Any]:
    return values


def strings(values: list[str]) -> list[str]:
    return values


def objects(values: "list[Counter]") -> "list[Counter]":
    return values


def bytes(values: builtins.bytes) -> builtins.bytes:
    return values


def total(values: Mapping[str, int]) -> int:
    """Reads every entry."""
    return builtins.sum(value for _, value in values.items())


def fail() -> None:
    raise RuntimeError("no luck today")


def apply(function: Callable[[int], int], value: int) -> int:
    """Calls a function of the host."""
    return function(value)


class Counter:
    def __init__(self) -> None:
        self.count = 0

    def increment(self) -> int:
        self.count += 1
        return self.count
