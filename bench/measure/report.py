"""The table: what each contestant takes, and the ratios between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from .process import Direction, Times
from .scenarios import SCENARIOS

AIM = 1.3
"""MetaFFI is to stay within this multiple of the floor."""


@dataclass
class Figures:
    """The times of one scenario, by round and contestant."""

    rounds: list[Times] = field(default_factory=list)

    def median(self, name: str) -> float:
        return median(ns for times in self.rounds for ns in times[name])

    def least(self, name: str) -> float:
        return min(ns for times in self.rounds for ns in times[name])

    def ratio(self, name: str, to: str) -> float:
        """Of two that were measured in turns: the median over the rounds, so
        that what disturbed both does not count."""
        return median(median(times[name]) / median(times[to]) for times in self.rounds)


def table(direction: Direction, figures: dict[str, Figures]) -> str:
    """Nanoseconds per call as Markdown: the median, and the least beside it."""
    peer, title = direction.peer, direction.peer_title
    head = f"MetaFFI | floor | {title} | MetaFFI / floor | MetaFFI / {title}"
    rows = [f"| {direction.title} | {head} |", "|---|--:|--:|--:|--:|--:|"]
    for scenario in SCENARIOS:
        of = figures[scenario.name]
        cells = [scenario.title]
        for name in ("metaffi", "floor", peer):
            cells.append(f"{of.median(name):,.0f} ({of.least(name):,.0f})")
        cells += [f"{of.ratio('metaffi', to):.2f}" for to in ("floor", peer)]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def missed(direction: Direction, figures: dict[str, Figures]) -> list[str]:
    """The scenarios in which MetaFFI is further from the floor than it aims at."""
    ratios = [(s.title, figures[s.name].ratio("metaffi", "floor")) for s in SCENARIOS]
    return [f"{direction.title}, {title}: {ratio:.2f} ×" for title, ratio in ratios if ratio > AIM]
