"""Classes that are their fields."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Point:
    """A place."""

    x: int
    y: int = 0


class Size(NamedTuple):
    width: float
    height: float
