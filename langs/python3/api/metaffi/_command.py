"""The ``metaffi`` command of the installation, as a script of this package."""

from __future__ import annotations

import os
import subprocess
import sys

from .metaffi_runtime import command

__all__ = ["main"]


def main() -> int:
    """Run the command with this program's arguments; on Unix it takes this process over."""
    words = [command(), *sys.argv[1:]]
    # What it starts, and asks which Python is in use, finds this one.
    os.environ.setdefault("METAFFI_PYTHON", sys.executable)
    if sys.platform == "win32":
        return subprocess.call(words)
    os.execv(words[0], words)
