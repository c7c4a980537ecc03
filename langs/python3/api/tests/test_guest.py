"""Python modules loaded by a Python host: the guest runs in the same interpreter."""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from metaffi import (
    MetaFFIError,
    MetaFFIHandle,
    MetaFFIModule,
    MetaFFIRuntime,
    MetaFFITypes,
    metaffi_type_info,
)

ANY = MetaFFITypes.metaffi_any_type
CALLABLE = MetaFFITypes.metaffi_callable_type
HANDLE = MetaFFITypes.metaffi_handle_type
INT = MetaFFITypes.metaffi_int64_type
STRING = MetaFFITypes.metaffi_string8_type

SOURCE = '''
import threading

class Thing:
    def __init__(self, value):
        self.value = value

    def twice(self):
        return self.value * 2

def add(left, right=1):
    """Add two numbers."""
    return left + right

def echo(value):
    return value

def call(function, value):
    return function(value)

def call_on_thread(function, value):
    results = []
    thread = threading.Thread(target=lambda: results.append(function(value)))
    thread.start()
    thread.join()
    return results[0]

def fail(text):
    raise LookupError(text)
'''


@pytest.fixture(scope="session")
def guest(tmp_path_factory: pytest.TempPathFactory) -> MetaFFIModule:
    file = tmp_path_factory.mktemp("guest") / "a_guest_in_place.py"
    file.write_text(SOURCE)
    return MetaFFIRuntime("python3").load_module(str(file))


def test_functions_are_called_with_values(guest: MetaFFIModule) -> None:
    add = guest.load_entity("callable=add", [INT, INT], [INT])
    assert add(40, 2) == 42 and add.__doc__ == "Add two numbers."
    assert guest.load_entity("callable=add", [INT], [INT])(1) == 2
    echo = guest.load_entity("callable=echo", [ANY], [ANY])
    for value in [None, True, 2**63, -1.5, "ö\0", b"raw", [1, 2], [[1], ["a"]]]:
        assert echo(value) == value
    rows = metaffi_type_info(MetaFFITypes.metaffi_int64_array_type, dims=2)
    assert guest.load_entity("callable=echo", [rows], [rows])([[1], [], [2, 3]]) == [
        [1],
        [],
        [2, 3],
    ]


def test_objects_keep_their_identity(guest: MetaFFIModule) -> None:
    thing = guest.load_entity("callable=Thing", [INT], [HANDLE])(21)
    assert type(thing).__name__ == "Thing" and not isinstance(thing, MetaFFIHandle)
    assert guest.load_entity("callable=echo", [HANDLE], [HANDLE])(thing) is thing
    twice = guest.load_entity("callable=Thing.twice,instance_required", [HANDLE], [INT])
    assert twice(thing) == 42
    module = sys.modules["a_guest_in_place"]
    assert type(thing) is module.Thing


@pytest.mark.parametrize("path", ["callable=call", "callable=call_on_thread"])
def test_functions_pass_in_both_directions(guest: MetaFFIModule, path: str) -> None:
    call = guest.load_entity(path, [CALLABLE, ANY], [ANY])
    assert call(lambda value: value + 1, 41) == 42
    seen: list[Any] = []

    def nested(depth: int) -> Any:
        seen.append(threading.get_ident())
        return call(nested, depth - 1) + 1 if depth else 0

    assert call(nested, 5) == 5 and len(seen) == 6


def test_an_exception_is_the_guests_own(guest: MetaFFIModule) -> None:
    fail = guest.load_entity("callable=fail", [STRING], None)
    with pytest.raises(LookupError, match="lost") as caught:
        fail("lost")
    assert caught.traceback[-1].name == "fail"


def test_a_module_that_is_missing_or_cannot_be_imported(tmp_path: Path) -> None:
    runtime = MetaFFIRuntime("python3")
    with pytest.raises(MetaFFIError, match="does not exist") as missing:
        runtime.load_module(str(tmp_path / "missing.py"))
    assert missing.value.kind == "not_found"
    file = tmp_path / "a_guest_that_raises.py"
    file.write_text("raise OSError('no disk')\n")
    with pytest.raises(MetaFFIError, match="cannot be imported: OSError: no disk") as failed:
        runtime.load_module(str(file))
    assert failed.value.kind == "load" and "a_guest_that_raises.py" in failed.value.stack_trace
    assert isinstance(failed.value.__cause__, OSError)
    file.write_text("value = 7\n")
    fixed = runtime.load_module(str(file)).load_entity("attribute=value", None, [INT])
    assert fixed() == 7


def test_modules_by_name_and_suggestions() -> None:
    module = MetaFFIRuntime("python3").load_module("json;os.path")
    assert module.load_entity("callable=dumps", [ANY], [STRING])([1, 2]) == "[1, 2]"
    join = module.load_entity("callable=join,varargs", [STRING, ANY], [STRING])
    assert join("a", ["b", "c"]) == str(Path("a", "b", "c"))
    with pytest.raises(MetaFFIError, match=r"no `dumpz`; did you mean `dump") as missing:
        module.load_entity("callable=dumpz", None, None)
    assert missing.value.kind == "not_found"


def test_many_threads_at_once(guest: MetaFFIModule) -> None:
    add = guest.load_entity("callable=add", [INT, INT], [INT])
    failures = []

    def work(number: int) -> None:
        failures.extend(step for step in range(500) if add(number, step) != number + step)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_after_the_release(tmp_path: Path) -> None:
    runtime = MetaFFIRuntime("python3")
    dumps = runtime.load_module("json").load_entity("callable=dumps", [ANY], [STRING])
    runtime.release_runtime_plugin()
    with pytest.raises(MetaFFIError) as released:
        dumps([])
    assert released.value.kind == "released"


ASYNC_SOURCE = """
import asyncio

async def later(value):
    await asyncio.sleep(0)
    return value + 1

async def fail(text):
    raise LookupError(text)

def describe(**named):
    return sorted(named.items())
"""


@pytest.fixture(scope="session")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> MetaFFIModule:
    file = tmp_path_factory.mktemp("guest") / "a_guest_that_waits.py"
    file.write_text(ASYNC_SOURCE)
    return MetaFFIRuntime("python3").load_module(str(file))


def test_coroutines_are_awaited(waiting: MetaFFIModule) -> None:
    later = waiting.load_entity("callable=later,awaited", [INT], [INT])
    assert [later(value) for value in range(3)] == [1, 2, 3]
    fail = waiting.load_entity("callable=fail,awaited", [STRING], None)
    with pytest.raises(LookupError, match="lost"):
        fail("lost")

    async def inside_a_loop() -> int:
        result: int = later(41)
        return result

    assert asyncio.run(inside_a_loop()) == 42
    coroutine = waiting.load_entity("callable=later", [INT], [HANDLE])(1)
    assert asyncio.run(coroutine) == 2


def test_named_arguments_are_a_dict(waiting: MetaFFIModule) -> None:
    describe = waiting.load_entity("callable=describe,named_args", [HANDLE], [ANY])
    assert describe({"b": 1, "a": "x"}) == [["a", "x"], ["b", 1]]
    assert describe(None) == []
    with pytest.raises(MetaFFIError, match="named_args: expected a Python dict"):
        describe(object())
