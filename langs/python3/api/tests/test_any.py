"""Values by their actual type."""

from __future__ import annotations

import math
from collections import namedtuple
from typing import Any

import numpy as np
import pytest
from conftest import Echo

from metaffi import MetaFFIArgumentError, MetaFFIModule, MetaFFITypes

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
def test_values_come_back_as_they_went(echo: Echo, value: Any) -> None:
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


def test_instances_of_subclasses_go_by_value(echo: Echo) -> None:
    assert echo("any")(Pair(1, "a")) == [1, "a"]
    assert echo("any")(MyList([1, 2])) == [1, 2]


def test_all_else_comes_back_as_the_very_same_object(echo: Echo) -> None:
    entity = echo("any")
    for value in (Mine(), {"a": 1}, {1}, 1j, object(), np.zeros(1, np.complex64), Mine, len):
        assert entity(value) is value
    inside = [Mine(), {"a": 1}]
    assert [x is y for x, y in zip(entity(inside), inside, strict=True)] == [True, True]


def test_integers_that_fit_nowhere(echo: Echo) -> None:
    for value in (2**64, -(2**63) - 1):
        with pytest.raises(MetaFFIArgumentError, match="out of the range of int64 and uint64"):
            echo("any")(value)
    with pytest.raises(MetaFFIArgumentError, match="element 1: element 0: int .* is out of"):
        echo("any")([1, [2**64]])


def test_a_list_that_contains_itself(echo: Echo) -> None:
    itself: list[Any] = []
    itself.append(itself)
    with pytest.raises(RecursionError):
        echo("any")(itself)


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
