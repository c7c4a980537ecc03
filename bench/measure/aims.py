"""The most that a call should cost, in nanoseconds."""

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
"""In total."""

FLOOR_RATIO = 1.3
"""From Python: as a multiple of the floor."""

FLOOR_DISTANCE = 20
"""From Rust: in addition to the floor."""

CALLBACK = 500
"""For the callback, in addition to the same call without one."""


@dataclass(frozen=True)
class Verdict:
    """One aim and the measured value."""

    what: str
    aim: str
    measured: str
    floor: str
    """The cost of the hand-written floor."""
    held: bool


def verdicts(direction: Direction, figures: dict[str, Figures]) -> Iterator[Verdict]:
    """All aims of a direction. They are compared with the lowest measured value: every
    disturbance of a machine increases it."""
    for scenario in ("void", "int64"):
        of = figures[scenario]
        ours, floor = of.least("metaffi"), of.least("floor")
        if within := WITHIN.get(direction.name, {}).get(scenario):
            yield Verdict(scenario, f"≤ {within}", _ns(ours), _ns(floor), round(ours) <= within)
        elif direction.host == "rust":
            above = round(ours - floor)
            held = above <= FLOOR_DISTANCE
            aim = f"≤ floor + {FLOOR_DISTANCE}"
            yield Verdict(scenario, aim, f"floor {above:+}", _ns(floor), held)
        else:
            ratio = of.ratio("metaffi", "floor")
            aim = f"≤ floor × {FLOOR_RATIO}"
            held = ratio <= FLOOR_RATIO
            yield Verdict(scenario, aim, f"floor × {ratio:.2f}", _ns(floor), held)
    above, floor_above = (_callback(figures, name) for name in ("metaffi", "floor"))
    aim, floor_takes = f"≤ call + {CALLBACK}", f"call + {_ns(floor_above)}"
    yield Verdict("callback", aim, f"call + {_ns(above)}", floor_takes, above <= CALLBACK)


def _callback(figures: dict[str, Figures], name: str) -> float:
    return figures["callback"].least(name) - figures["int64"].least(name)


def _ns(value: float) -> str:
    return f"{value:,.0f}"
