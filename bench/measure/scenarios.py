"""What is called, with which arguments, and how a result is known to be right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

ELEMENTS = 10_000
LUCK = "no luck today"
STEP = 7
"""What callbacks add."""


@dataclass(frozen=True)
class Scenario:
    """One function of the fixture.

    `kind` says what proves a call: a returned `value`, the `number` of calls
    that the guest counted, the `count` that an object returns, or an `error`.
    """

    name: str
    title: str
    kind: str
    args: tuple = ()
    expected: object = None
    limits: tuple = ()
    """Further arguments that are echoed once before the times are taken."""


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
"""What a Python host measures."""

ARRAY = Scenario("array", "sum of an array of 10,000 int64", "value")


def of_host(host: str) -> list[Scenario]:
    """What that host measures. The others know arguments and results themselves;
    they have arrays where Python has lists and numpy."""
    if host == "python":
        return list(PYTHON)
    others = [ARRAY if scenario.name == "list" else scenario for scenario in PYTHON]
    return [scenario for scenario in others if scenario.name != "numpy"]
