"""Checks errors, and drops everything at the end."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import loopback_MetaFFIHost as loopback

E = TypeVar("E", bound=Exception)

PATIENCE = 10.0


class Raised(Generic[E]):
    """The exception, once it has been raised."""

    error: E


@contextmanager
def raises(kind: type[E]) -> Iterator[Raised[E]]:
    """Assert that the block raises an exception of a class."""
    raised = Raised[E]()
    try:
        yield raised
    except kind as error:
        raised.error = error
    else:
        raise AssertionError(f"no {kind.__name__} was raised")


def finish(collect: Callable[[], Any]) -> None:
    """Drop everything; then no runtime may hold an object of another."""
    loopback.bind_module_to_code("loopback", "loopback")
    deadline = time.monotonic() + PATIENCE
    while (found := loopback.live_objects(""))[0] != 0:
        assert time.monotonic() < deadline, f"{found[0]} objects are live: {found[1]}"
        gc.collect()
        collect()
        time.sleep(0.005)
