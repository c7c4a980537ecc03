"""Calls functions that fail."""

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def let_fail(fail, message: str) -> str:
    return fail(message)


def let_fail_deep(fail, message: str) -> str:
    return [(lambda: let_fail(fail, message))() for _ in range(1)][0]


def catch(fail, message: str) -> str:
    try:
        return fail(message)
    except Exception as error:
        return "it failed" if message in str(error) else str(error)


def wrap(fail, message: str) -> str:
    try:
        return fail(message)
    except Exception as error:
        raise RuntimeError("wrapped") from error


def wrap_twice(fail, message: str) -> str:
    try:
        return wrap(fail, message)
    except RuntimeError as error:
        raise OSError("again") from error


let_fail_plain = let_fail


def let_fail_on_thread(fail, message: str) -> str:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(fail, message).result()


_kept = None


def keep_error(fail, message: str) -> None:
    global _kept
    _kept = None
    if fail is not None:
        try:
            fail(message)
        except Exception as error:
            _kept = error


def raise_kept() -> None:
    raise _kept


def passing(fail) -> Callable[[str], str]:
    def function(message: str) -> str:
        return fail(message)

    return function


def failing(message: str) -> Callable[[str], str]:
    def function(_: str) -> str:
        raise LookupError(message)

    return function


def call_add(add, a: int, b: int) -> int:
    return add(a, b)


def collect() -> None:
    gc.collect()
