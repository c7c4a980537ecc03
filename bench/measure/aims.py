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
    floor: str
    """What the floor takes, by hand."""
    held: bool


def verdicts(direction: Direction, figures: dict[str, Figures]) -> Iterator[Verdict]:
    """All aims of a direction."""
    for scenario in ("void", "int64"):
        of = figures[scenario]
        ours, floor = of.median("metaffi"), f"{of.median('floor'):,.0f}"
        if within := WITHIN.get(direction.name, {}).get(scenario):
            yield Verdict(scenario, f"≤ {within}", f"{ours:,.0f}", floor, ours <= within)
        elif direction.host == "rust":
            above = of.above("metaffi", "floor")
            aim = f"≤ floor + {FLOOR_DISTANCE}"
            yield Verdict(scenario, aim, f"floor + {above:,.0f}", floor, above <= FLOOR_DISTANCE)
        else:
            ratio = of.ratio("metaffi", "floor")
            aim = f"≤ floor × {FLOOR_RATIO}"
            yield Verdict(scenario, aim, f"floor × {ratio:.2f}", floor, ratio <= FLOOR_RATIO)
    above, floor_above = (_callback(figures, name) for name in ("metaffi", "floor"))
    aim, floor = f"≤ call + {CALLBACK}", f"call + {floor_above:,.0f}"
    yield Verdict("callback", aim, f"call + {above:,.0f}", floor, above <= CALLBACK)


def _callback(figures: dict[str, Figures], name: str) -> float:
    return figures["callback"].median(name) - figures["int64"].median(name)
