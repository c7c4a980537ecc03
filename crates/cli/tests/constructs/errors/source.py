"""Exceptions by class."""


class ShopError(Exception):
    """Anything that goes wrong here."""


class SoldOut(ShopError):
    """Nothing is left."""

    def __init__(self, item: str, wanted: int) -> None:
        super().__init__(item)
        self.item: str = item
        self.wanted: int = wanted


def buy(item: str) -> None:
    """Buys one.

    Raises:
        SoldOut: When none is left.
    """
