"""Reads the interface of Python modules into MetaFFI's IDL.

A program of its own: it reads a question as JSON from standard input and writes the
answer as JSON to standard output; ``compiler/src/answer.rs`` is the Rust side. Needs
only the standard library of the interpreter that runs it.

From a name to the IDL: `reading` finds and imports modules, `surface` finds their
public names, `modules`, `classes` and `callables` describe them. Types come from
`scopes` and `library` (files), `annotations` (the annotations in files), `live_types`
(live objects), and become `trees`.
"""

from __future__ import annotations

import gc
import json
import os
import sys

from .reading import answer

__all__ = ["main"]


def main() -> None:
    """Answer the question on standard input, and end the process."""
    del sys.path[0]  # this program's own folder, which must not hide modules
    question = json.load(sys.stdin.buffer)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # output of imported modules must not mix with the answer
    gc.disable()  # everything is needed until the end
    sys.argv = [""]
    said = answer(question)
    json.dump(said, out, ensure_ascii=True, separators=(",", ":"))
    out.flush()
    sys.stderr.flush()
    os._exit(0)  # without waiting for threads that modules started
