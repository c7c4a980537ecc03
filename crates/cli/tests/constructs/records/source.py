"""Records."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """A place."""

    x: int
    y: int = 0


@dataclass(order=True)
class Size:
    width: float
    height: float
