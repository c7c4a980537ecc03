"""Packed arrays."""

import gc


def echo(values):
    return values


echo_float64s = echo_float32s = echo
echo_int64s = echo_int32s = echo_int16s = echo_int8s = echo
echo_uint64s = echo_uint32s = echo_uint16s = echo_uint8s = echo
echo_bools = echo

_sum, _range = sum, range


def sum(values) -> float:  # noqa: A001
    return _sum(values)


def range(count: int):  # noqa: A001
    return list(_range(count))


def last(values) -> int:
    return values[-1]


def collect() -> None:
    gc.collect()
