"""Values of any type."""

import gc


def echo(value):
    return value


echo_list = echo


def count(values: list) -> int:
    return len(values)


def mixed() -> list:
    return [None, True, 42, 0.5, "text", [1, 2]]


def kind(value) -> str:
    return type(value).__name__


def number():
    return 42


def text():
    return "text"


def flag():
    return True


def numbers():
    return [1, 2, 3]


def none():
    return None


def collect() -> None:
    gc.collect()
