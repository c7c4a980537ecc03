"""The tables: the cost of each contestant, the ratios, and the aims."""

from __future__ import annotations

from collections.abc import Iterable

from . import aims
from .aims import Verdict
from .directions import Direction
from .figures import Figures
from .scenarios import Scenario, of_host


def table(direction: Direction, figures: dict[str, Figures]) -> str:
    """Nanoseconds per call as Markdown: the median, and the minimum in parentheses."""
    titles = {"metaffi": "MetaFFI", "typed": "typed", "floor": "floor"}
    if direction.peer:
        titles[direction.peer] = direction.peer_title
    names = [name for name in titles if any(of.has(name) for of in figures.values())]
    pairs = [("metaffi", "floor"), ("typed", "floor"), ("metaffi", direction.peer or "")]
    pairs = [(one, other) for one, other in pairs if one in names and other in names]
    ratios = (f"{titles[one]} / {titles[other]}" for one, other in pairs)
    head = [direction.title, *(titles[name] for name in names), *ratios]
    scenarios = of_host(direction.host)
    rows = [_row(scenario, figures[scenario.name], names, pairs) for scenario in scenarios]
    return markdown(head, rows)


def _row(
    scenario: Scenario, of: Figures, names: list[str], pairs: list[tuple[str, str]]
) -> list[str]:
    times = [
        f"{of.median(name):,.0f} ({of.least(name):,.0f})" if of.has(name) else "" for name in names
    ]
    ratios = [f"{of.ratio(*pair):.2f}" if of.has(*pair) else "" for pair in pairs]
    return [scenario.title, *times, *ratios]


def verdicts(measured: Iterable[tuple[Direction, dict[str, Figures]]]) -> str:
    """The aims, as Markdown."""
    rows = [
        _verdict(direction, verdict)
        for direction, figures in measured
        for verdict in aims.verdicts(direction, figures)
    ]
    return markdown(["Aim", "ns", "measured", "floor", ""], rows)


def _verdict(direction: Direction, verdict: Verdict) -> list[str]:
    what = f"{direction.title}, {verdict.what}"
    held = "" if verdict.held else "missed"
    return [what, verdict.aim, verdict.measured, verdict.floor, held]


def markdown(head: list[str], rows: Iterable[list[str]]) -> str:
    """A table."""
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))
