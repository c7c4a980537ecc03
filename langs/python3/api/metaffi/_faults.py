"""Leaves the signals of faults to the runtimes that need them.

The JVM checks for null and stops its threads by SIGSEGV, Go makes panics of it.
``faulthandler`` would take it away when it is enabled after they have started, and
give it to nobody when it is disabled; what they do not want comes to it all the same
when it was enabled before.
"""

from __future__ import annotations

import faulthandler
import functools
import sys
from collections.abc import Callable

from . import _native

TYPE_CHECKING = False  # not typing's, which is heavy; type checkers know it by its name
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
    """Make ``faulthandler`` keep the handlers of other runtimes from now on."""
    for name in ("enable", "disable"):
        setattr(faulthandler, name, _keeping(getattr(faulthandler, name)))


def stay_off() -> None:
    """On Windows, turn ``faulthandler`` off for good: another runtime has started.

    Windows has it called first, and it would report as fatal what the JVM and Go turn
    into exceptions, from whatever thread, without the GIL. Its other functions go on.
    """
    if sys.platform == "win32" and faulthandler.enable is not _nothing:
        faulthandler.disable()
        faulthandler.enable = _nothing


def _nothing(*_: object, **__: object) -> None:
    pass
