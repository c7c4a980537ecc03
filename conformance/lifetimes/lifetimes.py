"""Objects that others hold."""

import gc


class Thing:
    def __init__(self, number: int) -> None:
        self._number = number

    def number(self) -> int:
        return self._number


_kept = None


def things(count: int) -> list:
    return [Thing(i) for i in range(count)]


def keep(thing) -> None:
    global _kept
    _kept = thing


def kept():
    return _kept


def same(thing):
    return thing


def collect() -> None:
    gc.collect()
