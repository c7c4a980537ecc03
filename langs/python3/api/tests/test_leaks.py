"""Calls leak no memory, whatever their arguments and results, and however they end."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Echo

from metaffi import MetaFFIError, MetaFFIModule, MetaFFITypes

INT = MetaFFITypes.metaffi_int64_type
ANY = MetaFFITypes.metaffi_any_type
CALLABLE = MetaFFITypes.metaffi_callable_type


def raises(call: Callable[[], Any]) -> Callable[[], None]:
    def caught() -> None:
        try:
            call()
        except (MetaFFIError, ZeroDivisionError):
            return
        raise AssertionError("it did not raise")

    return caught


def works(echo: Echo, module: MetaFFIModule) -> dict[str, Callable[[], Any]]:
    """Return one call of each kind."""
    text = "text" * 300
    numbers = np.arange(500, dtype=np.float64)
    mixed: list[Any] = [
        1,
        2.5,
        "text",
        None,
        b"bytes",
        [1, 2],
        {"a": 1},
        numbers,
        [["a"], [2**64 - 1]],
    ]
    make_counter = module.load_entity(
        "callable=Counter.new", [INT], [MetaFFITypes.metaffi_handle_type]
    )
    make_adder = module.load_entity("callable=make_adder", [INT], [CALLABLE])
    count = module.load_entity(
        "callable=range", [INT], [MetaFFITypes.metaffi_int64_packed_array_type]
    )
    call = module.load_entity("callable=call", [CALLABLE, ANY], [ANY])
    on_thread = module.load_entity("callable=call_on_thread", [CALLABLE, ANY], [ANY])
    fail = module.load_entity("callable=fail", [MetaFFITypes.metaffi_string8_type], None)
    entities = {
        name: echo(name)
        for name in ("int64", "uint64", "string8", "string16", "string32", "any", "handle", "int8")
    }
    rows, packed = echo("float64_array", 2), echo("float64_packed_array", 1)
    texts, handles = echo("string8_array", 1), echo("handle_array", 1)
    return {
        "int64": lambda: entities["int64"](2**62),
        "uint64": lambda: entities["uint64"](2**64 - 1),
        "string8": lambda: entities["string8"](text),
        "string16": lambda: entities["string16"](text),
        "string32": lambda: entities["string32"](text),
        "any": lambda: entities["any"](mixed),
        "handle": lambda: entities["handle"](object()),
        "handles": lambda: handles([object(), None]),
        "texts": lambda: texts([text, "a"]),
        "rows": lambda: rows(numbers.reshape(50, 10)),
        "packed": lambda: packed(numbers),
        "strided": lambda: packed(numbers[::2]),
        "range": lambda: np.asarray(count(500)).sum(),
        "counter": lambda: make_counter(1),
        "adder": lambda: make_adder(1)(2),
        "callback": lambda: call(lambda value: [value], mixed),
        "callback on a thread": lambda: on_thread(lambda value: (value, object()), "a"),
        "an exception": raises(lambda: call(lambda value: 1 / 0, 1)),
        "an error": raises(lambda: fail("boo")),
        "a refused argument": raises(lambda: entities["int8"](1000)),
        "a refused element": raises(lambda: handles(5)),
        "a wrong count": raises(lambda: entities["int8"]()),
        "loading": lambda: module.load_entity("callable=add", [INT, INT], [INT]),
        "failing to load": raises(lambda: module.load_entity("callable=nothing", [INT], None)),
    }


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def test_python_memory_stays_level(echo: Echo, module: MetaFFIModule) -> None:
    for name, work in works(echo, module).items():
        grown = 0
        for _ in range(3):  # caches may fill at first
            for _ in range(20):
                work()
            gc.collect()
            tracemalloc.start()
            before = tracemalloc.get_traced_memory()[0]
            for _ in range(2000 if "thread" not in name else 500):
                work()
            gc.collect()
            grown = tracemalloc.get_traced_memory()[0] - before
            tracemalloc.stop()
            if grown < 8000:
                break
        assert grown < 8000, f"{name}: {grown} bytes"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_native_memory_stays_level(echo: Echo, module: MetaFFIModule) -> None:
    for name, work in works(echo, module).items():
        rounds = 300 if "thread" in name or "load" in name else 3000
        for _ in range(rounds):
            work()
        gc.collect()
        before = resident()
        for _ in range(rounds):
            work()
        gc.collect()
        grown = resident() - before
        assert grown < rounds * 64 + 512 * 1024, f"{name}: {grown} bytes after {rounds} calls"


def test_reference_counts_stay_level(echo: Echo) -> None:
    values = [10**9, "text", b"raw", 1.5, [1, "a"], (1, 2), {"a": 1}, object(), np.arange(3)]
    anything, handle = echo("any"), echo("handle")
    for value in values:
        before = sys.getrefcount(value)
        for _ in range(100):
            anything(value)
            handle(value)
        assert sys.getrefcount(value) == before, value
    constants = [None, True, False]
    if sys.version_info < (3, 12):  # later versions have immortal objects
        for constant in constants:
            before = sys.getrefcount(constant)
            for _ in range(1000):
                anything(constant)
            assert abs(sys.getrefcount(constant) - before) < 50, constant
