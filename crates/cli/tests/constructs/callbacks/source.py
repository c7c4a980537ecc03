"""Functions as arguments and results."""

from collections.abc import Callable


class Item: ...


def apply(function: Callable[[int], int], value: int) -> int:
    return function(value)


def visit(items: list[Item], visitor: Callable[[Item], None]) -> None: ...


def adder(by: int) -> Callable[[int], int]:
    return lambda value: value + by
