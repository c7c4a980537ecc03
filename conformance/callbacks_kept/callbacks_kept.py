"""Stores functions."""

import gc
from collections.abc import Callable
from threading import Thread

_kept = None
_thread = None
_total = 0
_listeners = []


def keep(function) -> None:
    global _kept
    _kept = function


def call_kept(a: int, b: int) -> int:
    return _kept(a, b)


def kept():
    return _kept


def adder(amount: int) -> Callable[[int, int], int]:
    def add(a: int, b: int) -> int:
        return a + b + amount

    return add


def start(count, times: int) -> None:
    def work() -> None:
        global _total
        _total = sum(count() for _ in range(times))

    global _thread
    _thread = Thread(target=work)
    _thread.start()


def join() -> int:
    global _thread
    _thread.join()
    _thread = None
    return _total


def listen(listener) -> None:
    _listeners.append(listener)


def tell(a: str, b: str) -> list:
    return [listener(a, b) for listener in _listeners]


def forget() -> None:
    global _kept
    _kept = None
    _listeners.clear()


def collect() -> None:
    gc.collect()
