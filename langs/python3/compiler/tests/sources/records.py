"""Data classes, tuples with names, typed dicts, enums."""

from __future__ import annotations

from dataclasses import KW_ONLY, InitVar, dataclass, field
from enum import Enum
from typing import NamedTuple, NewType, TypedDict

UserId = NewType("UserId", int)


@dataclass
class Point:
    """A point."""

    x: int
    y: int = 0
    tags: list[str] = field(default_factory=list)
    scale: InitVar[int] = 1
    _: KW_ONLY
    label: str = ""


@dataclass(frozen=True)
class Fixed:
    """Stays as it is."""

    name: str
    size: float | None = None


class Row(NamedTuple):
    """A row."""

    id: int
    label: str = "none"


class Options(TypedDict, total=False):
    """A dict with known keys."""

    debug: bool


class Color(Enum):
    """Colours."""

    RED = 1
    GREEN = 2
    ROUGE = 1

    def brighter(self) -> Color:
        """Tell a brighter one."""
        return Color.GREEN


def owner(of: Point, options: Options, color: Color = Color.RED) -> UserId:
    """Tell whose it is."""
    return UserId(of.x + options.get("debug", False) + color.value)
