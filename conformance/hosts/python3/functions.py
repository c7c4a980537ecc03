"""The host's functions and objects, which guests get."""

import threading

from metaffi import make_metaffi_callable


class Failure(Exception):
    """The exception of ``fail``."""


class Thing:
    """An object of the host."""


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
    """Whether the thread is in a call that we made."""
    return getattr(caller, "inside", False)


def enter_call():
    """Remember that this thread makes a call."""
    caller.inside = True


def last_failure():
    """Return the last exception of ``fail``."""
    return failures[-1]


def forget():
    """Forget the last exception."""
    failures.clear()


FUNCTIONS = {
    f.__name__: f for f in (add, concat, identity, describe, fail, count, on_caller_thread)
}
