"""Long arguments: the cost of an array element, and of text and bytes, passed and returned."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter_ns
from typing import Any

import numpy

from .. import contestants
from ..host import Host
from ..report import markdown
from .alone import alone
from .section import TITLES, Chart, Line, Panel, Section

TURNS = 5
BATCH_NS = 5_000_000
AT_ONCE = 1 << 26
"""Bytes of arguments that are created before a batch, at least one argument."""

LETTERS = {"a": "ASCII", "ü": "ü", "日": "CJK"}
"""What a text consists of, and its title."""
BYTES = (64, 1 << 10, 1 << 14, 1 << 18, 1 << 22, 1 << 26)
ELEMENTS = (10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)

TEXTS = """\
One function returns its argument. Figures are megabytes of UTF-8, or of bytes, divided by the \
time of the whole call, there and back (texts of "a", of "ü" with two bytes, of "日" with three); \
in parentheses the part of the floor's throughput. A Python host passes a new string in each call, \
because Python keeps the UTF-8 of a string once it was asked for. Aim: at least 1 GB/s. Memory for \
64 MB comes from the system page by page in every call: "CPython alone" is what \
`text.encode().decode()`, or two copies of the bytes, take by the same measure."""

ARRAYS = """\
The sum of 10 to 10,000,000 int64 from Python: nanoseconds per element for the whole call, and in \
parentheses the multiple of the floor. Java's array is always a copy; Go borrows the memory of \
numpy arrays."""


@dataclass(frozen=True)
class Kind:
    """A scenario whose argument grows."""

    scenario: str
    title: str
    sizes: tuple[int, ...]
    make: Callable[[int], Any]
    """A new argument with that size."""


def _text(letter: str) -> Callable[[int], str]:
    return lambda size: letter * (size // len(letter.encode()))


ARRAY_KINDS = (
    Kind("numpy", "numpy", ELEMENTS, lambda n: numpy.arange(n, dtype=numpy.int64)),
    Kind("list", "list", ELEMENTS, lambda n: list(range(n))),
)
TEXT_KINDS = (
    *(Kind("string", name, BYTES, _text(letter)) for letter, name in LETTERS.items()),
    Kind("bytes", "bytes", BYTES, lambda size: b"x" * size),
)
GUESTS = {"java": (("metaffi", "floor"), ("jpype",)), "go": (("metaffi", "floor", "ctypes"),)}
NAMES = {"java": "Java", "go": "Go", "python": "Python"}

Figures = dict[int, dict[str, list[float]]]
"""Nanoseconds per call of each turn, by size and contestant."""


def sections(built: Path) -> list[Section]:
    """Elements, and text."""
    arrays, texts = {}, {}
    for guest, processes in GUESTS.items():
        merged: dict[str, Figures] = {}
        for names in processes:
            print(f"    Python → {guest}: sizes, {' and '.join(names)}", file=sys.stderr)
            for title, figures in alone(_measure, guest, names, built).items():
                for size, times in figures.items():
                    merged.setdefault(title, {}).setdefault(size, {}).update(times)
        for kind in ARRAY_KINDS:
            arrays[f"Python → {NAMES[guest]}: {kind.title}"] = merged[kind.title]
        for kind in TEXT_KINDS:
            texts[f"Python → {NAMES[guest]}: {kind.title}"] = merged[kind.title]
    for guest, title in NAMES.items():
        for letter, figures in _of_rust(built, guest).items():
            texts[f"Rust → {title}: {LETTERS[letter]}"] = figures
    return [_elements(arrays), _texts(texts)]


def _of_rust(built: Path, guest: str) -> dict[str, Figures]:
    print(f"    Rust → {guest}: texts", file=sys.stderr)
    answer = json.loads(Host.once("rust", built, guest, "--texts", *LETTERS))
    return {
        letter: {int(size): times for size, times in figures.items()}
        for letter, figures in answer.items()
    }


def _measure(guest: str, names: tuple[str, ...], built: Path) -> dict[str, Figures]:
    """By kind."""
    loaded = {name: getattr(contestants, f"{name}_{guest}")(built) for name in names}
    return {
        kind.title: {size: _turns(kind, size, loaded) for size in kind.sizes}
        for kind in (*ARRAY_KINDS, *TEXT_KINDS)
    }


def _turns(kind: Kind, size: int, loaded: dict[str, dict[str, tuple]]) -> dict[str, list[float]]:
    calls = {name: of[kind.scenario][0] for name, of in loaded.items() if kind.scenario in of}
    expected = kind.make(size)
    if kind in ARRAY_KINDS:
        expected = int(sum(range(size)))
    count = {name: _enough(kind, size, call, expected) for name, call in calls.items()}
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(TURNS):
        for name, call in calls.items():
            times[name].append(_batch(kind, size, call, count[name]))
    return times


def _enough(kind: Kind, size: int, call: Callable[[Any], Any], expected: object) -> int:
    """The number of calls in a batch; the first one proves that the call is right."""
    if call(kind.make(size)) != expected:
        raise AssertionError(f"{kind.title} of {size}: the result differs")
    _batch(kind, size, call, 100 if size < 10_000 else 1)
    ns = _batch(kind, size, call, 1)
    return int(max(1, min(BATCH_NS // ns, AT_ONCE // (size + 64))))


def _batch(kind: Kind, size: int, call: Callable[[Any], Any], count: int) -> float:
    """Nanoseconds per call."""
    if kind in ARRAY_KINDS:
        arguments = [kind.make(size)] * count
    else:
        arguments = [kind.make(size) for _ in range(count)]
    start = perf_counter_ns()
    for argument in arguments:
        result = call(argument)
    ns = perf_counter_ns() - start
    del result
    return ns / count


def _elements(measured: dict[str, Figures]) -> Section:
    names = ["ns per element", *(f"{size:,}" for size in ELEMENTS)]
    rows = []
    for title, figures in measured.items():
        for name in figures[ELEMENTS[0]]:
            cells = [
                f"{median(figures[size][name]) / size:,.2f}{_of_floor(figures[size], name)}"
                for size in ELEMENTS
            ]
            rows.append([f"{title}, {TITLES[name]}", *cells])
    panels = [
        Panel(
            title,
            [
                Line(name, [(size, median(figures[size][name]) / size) for size in ELEMENTS])
                for name in figures[ELEMENTS[0]]
            ],
        )
        for title, figures in measured.items()
    ]
    about = "Nanoseconds per element of arrays of 10 to 10,000,000"
    chart = Chart("elements", about, "elements", "ns per element", panels, log_y=True)
    return Section("Elements", ARRAYS, [markdown(names, rows)], [chart])


def _of_floor(times: dict[str, list[float]], name: str) -> str:
    """The multiple of the floor, in parentheses."""
    if name == "floor" or "floor" not in times:
        return ""
    pairs = zip(times[name], times["floor"], strict=True)
    return f" ({median(own / floor for own, floor in pairs):.2f})"


def _texts(measured: dict[str, Figures]) -> Section:
    names = ["MB/s there and back", *map(_readable, BYTES)]
    rows, panels = [], []
    for title, figures in measured.items():
        rates = {name: [_rate(figures, size, name) for size in BYTES] for name in figures[BYTES[0]]}
        for name, cells in rates.items():
            ratios = [_times_floor(figures[size], name) for size in BYTES]
            shown = [f"{rate:,.0f}{of}" for rate, of in zip(cells, ratios, strict=True)]
            rows.append([f"{title}, {TITLES[name]}", *shown])
        lines = [
            Line(name, list(zip(map(float, BYTES), cells, strict=True)))
            for name, cells in rates.items()
        ]
        panels.append(Panel(title, lines))
    for kind in TEXT_KINDS:
        rows.append([f"CPython alone: {kind.title}", *(f"{_alone(kind, n):,.0f}" for n in BYTES)])
    about = "Throughput of text and bytes of 64 B to 64 MB"
    chart = Chart("texts", about, "bytes", "MB/s there and back", panels, log_y=True)
    return Section("Text and bytes", TEXTS, [markdown(names, rows)], [chart])


def _rate(figures: Figures, size: int, name: str) -> float:
    return size * 1000 / median(figures[size][name])


def _times_floor(times: dict[str, list[float]], name: str) -> str:
    if name == "floor" or "floor" not in times:
        return ""
    pairs = zip(times[name], times["floor"], strict=True)
    return f" ({median(floor / own for own, floor in pairs):.2f})"


def _alone(kind: Kind, size: int) -> float:
    def two_copies(value: Any) -> Any:
        if isinstance(value, str):
            return value.encode().decode()
        return bytearray(bytearray(value))

    count = _enough(kind, size, two_copies, kind.make(size))
    return size * 1000 / median(_batch(kind, size, two_copies, count) for _ in range(TURNS))


def _readable(size: int) -> str:
    for unit, name in ((1 << 20, "MB"), (1 << 10, "KB")):
        if size >= unit:
            return f"{size // unit} {name}"
    return f"{size} B"
