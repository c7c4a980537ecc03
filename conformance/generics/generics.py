"""A generic function and a generic class."""

from typing import Generic, TypeVar

T = TypeVar("T")


def largest(a: T, b: T) -> T:
    return max(a, b)


class Stack(Generic[T]):
    def __init__(self):
        self.items: list[T] = []

    def push(self, item: T) -> None:
        self.items.append(item)

    def pop(self) -> T:
        return self.items.pop()

    def size(self) -> int:
        return len(self.items)
