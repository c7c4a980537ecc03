"""Every scalar type."""


def echo(value):
    return value


echo_int8 = echo_int16 = echo_int32 = echo_int64 = echo
echo_uint8 = echo_uint16 = echo_uint32 = echo_uint64 = echo_size = echo
echo_float32 = echo_float64 = echo_bool = echo


def negate(value: bool) -> bool:
    return not value


def add_int64(a: int, b: int) -> int:
    return a + b


def half(value: float) -> float:
    return value / 2


def nothing() -> None:
    pass
