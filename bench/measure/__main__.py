"""`python -m measure BUILT`: runs the rounds and prints the report."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from . import machine, profile, report
from .directions import BY_NAME, DIRECTIONS, Direction
from .figures import Figures, Times
from .host import Host
from .process import Process
from .scenarios import of_host

HEAD = """\
# What a call costs

This page shows what a call takes in every direction, compared with hand-written
bridges and with other tools. Figures are nanoseconds per call, measured in a loop of
the host's language that is included: the median of all batches, and the least in
parentheses. All contestants of a row took turns in one run; a ratio is the median of
the ratios of each round.

- **floor**: a bridge written by hand in C for exactly these functions, the least that
  a call can take.
- **typed**: MetaFFI by functions with static types (`metaffi.Func[F]` in Go,
  `Caller.as(Interface.class)` in Java).
- **JPype, Jep, ctypes**: the tools that one would use otherwise.

`cargo xtask bench --write` writes this page. [bench/README.md](../bench/README.md)
says who takes part, how it is measured, and what the floor leaves out.
"""

WHERE = Path(__file__).parent.parent / "where.md"
"""What the figures consist of; the report ends with it."""

PROFILES = [f"{d.name}/{s.name}" for d in DIRECTIONS for s in of_host(d.host)]
Measured = list[tuple[Direction, dict[str, Figures]]]


def main() -> None:
    """Measures, or profiles one scenario."""
    parser = argparse.ArgumentParser(prog="measure")
    parser.add_argument("built", type=Path, help="the folder of the built fixtures")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--batches", type=int, default=15, help="in each round")
    parser.add_argument("--out", type=Path, help="where to write the report")
    parser.add_argument("--only", choices=BY_NAME, metavar="HOST/GUEST")
    parser.add_argument("--profile", choices=PROFILES, metavar="HOST/GUEST/SCENARIO")
    options = parser.parse_args()
    if options.profile:
        profile.run(options.built.resolve(), *options.profile.rsplit("/", 1))
        return
    directions = [BY_NAME[options.only]] if options.only else DIRECTIONS
    text = _report(directions, options.built.resolve(), options.rounds, options.batches)
    print(text)
    if options.out:
        options.out.write_text(text)


def _report(directions: Iterable[Direction], built: Path, rounds: int, batches: int) -> str:
    measured: Measured = []
    for direction in directions:
        print(f"    {direction.title}: {rounds} rounds", file=sys.stderr)
        measured.append((direction, _measure(direction, built, rounds, batches)))
    tables = [report.table(*figures) for figures in measured]
    head = [HEAD, "\n".join(f"- {line}" for line in machine.describe())]
    aims = ["## Aims", report.verdicts(measured)]
    parts = [*head, *aims, "## Calls", *tables, WHERE.read_text()]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _processes(direction: Direction, built: Path) -> Iterator[Process | Host]:
    for names in direction.processes:
        if "jep" in names and not machine.jep():
            print("    Jep is not installed, and is skipped", file=sys.stderr)
        elif direction.host == "python":
            yield Process(direction, names, built)
        else:
            yield Host(direction, names, built)


def _measure(direction: Direction, built: Path, rounds: int, batches: int) -> dict[str, Figures]:
    processes = list(_processes(direction, built))
    figures: dict[str, Figures] = defaultdict(Figures)
    for number in range(rounds + 1):
        for scenario in of_host(direction.host):
            times: Times = {}
            for process in processes:
                times |= process.measure(scenario.name, batches)
            # In the first round the guests' compilers are still working.
            if number:
                figures[scenario.name].rounds.append(times)
    for process in processes:
        process.close()
    return figures


if __name__ == "__main__":
    main()
