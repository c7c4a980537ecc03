"""Reads the interface of Python modules into MetaFFI's IDL.

A program of its own: it takes a question as JSON on standard input and answers
as JSON on standard output, as the Rust side has it (``compiler/src/answer.rs``).
Needs nothing but the standard library of the interpreter that runs it.

From a name to the IDL: `reading` finds and imports modules, `surface` tells
their public names, `modules`, `classes` and `callables` describe them. Types
come from `scopes` and `library` (files), `annotations` (what they say),
`live_types` (what objects say), and become `trees`.
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
    del sys.path[0]  # this program's own folder: it must hide nothing
    question = json.load(sys.stdin.buffer)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what modules print when they are imported is no answer
    gc.disable()  # all of it is kept to the end
    sys.argv = [""]
    said = answer(question)
    json.dump(said, out, ensure_ascii=True, separators=(",", ":"))
    out.flush()
    sys.stderr.flush()
    os._exit(0)  # threads of modules wait for nobody
