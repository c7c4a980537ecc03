"""Things that are used after the runtime has been released."""

import gc
from collections.abc import Callable


class Thing:
    def __init__(self, number: int) -> None:
        self._number = number

    def number(self) -> int:
        return self._number


def add(a: int, b: int) -> int:
    return a + b


def subtract(a: int, b: int) -> int:
    return a - b


def make_adder(amount: int) -> Callable[[int], int]:
    return lambda value: value + amount


_kept = None


def keep(function) -> None:
    global _kept
    _kept = function


def let_go() -> None:
    global _kept
    _kept = None


def call_kept(a: int, b: int) -> int:
    return _kept(a, b)


def collect() -> None:
    gc.collect()


def fail_with(message: str) -> None:
    raise ValueError(message)
