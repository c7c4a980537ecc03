"""Calls functions that fail."""

import gc


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


def call_add(add, a: int, b: int) -> int:
    return add(a, b)


def collect() -> None:
    gc.collect()
