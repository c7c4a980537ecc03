"""Kinds of parameters and results, besides Python's own types and stub classes."""

from __future__ import annotations

from typing import Any


class Char:
    """A ``str`` of one character: one unit of UTF-16."""


class Dynamic:
    """An object of any class; other values are not converted."""


class Items:
    """Anything that can be iterated over, except text."""


class Entries:
    """A mapping."""


class Function:
    """A function; ``takes`` are the kinds of its arguments.

    Without ``takes`` its arguments need no conversion; ``None`` means they are unknown.
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
