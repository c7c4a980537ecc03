"""Runs the coroutines of entities that are loaded with ``awaited``.

All of them run on one event loop in a thread of its own. So what they create
(sessions, locks, queues) still works in the next call, whichever thread of
whichever language makes it.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import threading
from collections.abc import Callable
from typing import Any

__all__ = ["awaited"]

_starting = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


def awaited(function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap ``function`` so that an awaitable result is awaited."""

    @functools.wraps(function, updated=())
    def call(*args: Any, **named: Any) -> Any:
        return _value(function(*args, **named))

    return call


def _value(result: Any) -> Any:
    if not inspect.isawaitable(result):
        return result
    loop = _running_loop()
    if threading.current_thread().name == _THREAD:
        if inspect.iscoroutine(result):
            result.close()
        raise RuntimeError(
            "an awaited entity was called by the coroutine of another one, whose event loop "
            "would wait for itself; load it without `awaited` there, and await its result"
        )
    future = asyncio.run_coroutine_threadsafe(_await(result), loop)
    try:
        return future.result()
    except BaseException:
        future.cancel()  # KeyboardInterrupt: nobody is waiting for it any more
        raise


async def _await(result: Any) -> Any:
    return await result


_THREAD = "metaffi-awaiting"


def _running_loop() -> asyncio.AbstractEventLoop:
    global _loop
    with _starting:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_run, args=(_loop,), name=_THREAD, daemon=True).start()
        return _loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    while True:
        try:
            loop.run_forever()
        except (KeyboardInterrupt, SystemExit):
            continue  # raised by a coroutine; its caller gets it too
