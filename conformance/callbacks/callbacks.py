"""Calls functions."""

import gc


def call_add(add, a: int, b: int) -> int:
    return add(a, b)


def call_concat(concat, a: str, b: str) -> str:
    return concat(a, b)


def call_identity(identity, value):
    return identity(value)


def call_often(count, times: int) -> int:
    return sum(count() for _ in range(times))


def call_on_same_thread(ask) -> bool:
    return ask()


def add_to_all(add, values: list, amount: int) -> list:
    return [add(value, amount) for value in values]


def call_both(add, concat, a: int, b: int) -> str:
    return concat("sum: ", str(add(a, b)))


def collect() -> None:
    gc.collect()
