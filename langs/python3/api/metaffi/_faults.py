"""Leaves the signals of hardware faults to the runtimes that need them.

The JVM uses SIGSEGV for null checks and for stopping its threads; Go turns it into
panics. ``faulthandler`` would replace their handlers when it is enabled after they
have started, and remove them when it is disabled. If it was enabled before they
started, they pass on to it the signals that they do not handle.
"""

from __future__ import annotations

import faulthandler
import functools
import sys
from collections.abc import Callable

from . import _native

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import ParamSpec, TypeVar

    _P = ParamSpec("_P")
    _T = TypeVar("_T")

__all__ = ["stay_off", "watch"]


def _keeping(function: Callable[_P, _T]) -> Callable[_P, _T]:
    @functools.wraps(function)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        before = _native.FaultHandlers()
        try:
            return function(*args, **kwargs)
        finally:
            before.keep()

    return call


def watch() -> None:
    """From now on, restore the other runtimes' handlers after ``faulthandler`` replaced them."""
    for name in ("enable", "disable"):
        setattr(faulthandler, name, _keeping(getattr(faulthandler, name)))


def stay_off() -> None:
    """On Windows, turn ``faulthandler`` off for good, since another runtime has started.

    Windows calls it first, and it would report as fatal what the JVM and Go turn into
    exceptions, on any thread and without the GIL. Its other functions still work.
    """
    if sys.platform == "win32" and faulthandler.enable is not _nothing:
        faulthandler.disable()
        faulthandler.enable = _nothing


def _nothing(*_: object, **__: object) -> None:
    pass
