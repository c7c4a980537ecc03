"""What parameters take and results are, beside Python's own types and stub classes."""

from __future__ import annotations

from typing import Any


class Char:
    """A ``str`` of one character: one unit of UTF-16."""


class Dynamic:
    """An object of whichever class it is; what is no object stays as it is."""


class Items:
    """What can be iterated over, but for text."""


class Entries:
    """A mapping."""


class Function:
    """A function; ``takes`` are the kinds of the arguments that it gets.

    Without ``takes`` they need nothing done, with ``None`` they are not known.
    """

    __slots__ = ("takes",)

    def __init__(self, takes: tuple[Any, ...] | None = ()) -> None:
        self.takes = takes

    def __repr__(self) -> str:
        return f"Function({self.takes!r})"

    @property
    def is_plain(self) -> bool:
        """Whether the function can be passed as it is."""
        return self.takes == ()
