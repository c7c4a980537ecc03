"""A shop whose prices are in Go."""

from pathlib import Path

from metaffi import MetaFFIRuntime

_guest = Path(__file__).with_name("prices_MetaFFIGuest")
_prices = MetaFFIRuntime("go").load_module(str(_guest))


def price(thing: str) -> float:
    """Return the price of a thing."""
    return float(_prices.Price(thing))
