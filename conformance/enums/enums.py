"""An enumeration."""

from enum import Enum


class Color(Enum):
    RED = 0
    BLUE = 1


def parse(name: str) -> Color:
    return Color[name]


def mixed(a: Color, b: Color) -> str:
    return f"{a.name} and {b.name}"
