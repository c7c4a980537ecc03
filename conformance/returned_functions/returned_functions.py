"""Gives functions out."""

import gc
from collections.abc import Callable


def make_adder(amount: int) -> Callable[[int], int]:
    def add(value: int) -> int:
        return value + amount

    return add


def make_counter() -> Callable[[], int]:
    count = 0

    def counter() -> int:
        nonlocal count
        count += 1
        return count

    return counter


def make_failing(message: str) -> Callable[[], None]:
    def fail() -> None:
        raise ValueError(message)

    return fail


def make_joiner(separator: str) -> Callable[[str, str], str]:
    def join(a: str, b: str) -> str:
        return a + separator + b

    return join


def apply(function: Callable[[int], int], value: int) -> int:
    return function(value)


def same(function):
    return function


def collect() -> None:
    gc.collect()
