"""A shop whose prices are in Go."""

from pathlib import Path

from metaffi import MetaFFIRuntime

_prices = MetaFFIRuntime("go").load_module(str(Path(__file__).with_name("prices_MetaFFIGuest")))


def price(thing: str) -> float:
    """Return the price of a thing."""
    return float(_prices.Price(thing))
