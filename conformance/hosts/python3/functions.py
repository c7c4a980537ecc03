"""The host's own functions and objects, which guests get."""

import threading

from metaffi import make_metaffi_callable


class Failure(Exception):
    """What ``fail`` raises."""


class Thing:
    """A host's own object."""


counts = {"count": 0}
failures = []
caller = threading.local()


@make_metaffi_callable
def add(a: int, b: int) -> int:
    return a + b


@make_metaffi_callable
def concat(a: str, b: str) -> str:
    return a + b


@make_metaffi_callable
def identity(value):
    return value


@make_metaffi_callable
def describe(value) -> str:
    return str(value)


@make_metaffi_callable
def fail(message: str) -> str:
    failure = Failure(message)
    failures.append(failure)
    raise failure


@make_metaffi_callable
def count() -> int:
    counts["count"] += 1
    return counts["count"]


@make_metaffi_callable
def on_caller_thread() -> bool:
    """Say whether the thread is inside of a call of ours."""
    return getattr(caller, "inside", False)


def enter_call():
    """Remember that this thread calls."""
    caller.inside = True


def last_failure():
    """Give what ``fail`` raised last."""
    return failures[-1]


def forget():
    """Let go of what was raised."""
    failures.clear()


FUNCTIONS = {
    f.__name__: f for f in (add, concat, identity, describe, fail, count, on_caller_thread)
}
