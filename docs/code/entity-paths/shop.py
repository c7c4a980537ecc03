"""A shop."""

currency = "EUR"


class Item:
    """Something that is sold."""

    def __init__(self, name: str, price: float = 1.0) -> None:
        self.name = name
        self.price = price

    def total(self, count: int) -> float:
        """Return the price of several."""
        return self.price * count

    @staticmethod
    def parse(text: str) -> "Item":
        """Make an item of `tea:2.5`."""
        name, _, price = text.partition(":")
        return Item(name, float(price))


def label(*words: str, sep: str = " ") -> str:
    """Join words."""
    return sep.join(words)
