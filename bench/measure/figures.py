"""The times of one scenario, and statistics about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

Times = dict[str, list[float]]
"""Nanoseconds per call of every batch of a round, by contestant."""


@dataclass
class Figures:
    """The times of one scenario, round by round."""

    rounds: list[Times] = field(default_factory=list)

    def has(self, *names: str) -> bool:
        """Whether these contestants took part."""
        return bool(self.rounds) and all(name in self.rounds[0] for name in names)

    def median(self, name: str) -> float:
        return median(ns for times in self.rounds for ns in times[name])

    def least(self, name: str) -> float:
        return min(ns for times in self.rounds for ns in times[name])

    def ratio(self, name: str, to: str) -> float:
        """The ratio of two contestants that were measured in turn: the median over the
        rounds, so that disturbances of both cancel out."""
        return median(median(times[name]) / median(times[to]) for times in self.rounds)
