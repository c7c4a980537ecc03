"""Numbers, booleans, characters and strings, in both directions."""

from __future__ import annotations

import math
import struct
from enum import IntEnum
from fractions import Fraction

import numpy as np
import pytest
from conftest import Echo

from metaffi import MetaFFIArgumentError, MetaFFIError

LIMITS = {
    "int8": (-(2**7), 2**7 - 1),
    "int16": (-(2**15), 2**15 - 1),
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint8": (0, 2**8 - 1),
    "uint16": (0, 2**16 - 1),
    "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1),
    "size": (0, 2**64 - 1),
}


class Five:
    def __index__(self) -> int:
        return 5


class Broken:
    def __index__(self) -> int:
        raise KeyError("broken")


class Colour(IntEnum):
    RED = 3


@pytest.mark.parametrize("name", LIMITS)
def test_integers_reach_their_limits_and_no_further(echo: Echo, name: str) -> None:
    entity, (least, most) = echo(name), LIMITS[name]
    for value in (least, least + 1, 0, 1, most - 1, most):
        result = entity(value)
        assert result == value and type(result) is int
    for value in (least - 1, most + 1, -(2**70), 2**70, 10**5000):
        with pytest.raises(MetaFFIArgumentError, match=f"out of the range of {name}"):
            entity(value)


def test_a_range_error_names_entity_argument_value_and_type(echo: Echo) -> None:
    with pytest.raises(
        MetaFFIError, match=r"`callable=echo`: argument 1: int 300 is out of the range of uint8"
    ):
        echo("uint8")(300)


@pytest.mark.parametrize("name", LIMITS)
def test_integers_accept_objects_with_index(echo: Echo, name: str) -> None:
    entity = echo(name)
    for value, expected in [
        (True, 1),
        (Five(), 5),
        (Colour.RED, 3),
        (np.int8(7), 7),
        (np.uint64(8), 8),
    ]:
        assert entity(value) == expected
    for wrong in (1.0, "1", None, [1], np.float64(1), b"1", object()):
        with pytest.raises(MetaFFIArgumentError, match=f"expected {name}, got"):
            entity(wrong)


def test_an_exception_of_the_users_code_is_raised_unchanged(echo: Echo) -> None:
    with pytest.raises(KeyError, match="broken"):
        echo("int32")(Broken())


@pytest.mark.parametrize(
    "value",
    [0.0, -0.0, 1.5, math.pi, 5e-324, 2.2e-308, 1.7976931348623157e308, math.inf, -math.inf],
)
def test_float64_keeps_every_bit(echo: Echo, value: float) -> None:
    assert struct.pack("d", echo("float64")(value)) == struct.pack("d", value)


def test_floats_accept_numbers_and_nan(echo: Echo) -> None:
    float64, float32 = echo("float64"), echo("float32")
    assert math.isnan(float64(math.nan)) and math.isnan(float32(math.nan))
    for value, expected in [(3, 3.0), (True, 1.0), (np.float32(0.5), 0.5), (Fraction(1, 4), 0.25)]:
        assert float64(value) == float32(value) == expected
        assert type(float64(value)) is float
    assert float32(0.1) == struct.unpack("f", struct.pack("f", 0.1))[0]
    assert float32(-math.inf) == -math.inf and math.copysign(1, float32(-0.0)) == -1
    for wrong in ("1.5", None, [1.5], 1j):
        with pytest.raises(MetaFFIArgumentError, match="expected float64, got"):
            float64(wrong)


def test_floats_out_of_range(echo: Echo) -> None:
    with pytest.raises(MetaFFIArgumentError, match=r"1e\+300 is out of the range of float32"):
        echo("float32")(1e300)
    with pytest.raises(MetaFFIArgumentError, match="out of the range of float64"):
        echo("float64")(10**400)


def test_bool_accepts_booleans_only(echo: Echo) -> None:
    entity = echo("bool")
    assert entity(True) is True and entity(False) is False
    assert entity(np.True_) is True and entity(np.False_) is False
    for wrong in (1, 0, "True", None, np.int8(1)):
        with pytest.raises(MetaFFIArgumentError, match="expected bool, got"):
            entity(wrong)


def test_characters(echo: Echo) -> None:
    char8, char16, char32 = echo("char8"), echo("char16"), echo("char32")
    for char in ("a", "\0", "\xff"):
        assert char8(char) == char16(char) == char32(char) == char
    assert char8(b"\xe9") == "\xe9"
    assert char16("€") == char32("€") == char16("€".encode()) == "€"
    assert char32("😀") == char32("😀".encode()) == "😀"
    assert char16("\ud800") == "\ud800"  # a code unit, not a character
    for entity, wrong in [
        (char8, "€"),
        (char16, "😀"),
        (char32, "\ud800"),
        (char32, ""),
        (char32, "ab"),
        (char8, b"ab"),
        (char32, b"\xff"),
        (char32, 97),
    ]:
        with pytest.raises(MetaFFIArgumentError, match="expected one char"):
            entity(wrong)


TEXTS = [
    "",
    "a",
    "nul\0inside\0",
    "zażółć",
    "€",
    "😀👩‍👩‍👧",
    "e\u0301",
    "\uffff",
    "x" * 1000,
    "ÿ" * 700,
    # Long text, with characters of each width.
    "日" * 341,
    "日" * 341 + "a",
    "\ufeff語 of " * 300,
    "Привет, мир! " * 100,
    "\u07ff" * 512,
    "日😀" * 300,
]


@pytest.mark.parametrize("name", ["string8", "string16", "string32"])
def test_strings_keep_every_character(echo: Echo, name: str) -> None:
    entity = echo(name)
    for text in TEXTS:
        assert entity(text) == text
    assert entity(np.str_("numpy")) == "numpy"
    assert entity(None) is None
    for wrong in (b"bytes", 1, ["a"]):
        with pytest.raises(MetaFFIArgumentError, match=f"expected {name}, got"):
            entity(wrong)
    with pytest.raises(MetaFFIArgumentError, match="lone surrogate"):
        entity("a\ud800b")


def test_a_string_of_64_mib(echo: Echo) -> None:
    text = "0123456789abcdef" * (4 * 1024 * 1024)
    assert echo("string8")(text) == text


def test_null(echo: Echo) -> None:
    assert echo("null")(None) is None
    with pytest.raises(MetaFFIArgumentError, match="expected null, got int 1"):
        echo("null")(1)
