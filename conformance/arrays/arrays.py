"""Arrays of every rank."""


def echo(items):
    return items


echo_bytes = echo
echo_int8s = echo
echo_int16s = echo
echo_int32s = echo
echo_int64s = echo
echo_uint16s = echo
echo_uint32s = echo
echo_uint64s = echo
echo_float32s = echo
echo_float64s = echo
echo_bools = echo
echo_strings = echo
echo_table = echo_cube = echo_string_table = echo


def lengths(table: list) -> list:
    return [len(row) for row in table]


def ragged() -> list:
    return [[1, 2, 3], [], [4]]


def total(cube: list) -> float:
    return sum(value for table in cube for row in table for value in row)


def join(words: list, separator: str) -> str:
    return separator.join(words)
