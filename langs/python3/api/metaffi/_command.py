"""Runs the installation's ``metaffi`` command as a script of this package."""

from __future__ import annotations

import os
import subprocess
import sys

from .metaffi_runtime import command

__all__ = ["main"]


def main() -> int:
    """Run the command with this program's arguments; on Unix it replaces this process."""
    words = [command(), *sys.argv[1:]]
    # So that programs it starts find this Python.
    os.environ.setdefault("METAFFI_PYTHON", sys.executable)
    if sys.platform == "win32":
        return subprocess.call(words)
    os.execv(words[0], words)
