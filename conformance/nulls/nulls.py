"""Null values."""

import gc


def echo(value):
    return value


echo_null = echo_handle = echo_any = echo


def is_null(value) -> bool:
    return value is None


is_no_function = is_null


def no_function():
    return None


def collect() -> None:
    gc.collect()
