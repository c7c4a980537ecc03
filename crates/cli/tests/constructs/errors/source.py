"""Exceptions by class."""


class ShopError(Exception):
    """The base class of all errors here."""


class SoldOut(ShopError):
    """Sold out."""

    def __init__(self, item: str, wanted: int) -> None:
        super().__init__(item)
        self.item: str = item
        self.wanted: int = wanted


def buy(item: str) -> None:
    """Buys one.

    Raises:
        SoldOut: When none is left.
    """
