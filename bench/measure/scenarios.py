"""What is called, with which arguments, and how results are verified."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

ELEMENTS = 10_000
OBJECTS = 1_000
"""The number of strings, values, objects or entries of a collection."""

LUCK = "no luck today"
STEP = 7
"""The number that callbacks add."""


@dataclass(frozen=True)
class Scenario:
    """One function of the fixture.

    `kind` says what proves a call: a returned `value`, the `same` that was
    passed, the `number` of calls that the guest counted, the `count` that an
    object returns, or an `error`.
    """

    name: str
    title: str
    kind: str
    args: tuple = ()
    expected: object = None
    limits: tuple = ()
    """Further arguments that are echoed once before the measurement."""


MIXED = [(number, number / 4, f"text {number}", number % 2 == 0, None) for number in range(OBJECTS)]

COLLECTIONS = (
    (
        "mixed",
        "1,000 values of int, float, str, bool, None → the same",
        ([values[index % 5] for index, values in enumerate(MIXED)],),
    ),
    ("strings", "1,000 strings → the same", ([f"string {number}" for number in range(OBJECTS)],)),
    ("objects", "1,000 objects → the same", ()),
)
"""Lists that come back; the objects are the contestant's own."""

PYTHON = (
    Scenario("void", "no arguments, no result", "number"),
    Scenario(
        "int64",
        "int64 → int64",
        "value",
        (1_234_567_890_123,),
        1_234_567_890_123,
        limits=(0, -1, 2**63 - 1, -(2**63)),
    ),
    Scenario(
        "string",
        "string of 16 → string",
        "value",
        ("sixteen letters!",),
        "sixteen letters!",
        limits=("", "größer", "日本語 😀", "x" * 5000),
    ),
    Scenario(
        "list",
        "sum of a list of 10,000 int",
        "value",
        (list(range(ELEMENTS)),),
        sum(range(ELEMENTS)),
    ),
    Scenario(
        "numpy",
        "sum of a numpy array of 10,000 int64",
        "value",
        (numpy.arange(ELEMENTS, dtype=numpy.int64),),
        sum(range(ELEMENTS)),
    ),
    Scenario("numbers", "a list of 10,000 int as the result", "value", (), list(range(ELEMENTS))),
    *(Scenario(name, title, "same", args) for name, title, args in COLLECTIONS),
    Scenario(
        "dict",
        "sum of the values of a dict of 1,000",
        "value",
        ({str(number): number for number in range(OBJECTS)},),
        sum(range(OBJECTS)),
    ),
    Scenario("object", "method of an object → int64", "count"),
    Scenario(
        "callback",
        "a function that calls back",
        "value",
        (1_234_567_890_123,),
        1_234_567_890_123 + STEP,
    ),
    Scenario("error", "the function fails", "error"),
)
"""The scenarios of a Python host."""

OTHERS = {
    "list": Scenario("array", "sum of an array of 10,000 int64", "value"),
    "numbers": Scenario("numbers", "an array of 10,000 int64 as the result", "same"),
    "dict": Scenario("dict", "sum of the values of a map of 1,000", "value"),
}
"""What typed hosts use in place of Python's types."""

LEFT_OUT = {"rust": ("numpy", "dict")}
"""Scenarios for which a host has no type."""


def of_host(host: str) -> list[Scenario]:
    """The scenarios of that host. The others know arguments and results themselves;
    they use arrays where Python has lists and numpy."""
    if host == "python":
        return list(PYTHON)
    left_out = LEFT_OUT.get(host, ("numpy",))
    return [OTHERS.get(one.name, one) for one in PYTHON if one.name not in left_out]
