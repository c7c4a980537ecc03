"""The tables: what each contestant takes, the ratios, and the aims."""

from __future__ import annotations

from collections.abc import Iterable

from . import aims
from .aims import Verdict
from .directions import Direction
from .figures import Figures
from .scenarios import Scenario, of_host


def table(direction: Direction, figures: dict[str, Figures]) -> str:
    """Nanoseconds per call as Markdown: the median, and the least beside it."""
    columns = [("metaffi", "MetaFFI"), ("floor", "floor")]
    if direction.peer and any(of.has(direction.peer) for of in figures.values()):
        columns.append((direction.peer, direction.peer_title))
    titles = [title for _, title in columns]
    head = [direction.title, *titles, *(f"MetaFFI / {title}" for title in titles[1:])]
    rows = [_row(scenario, figures[scenario.name], columns) for scenario in of_host(direction.host)]
    return markdown(head, rows)


def _row(scenario: Scenario, of: Figures, columns: list[tuple[str, str]]) -> list[str]:
    names = [name for name, _ in columns]
    times = [
        f"{of.median(name):,.0f} ({of.least(name):,.0f})" if of.has(name) else "" for name in names
    ]
    ratios = [
        f"{of.ratio('metaffi', name):.2f}" if of.has("metaffi", name) else "" for name in names[1:]
    ]
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
