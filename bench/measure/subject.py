"""One contestant in one scenario: timed in batches, with its results verified."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from threading import Event
from time import perf_counter_ns
from typing import Any

from .scenarios import LUCK, Scenario

BATCH_NS = 1_000_000
WARM_UP_CALLS = 20_000
WARM_UP_NS = 300_000_000
SHARED = 40
"""The number of batches that threads share."""

# The loops time the call as a program pays for it, and nothing else.


def _no_argument(call: Callable[..., Any], n: int) -> tuple[int, Any]:
    result, times = None, repeat(None, n)
    start = perf_counter_ns()
    for _ in times:
        result = call()
    return perf_counter_ns() - start, result


def _one_argument(call: Callable[..., Any], n: int, arg: Any) -> tuple[int, Any]:
    result, times = None, repeat(None, n)
    start = perf_counter_ns()
    for _ in times:
        result = call(arg)
    return perf_counter_ns() - start, result


def _two_arguments(call: Callable[..., Any], n: int, one: Any, two: Any) -> tuple[int, Any]:
    result, times = None, repeat(None, n)
    start = perf_counter_ns()
    for _ in times:
        result = call(one, two)
    return perf_counter_ns() - start, result


def _failing(call: Callable[..., Any], n: int, raises: type[Exception]) -> tuple[int, Any]:
    failed, times = 0, repeat(None, n)
    start = perf_counter_ns()
    for _ in times:
        try:
            call()
        except raises:
            failed += 1
    return perf_counter_ns() - start, failed


class Subject:
    """What is timed. `calls` returns how often the guest's `nothing` ran.

    `entry` is the callable, and what it needs besides the scenario's arguments:
    the object, or the type of the error that is expected.
    """

    def __init__(
        self, name: str, scenario: Scenario, entry: tuple, calls: Callable[[], int]
    ) -> None:
        self.name = name
        self.scenario = scenario
        self.call, *own = entry
        self.args = (*own, *scenario.args)
        self.calls = calls
        self.count = 0
        self.size = 0  # until it is prepared
        self.loop: Callable[..., tuple[int, Any]]
        if scenario.kind == "error":
            self.loop = _failing
        else:
            self.loop = (_no_argument, _one_argument, _two_arguments)[len(self.args)]

    def prepare(self) -> None:
        """Check the limits, warm up, and determine the size of a batch, unless that has
        been done."""
        if self.size:
            return
        self.size = 1
        for value in self.scenario.limits:
            self._require(self.call(value) == value, f"{value!r} came back changed")
        if self.scenario.kind == "error":
            self._require(LUCK in self._message(), "the message got lost")
        done = spent = 0
        while done < WARM_UP_CALLS and spent < WARM_UP_NS:
            ns = self._batch()
            done, spent = done + self.size, spent + ns
            if ns < BATCH_NS / 2:
                self.size *= 2

    def batch(self) -> float:
        """Nanoseconds per call of one batch."""
        return self._batch() / self.size

    def at_once(self, threads: int) -> float:
        """Nanoseconds per call of batches that several threads share."""
        n = self.size * SHARED // threads
        with ThreadPoolExecutor(threads) as pool:
            start = Event()

            def share() -> Any:
                start.wait()
                return self.loop(self.call, n, *self.args)[1]

            called = [pool.submit(share) for _ in range(threads)]
            began = perf_counter_ns()
            start.set()
            results = [one.result() for one in called]
            ns = perf_counter_ns() - began
        right = all(result == self.scenario.expected for result in results)
        self._require(right, "a thread's calls went wrong")
        return ns / (n * threads)

    def _batch(self) -> int:
        before = self.calls()
        ns, result = self.loop(self.call, self.size, *self.args)
        self._verify(before, result)
        return ns

    def _verify(self, before: int, result: Any) -> None:
        kind, n = self.scenario.kind, self.size
        if kind == "number":
            ran = self.calls() - before
            self._require(result is None and ran == n, f"{ran} of {n} calls ran")
        elif kind == "count":
            ran, self.count = result - self.count, result
            self._require(ran == n, f"{ran} of {n} calls ran")
        elif kind == "error":
            self._require(result == n, f"{result} of {n} calls failed")
        elif kind == "same":
            self._require(result == self.args[0], "the result is not the same")
        else:
            self._require(result == self.scenario.expected, f"returned {result!r}")

    def _message(self) -> str:
        try:
            self.call()
        except self.args[0] as error:
            return str(error)
        return ""

    def _require(self, holds: bool, what: str) -> None:
        if not holds:
            raise AssertionError(f"{self.name}, {self.scenario.name}: {what}")
