"""Many threads at once, and releasing the GIL."""

from __future__ import annotations

import sys
import threading
import time
from typing import Any

import pytest
from conftest import Echo

from metaffi import MetaFFIModule, MetaFFITypes

INT = MetaFFITypes.metaffi_int64_type
ANY = MetaFFITypes.metaffi_any_type
CALLABLE = MetaFFITypes.metaffi_callable_type


def run(count: int, work: Any) -> None:
    failures: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


def test_many_threads_call_one_entity(echo: Echo) -> None:
    number, text, anything = echo("int64"), echo("string8"), echo("any")

    def work(own: int) -> None:
        for step in range(2000):
            assert number(own * step) == own * step
            assert text(f"{own}-{step}") == f"{own}-{step}"
            if step % 20 == 0:
                item = object()
                assert anything([own, item])[1] is item

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        run(8, work)
    finally:
        sys.setswitchinterval(interval)


def test_the_gil_is_free_while_a_guest_runs(module: MetaFFIModule) -> None:
    call = module.load_entity("callable=call_on_thread", [CALLABLE, ANY], [ANY])
    entered, go_on = threading.Event(), threading.Event()

    def wait(_: Any) -> bool:
        entered.set()
        return go_on.wait(20)

    results = []
    waiting = threading.Thread(target=lambda: results.append(call(wait, None)))
    waiting.start()
    assert entered.wait(20)
    go_on.set()
    waiting.join(20)
    assert results == [True]


def test_objects_are_released_from_all_threads(module: MetaFFIModule) -> None:
    keep = module.load_entity("callable=keep", [ANY], None)

    def work(_: int) -> None:
        for _ in range(500):
            keep([object(), object()])

    run(8, work)


def test_loading_from_many_threads(module: MetaFFIModule) -> None:
    def work(number: int) -> None:
        for _ in range(50):
            add = module.load_entity("callable=add", [INT, INT], [INT])
            assert add(number, 1) == number + 1

    run(6, work)


def test_a_thread_that_ends_leaks_nothing(echo: Echo) -> None:
    entity = echo("handle")
    for _ in range(100):
        thread = threading.Thread(target=entity, args=(object(),))
        thread.start()
        thread.join()
    time.sleep(0)


@pytest.mark.parametrize("size", [256, 512, 1024, 8192])
def test_recursion_in_callbacks_ends_on_every_stack(module: MetaFFIModule, size: int) -> None:
    call = module.load_entity("callable=call", [CALLABLE, ANY], [ANY])

    def through_guest(value: Any) -> Any:
        return call(through_guest, value)

    def through_sorted(value: Any) -> Any:
        return sorted([value], key=through_sorted)

    def work(_: int) -> None:
        for function in (through_guest, through_sorted):
            with pytest.raises(RecursionError):
                call(function, 1)
            assert call(lambda value: value + 1, 1) == 2

    usual = threading.stack_size(size << 10)
    try:
        run(1, work)
    finally:
        threading.stack_size(usual)
