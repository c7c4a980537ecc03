"""Fields and properties, of objects and of classes."""

from typing import ClassVar


class Account:
    count: ClassVar[int] = 0
    owner: str

    def __init__(self, owner: str) -> None:
        self.owner = owner

    @property
    def balance(self) -> float:
        """What there is."""
        return 0.0

    @property
    def limit(self) -> int | None:
        return None

    @limit.setter
    def limit(self, value: int | None) -> None: ...
