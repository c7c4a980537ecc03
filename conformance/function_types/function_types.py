"""Types of functions."""

import gc
from collections.abc import Callable
from functools import reduce
from typing import Any, Protocol

Transform = Callable[[int, int], int]


class Joiner(Protocol):
    """The module's own function type."""

    def __call__(self, a: str, b: str) -> str: ...


def apply_transform(transform: Transform, a: int, b: int) -> int:
    return transform(a, b)


def call_supplier(supplier: Callable[[], Any]) -> Any:
    return supplier()


def call_own(joiner: Joiner, a: str, b: str) -> str:
    return joiner(a, b)


def has_more(joiner: Joiner, a: str, b: str) -> str:
    return f"{joiner(a, b)}, {joiner(b, a)}"


def combine(operator: Callable[[int, int], int], a: int, b: int) -> int:
    return operator(a, b)


def map_number(mapper: Callable[[int], int], number: int) -> int:
    return mapper(number)


def map_text(mapper: Callable[[str], str], text: str) -> str:
    return mapper(text)


def map_flag(mapper: Callable[[bool], bool], flag: bool) -> bool:
    return mapper(flag)


def fold(operator: Callable[[int, int], int], count: int) -> int:
    return reduce(operator, range(count))


def attempt(task: Callable[[str], str], text: str) -> str:
    return task(text)


def gather(gatherer: Callable[[list[int]], list[int]], count: int) -> list[int]:
    return gatherer(list(range(count)))


def test(condition: Callable[[], bool]) -> bool:
    return condition()


def run(task: Callable[[], object]) -> bool:
    task()
    return True


def collect() -> None:
    gc.collect()
