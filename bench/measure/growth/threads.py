"""Calls from several threads at once: how many in all."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

from ..directions import DIRECTIONS, Direction
from ..host import Host
from ..process import Process
from ..report import markdown
from .section import Chart, Line, Panel, Section

THREADS = (1, 2, 4, 8, 16)
TURNS = 5
TEXT = """\
`int64 → int64` from 1 to 16 threads (Go: goroutines) that share the calls: millions of calls a \
second of all threads together, and in parentheses the part of the floor's throughput with as many \
threads. Figures are the median of {turns} turns. Threads of a Python host, and threads that call \
a Python guest, share the GIL; only what runs outside of it runs at the same time."""

Measured = dict[str, dict[int, list[float]]]
"""Nanoseconds per call of each turn, by contestant and threads."""


def section(built: Path) -> Section:
    """Measures all directions."""
    measured = [(direction, _measure(direction, built)) for direction in DIRECTIONS]
    names = ["Threads", *map(str, THREADS)]
    table = markdown(names, [_row(direction, times) for direction, times in measured])
    panels = [Panel(direction.title, _lines(times)) for direction, times in measured]
    about = "Calls from 1 to 16 threads, against the floor"
    chart = Chart("threads", about, "threads", "million calls a second", panels)
    return Section("Threads", TEXT.format(turns=TURNS), [table], [chart])


def _measure(direction: Direction, built: Path) -> Measured:
    print(f"    {direction.title}: threads", file=sys.stderr)
    kind = Process if direction.host == "python" else Host
    process = kind(direction, ("metaffi", "floor"), built)
    measured: Measured = {}
    for threads in THREADS:
        for name, times in process.measure("int64", TURNS, threads=threads).items():
            measured.setdefault(name, {})[threads] = times
    process.close()
    return measured


def _lines(times: Measured) -> list[Line]:
    return [
        Line(name, [(threads, 1000 / median(of[threads])) for threads in THREADS])
        for name, of in times.items()
    ]


def _row(direction: Direction, times: Measured) -> list[str]:
    return [direction.title, *(_cell(times, threads) for threads in THREADS)]


def _cell(times: Measured, threads: int) -> str:
    ours, floor = times["metaffi"][threads], times["floor"][threads]
    part = median(theirs / own for own, theirs in zip(ours, floor, strict=True))
    return f"{1000 / median(ours):.1f} ({part:.2f})"
