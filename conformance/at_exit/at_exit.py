"""Holds objects and calls functions until the process ends."""

from collections.abc import Callable
from threading import Event, Thread

_kept = []
_function = None
_started = Event()


class Thing:
    def __init__(self, number: int) -> None:
        self._number = number

    def number(self) -> int:
        return self._number


def keep(thing) -> None:
    _kept.append(thing)


def keep_function(function) -> None:
    global _function
    _function = function


def call_kept(a: int, b: int) -> int:
    return _function(a, b)


def make_adder(amount: int) -> Callable[[int], int]:
    return lambda value: value + amount


def start(count) -> None:
    def work() -> None:
        while True:
            count()
            _started.set()

    Thread(target=work, daemon=True).start()


def started() -> bool:
    return _started.wait(10)
