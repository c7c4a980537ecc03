"""A calculator."""

from collections.abc import Callable
from functools import reduce


def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


def divide(a: float, b: float) -> float:
    """Divide one number by another."""
    return a / b


def product(*numbers: int) -> int:
    """Multiply any number of numbers."""
    result = 1
    for number in numbers:
        result *= number
    return result


def fold(numbers: list[int], function: Callable[[int, int], int]) -> int:
    """Combine all numbers, two at a time."""
    return reduce(function, numbers)


class Calculator:
    """A calculator with a memory."""

    def __init__(self, memory: float = 0.0):
        self.memory = memory

    def store(self, number: float) -> None:
        """Add a number to the memory."""
        self.memory += number
