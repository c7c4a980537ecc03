"""Formats exceptions with notes or members, which a stack trace alone does not show."""

from __future__ import annotations

from traceback import TracebackException

__all__ = ["text"]


def text(exception: BaseException) -> str:
    """Format an exception with its notes and, of a group, its members.

    Its causes are left out: they are passed on as errors of their own.
    """
    shown = TracebackException.from_exception(exception)
    shown.__cause__ = shown.__context__ = None
    return "".join(shown.format())
