"""Takes functions, and calls them."""

import gc
from collections.abc import Callable


def apply(f: Callable[[int, int], int], a: int, b: int) -> int:
    return f(a, b)


def apply_any(f, a: int, b: int) -> int:
    return f(a, b)


def apply_all(functions: list, start: int) -> int:
    total = 0
    for f in functions:
        total = f(total, start)
    return total


def apply_both(f: Callable[[int, int], int], g: Callable[[str, str], str], a: int, b: int) -> str:
    return g("sum: ", str(f(a, b)))


def join(f: Callable[[str, str], str], a: str, b: str) -> str:
    return f(a, b)


def pass_on(f, value):
    return f(value)


pass_object = pass_on


def pass_own(f) -> bool:
    own = object()
    return f(own) is own


def ask(f: Callable[[], bool]) -> bool:
    return f()


def add_up(f: Callable[[int, int], int], count: int) -> int:
    total = 0
    for i in range(count):
        total = f(total, i)
    return total


def has_function(f: Callable | None) -> bool:
    return f is not None


def collect() -> None:
    gc.collect()
