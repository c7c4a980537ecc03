"""How Python ends when another language ends the process.

As the interpreter would by itself: executors first, then threads, then the exit
handlers; what files still hold is written. But the interpreter is not finalised,
for threads of every language may be inside of it, and nothing may keep the process
for good: each step has a limit in time.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from . import _native

__all__ = ["end", "flush", "write_files"]

_HANDLERS = 3.0
"""Seconds for the exit handlers, and for the files."""


def _patience() -> float:
    """Seconds for what executors and threads still work at."""
    try:
        return max(0.0, float(os.environ.get("METAFFI_EXIT_SECONDS", "")))
    except ValueError:
        return 5.0


def end(waits: bool) -> None:
    """Run what the interpreter runs at its end; ``waits`` for threads if it says so."""
    patience = _patience()
    deadline = time.monotonic() + patience
    children = threading.Timer(patience, _end_children)
    children.daemon = True
    with contextlib.suppress(RuntimeError):  # no more threads
        children.start()
    # When the children end, so do the executors that wait for them.
    _within(patience + 0.5, _leave_executors)
    if waits:
        _join_threads(deadline)
    _run_handlers()
    children.cancel()
    _within(_HANDLERS, write_files)


def _within(seconds: float, step: Callable[[], object]) -> None:
    """Run a step on a thread of its own, and go on after that time."""
    thread = threading.Thread(target=step, name="metaffi-exit", daemon=True)
    try:
        thread.start()
    except RuntimeError:  # no more threads
        step()
    else:
        thread.join(seconds)


def _leave_executors() -> None:
    """Run what ``concurrent.futures`` and others registered with ``threading``."""
    handlers: list[Callable[[], object]] = getattr(threading, "_threading_atexits", [])
    while handlers:
        try:
            handlers.pop()()
        except BaseException:
            sys.excepthook(*sys.exc_info())


def _join_threads(deadline: float) -> None:
    spared = {threading.current_thread(), threading.main_thread()}
    while threads := [t for t in threading.enumerate() if not t.daemon and t not in spared]:
        for thread in threads:
            left = deadline - time.monotonic()
            if left <= 0:
                return
            thread.join(left)


def _end_children() -> None:
    """End the processes of ``multiprocessing`` that the exit would wait for."""
    multiprocessing = sys.modules.get("multiprocessing")
    if multiprocessing is None:
        return
    children = multiprocessing.active_children()
    for signal in ("terminate", "kill"):
        for child in children:
            with contextlib.suppress(Exception):  # it ended by itself
                getattr(child, signal)()
        time.sleep(0.2)


def _run_handlers() -> None:
    """Run the exit handlers: on the main thread, as the interpreter, if that is this one."""

    def run() -> None:
        _native.take_over_exit()
        atexit._run_exitfuncs()

    if threading.current_thread() is threading.main_thread():
        run()
    else:
        _within(_HANDLERS, run)


def write_files() -> None:
    """Write what open files still hold, and end archives as their finalizers would."""
    flush()
    opened = [item for item in gc.get_objects() if issubclass(type(item), _FILE)]
    # Text is above archives and what compresses, and those are above buffers.
    _flush(item for item in opened if isinstance(item, io.TextIOWrapper))
    for item in [*_archives(), *(item for item in opened if _ends_when_closed(item))]:
        with contextlib.suppress(Exception):
            item.close()
    _flush(item for item in opened if isinstance(item, _BUFFERS))


_FILE: type = io.IOBase.__base__ or io.IOBase
"""Without the hooks of abstract classes, which run code of the user's."""
_BUFFERS = (io.BufferedWriter, io.BufferedRandom)
_HOLD_NOTHING = (io.BytesIO, io.StringIO, io.BufferedReader, io.RawIOBase)


def _ends_when_closed(item: io.IOBase) -> bool:
    """Whether it is a file of a kind of its own, such as one that compresses."""
    return not isinstance(item, (io.TextIOWrapper, *_BUFFERS, *_HOLD_NOTHING)) and _is_written(item)


def _is_written(item: io.IOBase) -> bool:
    with contextlib.suppress(Exception):  # it is closed
        return item.writable()
    return False


def _archives() -> list[Any]:
    """Open zip archives, and shelves: no files, but they have finalizers."""
    kinds = [("zipfile", "ZipFile"), ("shelve", "Shelf")]
    modules = [(sys.modules.get(module), name) for module, name in kinds]
    known = tuple(getattr(module, name) for module, name in modules if module is not None)
    return [item for item in gc.get_objects() if issubclass(type(item), known)] if known else []


def _flush(streams: Iterable[Any]) -> None:
    for stream in streams:
        with contextlib.suppress(Exception):  # closed, or nobody reads it
            stream.flush()


def flush() -> None:
    """Print what is still held back."""
    _flush((sys.stdout, sys.stderr))
