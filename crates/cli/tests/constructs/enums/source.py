"""Enumerations."""

from enum import Enum, IntEnum


class Colour(Enum):
    """A colour."""

    RED = "red"
    GREEN = "green"

    def mixed(self, other: "Colour") -> "Colour":
        return other


class Level(IntEnum):
    LOW = 1
    HIGH = 2


def paint(colour: Colour, level: Level = Level.LOW) -> Colour:
    return colour
