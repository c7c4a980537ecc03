"""Returns functions."""

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


class Total:
    """Adds up."""

    def __init__(self, total: int) -> None:
        self.total = total

    def add(self, value: int) -> int:
        self.total += value
        return self.total


def make_bound(start: int) -> Callable[[int], int]:
    return Total(start).add


def make_maker() -> Callable[[int], Callable[[int], int]]:
    return make_adder


def make_total() -> Callable[..., int]:
    def total(first: int, second: int = 10, *others: int) -> int:
        return first + second + sum(others)

    return total


def apply_all(functions: list[Callable[[int], int]], value: int) -> int:
    for function in functions:
        value = function(value)
    return value


_kept = None


def keep(function) -> None:
    global _kept
    _kept = function


def is_kept(function) -> bool:
    return _kept == function


def bounce(times: int) -> int:
    return 0 if times == 0 else _kept(times - 1) + 1


def bouncer() -> Callable[[int], int]:
    return bounce


def same_any(value):
    return value


def same(function):
    return function


def collect() -> None:
    gc.collect()
