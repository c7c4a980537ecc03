"""Decides which signals interrupt a guest call that the main thread is waiting in.

Python runs signal handlers on the main thread, between two instructions of Python
code, so not while that thread waits in a guest. If the handler will raise, the call's
result is lost anyway, so the call is interrupted if its guest allows that. A handler
that only records the signal must not interrupt the call. A handler cannot be run to
find out which it is, so its code is inspected when it is installed.
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
    """Inspect the installed handlers, and from now on each one that is installed.

    To be called on the main thread; a second call does nothing. The functions of
    ``signal`` call those that are replaced here, so names that were imported from it
    earlier behave the same.
    """
    if _watching:  # already in the parent that forked this process
        return
    _watching.append(True)
    _signal.signal = install = _wrapping(_signal.signal)
    _signal.getsignal = _unwrapping(_signal.getsignal)
    _thread.interrupt_main = _interrupting(_thread.interrupt_main)
    for number in signal.valid_signals():
        handler = signal.getsignal(number)
        if _raises(handler):
            install(number, handler)


def _wrapping(install: _Install) -> _Install:
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


def _interrupting(interrupt: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(interrupt)
    def call(number: int = signal.SIGINT, /) -> None:
        interrupt(number)
        if _raises(signal.getsignal(number)):
            _native.interrupt_call()

    return call


def _original(handler: Any) -> Any:
    return handler.handler if isinstance(handler, _native.RaisingHandler) else handler


def _raises(handler: Any) -> bool:
    """Return whether a handler raises, by a ``raise`` of its own or by exiting."""
    if not callable(handler):
        return False
    if handler is signal.default_int_handler:
        return True
    while isinstance(handler, functools.partial):
        handler = handler.func
    code = getattr(handler, "__code__", None)  # of a method, its function's
    if code is None:
        code = getattr(type(handler).__call__, "__code__", None)
    return isinstance(code, CodeType) and _has_raise(code)


def _has_raise(code: CodeType) -> bool:
    return _RAISE in code.co_code[::2] or "exit" in code.co_names
