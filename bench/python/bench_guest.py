"""What the benchmark calls in Python, by every contestant."""

import builtins
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_calls = 0
_NUMBERS = list(range(10_000))


def nothing() -> None:
    """Does nothing that costs; `calls` tells that it really ran."""
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
    """What a list is returned from."""
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
    """Calls what the host passed."""
    return function(value)


class Counter:
    def __init__(self) -> None:
        self.count = 0

    def increment(self) -> int:
        self.count += 1
        return self.count
