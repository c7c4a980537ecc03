"""Calls functions, at once, later and from threads of its own."""

import threading
from collections.abc import Callable

_listeners: list[Callable[[str], None]] = []


def apply(function: Callable[[int], int], value: int) -> int:
    """Call a function now."""
    return function(value)


def listen(listener: Callable[[str], None]) -> None:
    """Keep a function."""
    _listeners.append(listener)


def publish(text: str) -> None:
    """Call all that were kept, each on a thread of its own."""
    threads = [threading.Thread(target=listener, args=(text,)) for listener in _listeners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def adder(amount: int) -> Callable[[int], int]:
    """Return a function."""
    return lambda value: value + amount
