"""Measure what a call costs on Python's side, with loopback as the guest.

METAFFI_HOME names the installation; the loop and Python's own call are part
of each figure, and are shown by the first row.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(os.environ["METAFFI_HOME"]) / "python"))

from metaffi import MetaFFIModule, MetaFFIRuntime, MetaFFITypes, make_metaffi_callable
from metaffi.metaffi_types import metaffi_type_info


def loop(function: Callable[..., Any], arguments: tuple[Any, ...], count: int) -> float:
    """Time one call in a plain loop, in nanoseconds."""
    rounds = range(count)
    if not arguments:
        start = time.perf_counter_ns()
        for _ in rounds:
            function()
    elif len(arguments) == 1:
        (only,) = arguments
        start = time.perf_counter_ns()
        for _ in rounds:
            function(only)
    else:
        left, right = arguments
        start = time.perf_counter_ns()
        for _ in rounds:
            function(left, right)
    return (time.perf_counter_ns() - start) / count


def scenarios(module: MetaFFIModule) -> dict[str, tuple[Callable[..., Any], tuple[Any, ...]]]:
    """Return the rows by name: a callable, and its arguments."""

    def load(path: str, params: list[str], returns: list[str]) -> Callable[..., Any]:
        def infos(names: list[str]) -> list[metaffi_type_info]:
            return [metaffi_type_info(MetaFFITypes[f"metaffi_{name}_type"]) for name in names]

        return module.load_entity(f"callable={path}", infos(params), infos(returns))

    def echo(name: str) -> Callable[..., Any]:
        return load("echo", [name], [name])

    def nothing() -> None:
        pass

    @make_metaffi_callable
    def add_one(value: int) -> int:
        return value + 1

    counter = load("Counter.new", ["int64"], ["handle"])(1)
    numbers = list(range(10_000))
    floats = np.arange(10_000, dtype=np.float64)
    total = load("sum", ["float64_array"], ["float64"])
    return {
        "a Python function": (nothing, ()),
        "void": (load("void", [], []), ()),
        "int64": (load("echo_int64", ["int64"], ["int64"]), (12345,)),
        "int64, int64": (load("add", ["int64", "int64"], ["int64"]), (1, 2)),
        "string of 16": (load("echo_string", ["string8"], ["string8"]), ("0123456789abcdef",)),
        "handle of Python's": (load("keep", ["any"], []), (object(),)),
        "handle of the guest's": (load("Counter.increment", ["handle"], ["int64"]), (counter,)),
        "list of 10,000 ints": (load("keep", ["int64_array"], []), (numbers,)),
        "list of 10,000 floats": (total, (floats.tolist(),)),
        "numpy, 10,000 floats": (total, (floats,)),
        "echo of 10,000 ints": (echo("int64_array"), (numbers,)),
        "callback of int64": (load("call", ["callable", "any"], ["any"]), (add_one, 1)),
    }


def main() -> None:
    """Print a table."""
    module = MetaFFIRuntime("loopback").load_module("loopback")
    print(f"CPython {platform.python_version()}, best of 7, ns a call")
    for name, (function, arguments) in scenarios(module).items():
        once = loop(function, arguments, 50)
        count = max(10, min(500_000, int(2e7 / once)))
        best = min(loop(function, arguments, count) for _ in range(7))
        print(f"{name:24} {best:12.1f}")


if __name__ == "__main__":
    main()
