"""`python -m measure.natural BUILT`: what objects of Java cost that are used by their names."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from . import page
from .report import markdown

TITLE = "## By names"

HEAD = """\
Java objects that Python uses by name, compared with loaded entities with declared types, and with \
JPype {jpype}. Each contestant runs in a process of its own, in turns; figures are the median of \
{rounds} rounds. The classes are the JDK's. Aim: a method of an `int64` takes at most {aim:.0f} \
times the entity."""

AIM = 2.0

ROWS = {
    "method": "method of an `int64`",
    "object": "method that returns an object",
    "field": "field",
    "iterate": "iterate over a list of 10,000 numbers",
    "to_map": "`HashMap(dict)` of 1,000",
    "from_map": "`dict(HashMap)` of 1,000",
    "objects": "`list` of 1,000 objects",
    "callback": "sort 1,000 by a `Comparator` in Python",
}

CONTESTANTS = {"natural": "by names", "entity": "entity", "jpype": "JPype"}
Work = dict[str, tuple[Callable[[], Any], int]]
"""What is done in each row, and how often in one round."""


class _Order:
    def compare(self, one: Any, other: Any) -> int:
        return int(one) - int(other)


def _work(java: Callable[[str], Any], comparator: Any) -> Work:
    counter, point = java("java.util.concurrent.atomic.AtomicLong")(1), java("java.awt.Point")(1, 2)
    array_list, hash_map = java("java.util.ArrayList"), java("java.util.HashMap")
    numbers = array_list(list(range(10_000)))
    entries = {str(number): number for number in range(1000)}
    of_entries = hash_map(entries)
    points = array_list([java("java.awt.Point")(1, number) for number in range(1000)])
    shuffled = [number * 7919 % 1000 for number in range(1000)]
    return {
        "method": (lambda: counter.addAndGet(1), 20_000),
        "object": (lambda: point.getLocation(), 10_000),
        "field": (lambda: point.x, 20_000),
        "iterate": (lambda: sum(1 for _ in numbers), 3),
        "to_map": (lambda: hash_map(entries), 5),
        "from_map": (lambda: dict(of_entries), 5),
        "objects": (lambda: list(points), 5),
        "callback": (lambda: array_list(shuffled).sort(comparator), 3),
    }


def _natural() -> Work:
    from metaffi import MetaFFIRuntime

    module = MetaFFIRuntime("openjdk").load_module("")
    return _work(lambda name: module[name], _Order())


def _entity() -> Work:
    from metaffi import MetaFFIRuntime, MetaFFITypes

    module = MetaFFIRuntime("openjdk").load_module("")
    handle, int64 = MetaFFITypes.metaffi_handle_type, MetaFFITypes.metaffi_int64_type
    int32 = MetaFFITypes.metaffi_int32_type

    def load(path: str, params: list[MetaFFITypes], results: list[MetaFFITypes]) -> Any:
        return module.load_entity(path, params, results)

    atomic = "class=java.util.concurrent.atomic.AtomicLong"
    counter = load(f"{atomic},callable=<init>", [int64], [handle])(1)
    add = load(f"{atomic},callable=addAndGet,instance_required", [handle, int64], [int64])
    point = load("class=java.awt.Point,callable=<init>", [int32, int32], [handle])(1, 2)
    location = load(
        "class=java.awt.Point,callable=getLocation,instance_required", [handle], [handle]
    )
    x = load("class=java.awt.Point,field=x,getter,instance_required", [handle], [int32])
    return {
        "method": (lambda: add(counter, 1), 20_000),
        "object": (lambda: location(point), 10_000),
        "field": (lambda: x(point), 20_000),
    }


def _jpype() -> Work:
    import jpype

    jpype.startJVM()
    order = jpype.JProxy("java.util.Comparator", inst=_Order())
    return _work(jpype.JClass, order)


def _serve(contestant: str) -> None:
    """Answers each line with the nanoseconds of every row."""
    work = {"natural": _natural, "entity": _entity, "jpype": _jpype}[contestant]()
    for _ in sys.stdin:
        took = {}
        for name, (run, count) in work.items():
            run()
            start = perf_counter()
            for _ in range(count):
                run()
            took[name] = (perf_counter() - start) / count * 1e9
        print(json.dumps(took), flush=True)


def _measured(rounds: int) -> dict[str, dict[str, float]]:
    """The medians, by contestant and row."""
    processes = {
        name: subprocess.Popen(
            [sys.executable, "-m", "measure.natural", "--serve", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in CONTESTANTS
    }
    found: dict[str, list[dict[str, float]]] = {name: [] for name in CONTESTANTS}
    for number in range(rounds + 2):
        for name, process in processes.items():
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write("\n")
            process.stdin.flush()
            took = json.loads(process.stdout.readline())
            if number > 1:
                found[name].append(took)
    for process in processes.values():
        process.communicate()
    return {
        name: {row: median(one[row] for one in runs) for row in runs[0]}
        for name, runs in found.items()
    }


def _rows(found: dict[str, dict[str, float]]) -> list[list[str]]:
    rows = []
    for row, title in ROWS.items():
        natural = found["natural"][row]
        figures = [f"{found[name][row]:,.0f}" if row in found[name] else "" for name in CONTESTANTS]
        entity = f"{natural / found['entity'][row]:.2f}" if row in found["entity"] else ""
        missed = row == "method" and natural / found["entity"][row] > AIM
        jpype = f"{natural / found['jpype'][row]:.2f}"
        rows.append([title, *figures, entity, jpype, "missed" if missed else ""])
    return rows


def report(rounds: int) -> str:
    """The section of the report that is about objects used by their names."""
    from importlib.metadata import version

    head = HEAD.format(jpype=version("jpype1"), rounds=rounds, aim=AIM)
    names = ["", *(f"{name}, ns" for name in CONTESTANTS.values())]
    table = markdown([*names, "/ entity", "/ JPype", ""], _rows(_measured(rounds)))
    return "\n\n".join([TITLE, head, table]) + "\n"


def main() -> None:
    """Measures, and prints the section."""
    parser = argparse.ArgumentParser(prog="measure.natural")
    parser.add_argument("built", nargs="?", type=Path, help="the folder of the built fixtures")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--page", type=Path, help="the page to put the section into")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        _serve(options.serve)
        return
    section = report(options.rounds)
    print(section)
    if options.page:
        page.put_into(options.page, TITLE, section)


if __name__ == "__main__":
    main()
