"""Values without a MetaFFI type of their own: large integers, decimals, dates, times."""

import gc
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID


def integer():
    return 2**100


def negative():
    return -(2**70)


def huge():
    return 10**5000


def decimal():
    return Decimal("0.10")


def day():
    return date(2024, 2, 29)


def clock():
    return time(23, 59, 59, 999999)


def day_and_clock():
    return datetime(2024, 2, 29, 12, 30)


def instant():
    return datetime(1969, 12, 31, 23, 59, 59, 500000, UTC)


def with_offset():
    return datetime(2024, 2, 29, 12, 30, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))


def duration():
    return timedelta(seconds=-1.5)


def uuid():
    return UUID("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")


def all_values() -> list:
    return [decimal(), None, integer(), day(), 1, [uuid()]]


def equals(name: str, value) -> bool:
    own = globals()[name]()
    return type(value) is type(own) and repr_of(value) == repr_of(own)


def repr_of(value) -> str:
    """Return the expected text; the decimal digits of large integers are limited."""
    return hex(value) if isinstance(value, int) else repr(value)


def equal_all(values: list) -> bool:
    return values == all_values()


def passed(function, name: str) -> bool:
    return equals(name, function(globals()[name]()))


def as_object():
    return decimal()


def is_object(value) -> bool:
    return equals("decimal", value)


def collect() -> None:
    gc.collect()
