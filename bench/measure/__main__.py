"""`python -m measure BUILT`: runs the rounds and prints the report."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from . import machine, profile, report
from .process import DIRECTIONS, Direction, Process, Times
from .report import Figures
from .scenarios import SCENARIOS

HEAD = """\
# What a call costs

Nanoseconds per call from a Python loop, the loop included: the median of all
batches, and the least in parentheses. All contestants of a row took turns in
one run; a ratio is the median of the rounds' ratios. Written by
`cargo xtask bench --write`. [bench/README.md](../bench/README.md) says who takes
part, how it is measured, and what the floor leaves out.
"""

PROFILES = [f"{d.guest}/{s.name}" for d in DIRECTIONS for s in SCENARIOS]


def main() -> None:
    """Measures, or profiles one scenario."""
    parser = argparse.ArgumentParser(prog="measure")
    parser.add_argument("built", type=Path, help="the folder of the built fixtures")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--batches", type=int, default=15, help="in each round")
    parser.add_argument("--out", type=Path, help="where to write the report")
    parser.add_argument("--profile", choices=PROFILES, metavar="GUEST/SCENARIO")
    options = parser.parse_args()
    if options.profile:
        profile.run(options.built, *options.profile.split("/"))
        return
    text = _report(options.built, options.rounds, options.batches)
    print(text)
    if options.out:
        options.out.write_text(text)


def _report(built: Path, rounds: int, batches: int) -> str:
    parts, misses = [HEAD, _list(machine.describe())], []
    for direction in DIRECTIONS:
        print(f"    {direction.title}: {rounds} rounds", file=sys.stderr)
        figures = _measure(direction, built, rounds, batches)
        parts.append(report.table(direction, figures))
        misses += report.missed(direction, figures)
    parts.append(f"Further than {report.AIM} × from the floor:")
    parts.append(_list(misses or ["nothing"]))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _list(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _measure(direction: Direction, built: Path, rounds: int, batches: int) -> dict[str, Figures]:
    processes = [Process(direction.guest, names, built) for names in direction.processes]
    figures: dict[str, Figures] = defaultdict(Figures)
    for number in range(rounds + 1):
        for scenario in SCENARIOS:
            times: Times = {}
            for process in processes:
                times |= process.measure(scenario.name, batches)
            # The first round still has compilers at work in the guests.
            if number:
                figures[scenario.name].rounds.append(times)
    for process in processes:
        process.close()
    return figures


if __name__ == "__main__":
    main()
