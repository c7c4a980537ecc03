"""A process in which some contestants of one direction live.

Two contestants that would each start a JVM need a process each. The processes
wait while another one measures.
"""

from __future__ import annotations

import gc
import multiprocessing
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from . import contestants
from .scenarios import SCENARIOS
from .subject import Subject

Times = dict[str, list[float]]


@dataclass(frozen=True)
class Direction:
    """A guest language, and who calls it: contestants grouped by process."""

    guest: str
    title: str
    peer: str
    peer_title: str
    processes: tuple[tuple[str, ...], ...]


# MetaFFI comes first in its process: the floor joins the JVM that it started,
# and Go's guests are chained to what is loaded before them.
DIRECTIONS = (
    Direction("java", "Python → Java", "jpype", "JPype", (("metaffi", "floor"), ("jpype",))),
    Direction("go", "Python → Go", "ctypes", "ctypes", (("metaffi", "floor", "ctypes"),)),
)


def subjects(guest: str, names: tuple[str, ...], built: Path) -> dict[str, list[Subject]]:
    """Loads the contestants; the result is by scenario."""
    loaded = {name: getattr(contestants, f"{name}_{guest}")(built) for name in names}
    return {
        scenario.name: [
            Subject(name, scenario, entries[scenario.name], entries["calls"][0])
            for name, entries in loaded.items()
        ]
        for scenario in SCENARIOS
    }


def _interleaved(turns: list[Subject], batches: int) -> Times:
    times: Times = {subject.name: [] for subject in turns}
    gc.collect()
    gc.disable()
    for _ in range(batches):
        for subject in turns:
            times[subject.name].append(subject.batch())
    gc.enable()
    return times


def _serve(pipe: Connection, guest: str, names: tuple[str, ...], built: Path) -> None:
    try:
        by_scenario = subjects(guest, names, built)
        for turns in by_scenario.values():
            for subject in turns:
                subject.prepare()
        pipe.send(None)
        while order := pipe.recv():
            scenario, batches = order
            pipe.send(_interleaved(by_scenario[scenario], batches))
    except Exception:
        pipe.send(traceback.format_exc())
        raise


class Process:
    """Drives one such process from outside."""

    def __init__(self, guest: str, names: tuple[str, ...], built: Path) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.names = names
        self.pipe, theirs = spawn.Pipe()
        self.child = spawn.Process(target=_serve, args=(theirs, guest, names, built))
        self.child.start()
        theirs.close()
        self._answer()

    def measure(self, scenario: str, batches: int) -> Times:
        """One turn of each contestant, `batches` times."""
        self.pipe.send((scenario, batches))
        return self._answer()

    def close(self) -> None:
        """Ends the process, which must end well."""
        self.pipe.send(None)
        self.child.join()
        if self.child.exitcode:
            raise SystemExit(f"the process of {self.names} ended with {self.child.exitcode}")

    def _answer(self) -> Any:
        try:
            answer = self.pipe.recv()
        except EOFError:
            self.child.join()
            raise SystemExit(f"the process of {self.names} died ({self.child.exitcode})") from None
        if isinstance(answer, str):
            raise SystemExit(f"in the process of {self.names}:\n{answer}")
        return answer
