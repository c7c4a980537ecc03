"""`python -m measure.counted BUILT GUEST CALLS`: calls whose instructions are counted.

Each scenario is called in batches, between calls of `getppid`, before which what counts
writes down what it has. Prints the scenarios' names, in that order.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from .process import subjects

WARM_UP = 30
"""Calls before the ones that are counted."""

LEFT_OUT = ("numbers", "mixed", "strings", "objects", "dict")
"""Long lists, whose calls would take minutes to count."""

BATCHES = 10
"""How often each batch is repeated."""


def main() -> None:
    """Makes the calls."""
    built, guest, calls = Path(sys.argv[1]).resolve(), sys.argv[2], int(sys.argv[3])
    names = []
    for scenario, (subject,) in subjects(guest, ("metaffi",), built).items():
        if scenario in LEFT_OUT:
            continue
        subject.loop(subject.call, WARM_UP, *subject.args)
        gc.collect()
        gc.disable()
        for _ in range(BATCHES):
            os.getppid()
            subject.loop(subject.call, calls, *subject.args)
        os.getppid()
        names.append(scenario)
    print(*names)


if __name__ == "__main__":
    main()
