"""Types of functions."""

import gc
from collections.abc import Callable
from typing import Any, Protocol

Transform = Callable[[int, int], int]


class Joiner(Protocol):
    """A function of the module's own type."""

    def __call__(self, a: str, b: str) -> str: ...


def apply_transform(transform: Transform, a: int, b: int) -> int:
    return transform(a, b)


def call_supplier(supplier: Callable[[], Any]) -> Any:
    return supplier()


def call_own(joiner: Joiner, a: str, b: str) -> str:
    return joiner(a, b)


def has_more(joiner: Joiner, a: str, b: str) -> str:
    return f"{joiner(a, b)}, {joiner(b, a)}"


def run(task: Callable[[], object]) -> bool:
    task()
    return True


def collect() -> None:
    gc.collect()
