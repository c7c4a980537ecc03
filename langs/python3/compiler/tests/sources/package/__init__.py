"""A package: what it takes from its own modules is its own."""

from collections import deque

from ._inner import Engine, start
from .clash import clash
from .sub import helper

__version__ = "1.2"


def order() -> deque[int]:
    """Give an object of a class of another package."""
    return deque([1, 2])
