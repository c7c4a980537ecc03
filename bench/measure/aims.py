"""What a call is meant to cost at most, in nanoseconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .directions import Direction
from .figures import Figures

WITHIN = {
    "java/python": {"void": 120, "int64": 150},
    "java/go": {"void": 100, "int64": 120},
    "go/java": {"void": 100, "int64": 150},
    "go/python": {"void": 130, "int64": 160},
}
"""In all."""

FLOOR_RATIO = 1.3
"""From Python: times the floor."""

FLOOR_DISTANCE = 20
"""From Rust: above the floor."""

CALLBACK = 500
"""For the way back, above the same call without."""


@dataclass(frozen=True)
class Verdict:
    """One aim beside what was measured."""

    what: str
    aim: str
    measured: str
    held: bool


def verdicts(direction: Direction, figures: dict[str, Figures]) -> Iterator[Verdict]:
    """All aims of a direction that were measured."""
    for scenario in ("void", "int64"):
        of = figures[scenario]
        if not of.has("metaffi", "floor"):
            continue
        if within := WITHIN.get(direction.name, {}).get(scenario):
            yield _verdict(scenario, f"≤ {within}", of.median("metaffi"), within)
        elif direction.host == "rust":
            above = of.above("metaffi", "floor")
            yield _verdict(scenario, f"≤ floor + {FLOOR_DISTANCE}", above, FLOOR_DISTANCE, "+ ")
        else:
            ratio = of.ratio("metaffi", "floor")
            measured = f"{ratio:.2f} × floor"
            yield Verdict(scenario, f"≤ {FLOOR_RATIO} × floor", measured, ratio <= FLOOR_RATIO)
    callback, call = figures["callback"], figures["int64"]
    if callback.has("metaffi") and call.has("metaffi"):
        above = callback.median("metaffi") - call.median("metaffi")
        yield _verdict("callback", f"≤ call + {CALLBACK}", above, CALLBACK, "+ ")


def _verdict(what: str, aim: str, ns: float, limit: float, sign: str = "") -> Verdict:
    return Verdict(what, aim, f"{sign}{ns:,.0f}", ns <= limit)
