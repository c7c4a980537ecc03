"""Module attributes."""

import gc

LIMIT = 7

counter = 0
names = ["a", "b"]
current = None


def next_counter() -> int:
    global counter
    counter += 1
    return counter


def collect() -> None:
    gc.collect()
