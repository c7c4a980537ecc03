"""Prepares an interpreter that is embedded in another language's program."""

from __future__ import annotations

import contextlib
import signal
import sys
from io import TextIOWrapper

from . import _faults

__all__ = ["begin"]


def begin() -> None:
    """Leave Ctrl-C and faults to the program, and make output line-buffered.

    Our output and the program's then appear in the right order, and none is lost
    when the program ends without notice.
    """
    with contextlib.suppress(ValueError):  # not the main thread: too late
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a program without a console has none
            stream.reconfigure(line_buffering=True)
    _faults.stay_off()
