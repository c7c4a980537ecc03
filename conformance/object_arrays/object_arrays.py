"""Arrays of objects."""

import gc


class Counter:
    def __init__(self, value: int) -> None:
        self.value = value


def echo(things: list) -> list:
    return things


echo_table = echo


def counters(count: int) -> list:
    return [Counter(i) for i in range(count)]


def sum(counters: list) -> int:  # noqa: A001
    total = 0
    for counter in counters:
        total += counter.value
    return total


def collect() -> None:
    gc.collect()
