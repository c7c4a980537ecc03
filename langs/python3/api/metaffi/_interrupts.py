"""Which signals interrupt a call that the main thread waits in.

Python runs the handlers of signals on the main thread, between two instructions of
Python code: not while that thread waits in a guest. A call that can be broken off is,
when what the handler will raise makes its result pointless anyway. A handler that
only takes note of the signal must not break the call, and a handler cannot be run to
find out; so its code is looked at, when it is installed.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]
import _thread
import functools
import signal
from collections.abc import Callable
from opcode import opmap
from types import CodeType
from typing import Any

from . import _native

__all__ = ["watch"]

_Install = Callable[[int, Any], Any]

_watching: list[bool] = []

_RAISE = opmap["RAISE_VARARGS"]


def watch() -> None:
    """See the handlers that there are, and from now on those that are installed.

    To be called on the main thread; a second time it does nothing. The functions of
    ``signal`` call those that are replaced here, so what was imported from it before
    sees the same handlers.
    """
    if _watching:  # since before this process was forked
        return
    _watching.append(True)
    _signal.signal = install = _seeing(_signal.signal)
    _signal.getsignal = _unwrapping(_signal.getsignal)
    _thread.interrupt_main = _telling(_thread.interrupt_main)
    for number in signal.valid_signals():
        handler = signal.getsignal(number)
        if _raises(handler):
            install(number, handler)


def _seeing(install: _Install) -> _Install:
    @functools.wraps(install)
    def call(number: int, handler: Any, /) -> Any:
        if not _raises(handler):
            return _original(install(number, handler))
        before = install(number, _native.RaisingHandler(handler))
        _native.chain_signal(number)
        return _original(before)

    return call


def _unwrapping(get: Callable[[int], Any]) -> Callable[[int], Any]:
    @functools.wraps(get)
    def call(number: int, /) -> Any:
        return _original(get(number))

    return call


def _telling(interrupt: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(interrupt)
    def call(number: int = signal.SIGINT, /) -> None:
        interrupt(number)
        if _raises(signal.getsignal(number)):
            _native.interrupt_call()

    return call


def _original(handler: Any) -> Any:
    return handler.handler if isinstance(handler, _native.RaisingHandler) else handler


def _raises(handler: Any) -> bool:
    """Tell whether a handler raises, by a statement of its own or by exiting."""
    if not callable(handler):
        return False
    if handler is signal.default_int_handler:
        return True
    while isinstance(handler, functools.partial):
        handler = handler.func
    code = getattr(handler, "__code__", None)  # methods have their function's
    if code is None:
        code = getattr(type(handler).__call__, "__code__", None)
    return isinstance(code, CodeType) and _has_raise(code)


def _has_raise(code: CodeType) -> bool:
    return _RAISE in code.co_code[::2] or "exit" in code.co_names
