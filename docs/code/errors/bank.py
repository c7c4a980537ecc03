"""An account."""

from collections.abc import Callable


class Overdrawn(ValueError):
    """There is not enough money."""

    def __init__(self, missing: int) -> None:
        super().__init__(f"{missing} more needed")
        self.missing = missing


def withdraw(balance: int, amount: int) -> int:
    """Take money out."""
    if amount > balance:
        raise Overdrawn(amount - balance)
    return balance - amount


def pay(balance: int, text: str) -> int:
    """Take out what a text says."""
    try:
        return withdraw(balance, int(text))
    except ValueError as error:
        raise RuntimeError("no payment") from error


def each(amounts: list[int], check: Callable[[int], None]) -> None:
    """Check all amounts."""
    for amount in amounts:
        check(amount)
