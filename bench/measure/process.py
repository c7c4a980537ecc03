"""A process in which some contestants of a Python host live.

It waits while another one measures.
"""

from __future__ import annotations

import gc
import multiprocessing
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from . import contestants
from .directions import Direction
from .figures import Times
from .scenarios import PYTHON
from .subject import Subject


def subjects(guest: str, names: tuple[str, ...], built: Path) -> dict[str, list[Subject]]:
    """Load the contestants, by scenario."""
    loaded = {name: getattr(contestants, f"{name}_{guest}")(built) for name in names}
    return {
        scenario.name: [
            Subject(name, scenario, entries[scenario.name], entries["calls"][0])
            for name, entries in loaded.items()
            if scenario.name in entries
        ]
        for scenario in PYTHON
    }


def _interleaved(turns: list[Subject], batches: int, threads: int) -> Times:
    times: Times = {subject.name: [] for subject in turns}
    for subject in turns:
        subject.prepare()
    gc.collect()
    gc.disable()
    for _ in range(batches):
        for subject in turns:
            ns = subject.at_once(threads) if threads else subject.batch()
            times[subject.name].append(ns)
    gc.enable()
    return times


def _serve(pipe: Connection, guest: str, names: tuple[str, ...], built: Path) -> None:
    try:
        by_scenario = subjects(guest, names, built)
        pipe.send(None)
        while order := pipe.recv():
            scenario, batches, only, threads = order
            turns = [turn for turn in by_scenario[scenario] if only in ("", turn.name)]
            pipe.send(_interleaved(turns, batches, threads))
    except Exception:
        pipe.send(traceback.format_exc())
        raise


class Process:
    """Drives such a process from outside."""

    def __init__(self, direction: Direction, names: tuple[str, ...], built: Path) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.names = names
        self.pipe, theirs = spawn.Pipe()
        self.child = spawn.Process(
            target=_serve, args=(theirs, direction.guest, names, built), daemon=True
        )
        self.child.start()
        theirs.close()
        self._answer()

    @property
    def pid(self) -> int:
        return self.child.pid or 0

    def measure(self, scenario: str, batches: int, only: str = "", threads: int = 0) -> Times:
        """One turn of each contestant, `batches` times, or of threads that share the batches."""
        self.pipe.send((scenario, batches, only, threads))
        return self._answer()

    def close(self) -> None:
        """End the process, which has to succeed."""
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
