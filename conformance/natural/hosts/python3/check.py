"""Checks errors, and drops everything at the end."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from metaffi import MetaFFIRuntime
from metaffi.metaffi_types import MetaFFITypes

E = TypeVar("E", bound=BaseException)

PATIENCE = 10.0


class Raised(Generic[E]):
    """The exception, once it has been raised."""

    error: E


@contextmanager
def raises(kind: type[E], *texts: str) -> Iterator[Raised[E]]:
    """Assert that the block raises an exception of a class, with all of these texts."""
    raised = Raised[E]()
    try:
        yield raised
    except kind as error:
        raised.error = error
        missing = [text for text in texts if text not in str(error)]
        assert not missing, f"{error} does not contain {missing}"
    else:
        raise AssertionError(f"no {kind.__name__} was raised")


def finish(guest: str, path: str) -> None:
    """Drop everything; then no runtime may hold an object of another."""
    loopback = MetaFFIRuntime("loopback").load_module("loopback")
    live_objects = loopback.load_entity(
        "callable=live_objects",
        [MetaFFITypes.metaffi_string8_type],
        [MetaFFITypes.metaffi_int64_type, MetaFFITypes.metaffi_string8_type],
    )
    deadline = time.monotonic() + PATIENCE
    while (found := live_objects(""))[0] != 0:
        assert time.monotonic() < deadline, f"{found[0]} objects are live: {found[1]}"
        _collect(guest, path)
        gc.collect()
        time.sleep(0.005)


def _collect(guest: str, path: str) -> None:
    """Make the guest collect its garbage."""
    if guest == "openjdk":
        MetaFFIRuntime(guest).load_module("").java.lang.System.gc()
    if guest == "go":
        MetaFFIRuntime(guest).load_module(path).Collect()
