"""Values by their actual type."""

from __future__ import annotations

import array
import ctypes
import datetime
import functools
import math
import mmap
import operator
import pickle
from collections import namedtuple
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from conftest import Echo

from metaffi import (
    MetaFFIArgumentError,
    MetaFFIEntity,
    MetaFFIModule,
    MetaFFIRuntime,
    MetaFFITypes,
    make_metaffi_callable,
)

Pair = namedtuple("Pair", "left right")


class Mine:
    pass


class MyList(list):  # type: ignore[type-arg]
    pass


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -(2**63),
        2**63 - 1,
        2**63,
        2**64 - 1,
        1.5,
        -0.0,
        "",
        "text\0😀",
        b"",
        b"\0\xff",
        [],
        [1, 2, 3],
        [1.5, 2.5],
        [True, False],
        ["a", "b"],
        [1, 2.5, "x", None, True, b"y", [1, ["deep", [None]]]],
        [1, 2**63],
        [2**64 - 1],
        [True, 1],
        [[1, 2], [3], []],
        [None],
    ],
)
def test_values_are_returned_unchanged(echo: Echo, value: Any) -> None:
    result = echo("any")(value)
    assert result == value and type(result) is type(value)
    assert (
        [type(item) for item in value] == [type(item) for item in result]
        if isinstance(value, list)
        else True
    )


def test_numpy_scalars_and_arrays(echo: Echo) -> None:
    entity = echo("any")
    for value, expected in [
        (np.int8(-5), -5),
        (np.uint64(2**64 - 1), 2**64 - 1),
        (np.float32(0.5), 0.5),
        (np.float64(0.5), 0.5),
        (np.bool_(True), True),
        (np.str_("a"), "a"),
        (np.arange(3), [0, 1, 2]),
        (np.ones((2, 2), np.float32), [[1.0, 1.0], [1.0, 1.0]]),
        (memoryview(b"ab"), b"ab"),
        (bytearray(b"ab"), b"ab"),
    ]:
        result = entity(value)
        assert result == expected and type(result) is type(expected)
    assert math.isnan(entity(math.nan))


def test_instances_of_subclasses_are_passed_as_values(echo: Echo) -> None:
    assert echo("any")(Pair(1, "a")) == [1, "a"]
    assert echo("any")(MyList([1, 2])) == [1, 2]


def test_anything_else_is_returned_as_the_same_object(echo: Echo) -> None:
    entity = echo("any")
    for value in (Mine(), {"a": 1}, {1}, 1j, object(), np.zeros(1, np.complex64), Mine, len):
        assert entity(value) is value
    inside = [Mine(), {"a": 1}]
    assert [x is y for x, y in zip(entity(inside), inside, strict=True)] == [True, True]


class Adder:
    def __init__(self, amount: int) -> None:
        self.amount = amount

    def __call__(self, value: int) -> int:
        return value + self.amount

    def __getattr__(self, name: str) -> object:
        return name  # so it seems to have a function's `__name__`


def test_callables_are_functions_unless_they_have_members() -> None:
    module = MetaFFIRuntime("loopback").load_module("conformance")
    text = [MetaFFITypes.metaffi_string8_type]
    kind = module.load_entity("callable=kind", [MetaFFITypes.metaffi_any_type], text)
    functions = [
        *(len, Mine, [].append, Adder(1).__call__, lambda: 0, functools.partial(max, 1)),
        *(operator.itemgetter(0), functools.lru_cache(Adder(1)), np.add, kind),
        make_metaffi_callable(Adder(1)),
    ]
    assert [kind(one) for one in functions] == ["callable"] * len(functions)
    assert [kind(one) for one in (Adder(1), Mock(), Mine())] == ["handle"] * 3


@pytest.fixture(scope="session")
def same(tmp_path_factory: pytest.TempPathFactory) -> MetaFFIEntity:
    """Load a function of a Python guest that returns its argument."""
    path: Path = tmp_path_factory.mktemp("guest") / "guest_of_any.py"
    path.write_text("def same(value):\n    return value\n")
    any_ = MetaFFITypes.metaffi_any_type
    module = MetaFFIRuntime("python3").load_module(str(path))
    return module.load_entity("callable=same", [any_], [any_])


def masked() -> Any:
    return np.ma.array([1, 2], mask=[True, False])


@pytest.mark.parametrize(
    "value",
    [
        np.datetime64("2024-02-29"),
        np.timedelta64(5, "D"),
        np.array(["2024-02-29"], "M8[D]"),
        np.array([1, 2], "m8[s]"),
        np.void(b"abc"),
        np.array([(1, 2.5)], [("a", "i4"), ("b", "f8")]),
        np.array(["a"]),
        np.array([b"a"]),
        np.array([object()]),
        np.longdouble("0.1"),
        np.complex128(1j),
        np.array([1.5], np.float16),
        np.array([1], ">i4"),
        masked(),
        mmap.mmap(-1, 8),
        ctypes.c_int(5),
        ctypes.pointer(ctypes.c_int(5)),
        array.array("u", "ab"),
        pickle.PickleBuffer(b"ab"),
    ],
    ids=lambda value: f"{type(value).__name__}-{getattr(value, 'dtype', '')}",
)
def test_buffers_that_are_not_arrays_are_objects(
    echo: Echo, module: MetaFFIModule, same: MetaFFIEntity, value: Any
) -> None:
    handle = MetaFFITypes.metaffi_handle_type
    kept = module.load_entity("callable=kept", None, [MetaFFITypes.metaffi_any_type])
    module.load_entity("callable=keep", [MetaFFITypes.metaffi_any_type], None)(value)
    for result in (echo("any")(value), kept(), same(value), echo("handle")(value)):
        assert result is value
    assert echo("any")([1, value])[1] is value
    assert module.load_entity("callable=echo", [handle], [handle])(value) is value


def test_buffers_that_are_arrays(echo: Echo) -> None:
    for value, expected in [
        (np.float16(1.5), 1.5),
        (np.array(5), 5),
        (np.arange(6)[::2], [0, 2, 4]),
        (np.array([True, False]), [True, False]),
        (np.arange(2, dtype=np.int8), [0, 1]),
        (np.arange(2, dtype=np.uint8), b"\0\1"),
        (array.array("b", [1, -1]), [1, -1]),
        (array.array("d", [1.5]), [1.5]),
        ((ctypes.c_int * 2)(1, 2), [1, 2]),
        (memoryview(array.array("h", [1, 2])), [1, 2]),
    ]:
        result = echo("any")(value)
        assert result == expected and type(result) is type(expected)


def test_values_that_numpy_converts_to_float(echo: Echo) -> None:
    for value in (np.complex64(1j), np.str_("1.5"), np.timedelta64(5, "ns"), masked()):
        with pytest.raises(MetaFFIArgumentError, match="expected float64, got a numpy"):
            echo("float64")(value)
    for value in (
        np.float16(1.5),
        np.longdouble(1.5),
        np.array(1.5),
        Decimal("1.5"),
        Fraction(3, 2),
    ):
        assert echo("float64")(value) == echo("float64_array")([value])[0] == 1.5


def test_numbers_beyond_every_float(echo: Echo) -> None:
    for name in ("float64", "float32"):
        for value in (Decimal("1e400"), np.longdouble("-1e400"), 10**400, Fraction(10**400)):
            with pytest.raises(MetaFFIArgumentError, match=f"is out of the range of {name}"):
                echo(name)(value)
            with pytest.raises(MetaFFIArgumentError, match=f"is out of the range of {name}"):
                echo(f"{name}_array")([value])
        for infinity in (Decimal("-Infinity"), np.longdouble("-inf"), np.float16("-inf")):
            assert echo(name)(infinity) == -math.inf


def test_integers_of_any_size(echo: Echo) -> None:
    for value in (2**64, -(2**63) - 1, 10**5000, [1, [2**64]]):
        assert echo("any")(value) == value


def test_zones_whose_own_code_fails(echo: Echo) -> None:
    class Broken(datetime.tzinfo):
        def utcoffset(self, _: datetime.datetime | None) -> datetime.timedelta:
            raise LookupError("no such place")

        dst = utcoffset

        def tzname(self, _: datetime.datetime | None) -> str:
            return "Nowhere"

    with pytest.raises(LookupError, match="no such place"):
        echo("any")(datetime.datetime(2024, 2, 29, tzinfo=Broken()))
    value = datetime.datetime(2024, 2, 29, tzinfo=datetime.UTC)
    assert echo("any")(value) is value


@pytest.mark.parametrize("name", ["any_array", "array"])
def test_arrays_of_mixed_elements(echo: Echo, name: str) -> None:
    for value in ([], [1, 2], [1, "a", None, [2.5]], [[1], ["a"]]):
        assert echo(name)(value) == value
    with pytest.raises(MetaFFIArgumentError, match="expected any_array, got int 1"):
        echo(name)(1)


def test_any_where_the_guest_decides(module: MetaFFIModule) -> None:
    keep = module.load_entity("callable=keep", [MetaFFITypes.metaffi_any_type], None)
    kept = module.load_entity("callable=kept", None, [MetaFFITypes.metaffi_any_type])
    for value in (Mine(), [1, 2], "text", b"raw", None, 2**64 - 1, lambda: 0):
        assert keep(value) is None
        result = kept()
        assert result == value
        if not isinstance(value, int | str | bytes | list):
            assert result is value
