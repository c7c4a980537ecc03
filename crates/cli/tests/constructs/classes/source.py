"""Constructors, methods, static methods and class methods."""

from typing import Self


class Counter:
    """Counts."""

    def __init__(self, start: int = 0) -> None: ...

    def increment(self, by: int = 1) -> int:
        """Adds `by`.

        Args:
            by: How much.

        Returns:
            The count.

        Raises:
            ValueError: When `by` is negative.
        """
        return by

    def twin(self) -> Self:
        return self

    @staticmethod
    def limit() -> int:
        return 10

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(int(text))
