"""Runs a function in a process of its own, which is needed to start a JVM."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any


def alone(function: Callable[..., Any], *args: Any) -> Any:
    """Return the result of the function."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    child = spawn.Process(target=_answer, args=(theirs, function, args), daemon=True)
    child.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        raise SystemExit(f"{function.__name__}{args} failed") from None
    finally:
        child.join()


def _answer(pipe: Connection, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
    pipe.send(function(*args))
