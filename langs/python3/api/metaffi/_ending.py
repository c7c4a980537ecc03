"""Shuts Python down when another language ends the process.

It does what the interpreter does at its exit: shuts executors down, joins threads,
runs the exit handlers, and flushes files. But it does not finalize the interpreter,
since threads of any language may be running in it, and each step has a time limit,
so that nothing can keep the process alive.
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
"""Seconds allowed for the exit handlers, and for writing files."""


def _patience() -> float:
    """Return the seconds that executors and threads get to finish their work."""
    try:
        return max(0.0, float(os.environ.get("METAFFI_EXIT_SECONDS", "")))
    except ValueError:
        return 5.0


def end(waits: bool) -> None:
    """Run what the interpreter runs at its exit; join its threads if ``waits``."""
    patience = _patience()
    deadline = time.monotonic() + patience
    children = threading.Timer(patience, _end_children)
    children.daemon = True
    with contextlib.suppress(RuntimeError):  # no more threads
        children.start()
    # Ending the child processes also ends the executors that wait for them.
    _within(patience + 0.5, _shut_down_executors)
    if waits:
        _join_threads(deadline)
    _run_handlers()
    children.cancel()
    _within(_HANDLERS, write_files)


def _within(seconds: float, step: Callable[[], object]) -> None:
    """Run a step on a thread of its own, and continue after at most that time."""
    thread = threading.Thread(target=step, name="metaffi-exit", daemon=True)
    try:
        thread.start()
    except RuntimeError:  # no more threads
        step()
    else:
        thread.join(seconds)


def _shut_down_executors() -> None:
    """Run the handlers that ``concurrent.futures`` and others registered with ``threading``."""
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
    """End the processes of ``multiprocessing`` that would keep the exit waiting."""
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
    """Run the exit handlers: directly if this is the main thread, as the interpreter does."""

    def run() -> None:
        _native.take_over_exit()
        atexit._run_exitfuncs()

    if threading.current_thread() is threading.main_thread():
        run()
    else:
        _within(_HANDLERS, run)


def write_files() -> None:
    """Flush open files, and close archives as their finalizers would."""
    flush()
    opened = [item for item in gc.get_objects() if issubclass(type(item), _FILE)]
    # Text wraps archives and compressed files, and those wrap buffers.
    _flush(item for item in opened if isinstance(item, io.TextIOWrapper))
    for item in [*_archives(), *(item for item in opened if _needs_close(item))]:
        with contextlib.suppress(Exception):
            item.close()
    _flush(item for item in opened if isinstance(item, _BUFFERS))


_FILE: type = io.IOBase.__base__ or io.IOBase
"""The base of all files; without the hooks of abstract classes, which run the user's code."""
_BUFFERS = (io.BufferedWriter, io.BufferedRandom)
_UNBUFFERED = (io.BytesIO, io.StringIO, io.BufferedReader, io.RawIOBase)


def _needs_close(item: io.IOBase) -> bool:
    """Return whether flushing is not enough for a file, such as one that compresses."""
    return not isinstance(item, (io.TextIOWrapper, *_BUFFERS, *_UNBUFFERED)) and _is_written(item)


def _is_written(item: io.IOBase) -> bool:
    with contextlib.suppress(Exception):  # it is closed
        return item.writable()
    return False


def _archives() -> list[Any]:
    """Return open zip archives and shelves, which are not files but have finalizers."""
    kinds = [("zipfile", "ZipFile"), ("shelve", "Shelf")]
    modules = [(sys.modules.get(module), name) for module, name in kinds]
    known = tuple(getattr(module, name) for module, name in modules if module is not None)
    return [item for item in gc.get_objects() if issubclass(type(item), known)] if known else []


def _flush(streams: Iterable[Any]) -> None:
    for stream in streams:
        with contextlib.suppress(Exception):  # closed, or a pipe that nobody reads
            stream.flush()


def flush() -> None:
    """Flush standard output and standard error."""
    _flush((sys.stdout, sys.stderr))
