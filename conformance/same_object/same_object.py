"""An object that is returned twice."""

import gc


class Thing:
    pass


_kept = None


def same(thing):
    return thing


def keep(thing) -> None:
    global _kept
    _kept = thing


def kept():
    return _kept


def collect() -> None:
    gc.collect()
