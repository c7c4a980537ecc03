"""Objects."""

import gc


class Counter:
    def __init__(self, value: int) -> None:
        self.value = value

    def add(self, amount: int) -> int:
        self.value += amount
        return self.value


class Box:
    def __init__(self, content) -> None:
        self.content = content

    def open(self):
        return self.content


_kept = None


def same(thing):
    return thing


same_any = same


def keep(thing) -> None:
    global _kept
    _kept = thing


def kept():
    return _kept


def is_counter(thing) -> bool:
    return isinstance(thing, Counter)


def nothing() -> None:
    return None


def is_nothing(thing) -> bool:
    return thing is None


def collect() -> None:
    gc.collect()
