"""Many loaded entities: the cost of loading each, and of calling all of them in turn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter_ns
from typing import Any

from ..host import Host
from ..report import markdown
from .alone import alone
from .section import TITLES, Chart, Line, Panel, Section

COUNTS = (1, 10, 100, 1_000, 10_000)
BATCH_NS = 20_000_000
WARM_UP_NS = 500_000_000
TURNS = 5
IN_CLASS = 100
IN_GO = 1_000
TEXT = """\
`int64 → int64`, for up to 10,000 functions: in Java 100 classes of 100 methods, in Python one \
module, in Go 1,000 functions that are each loaded ten times. The first table is what loading one \
more takes, in µs (the median of those loaded since the column before); the second is nanoseconds \
per call when all loaded functions are called in turns. With more functions less of each is in the \
processor's caches, for every contestant. JPype and ctypes look a method up by its name; ctypes \
loads one function again and again."""

Figures = dict[int, tuple[float, float]]
"""Nanoseconds to load one, and to call one, by the number of loaded entities."""


def section(built: Path) -> Section:
    """Measures Rust and the peers' host."""
    modules = _modules(built / "many")
    rows: list[tuple[str, str, Figures]] = []
    for guest, title in (("java", "Java"), ("go", "Go"), ("python", "Python")):
        rows.append((f"Rust → {title}", "metaffi", _of_rust(built, guest, modules[guest])))
    for guest, title, peer in (("java", "Java", "jpype"), ("go", "Go", "ctypes")):
        for contestant in ("metaffi", peer):
            figures = alone(_of_python, contestant, guest, str(modules[guest]), str(built))
            rows.append((f"Python → {title}", contestant, figures))
    return Section("Loaded entities", TEXT, [_table(rows, 0), _table(rows, 1)], [_chart(rows)])


def _table(rows: list[tuple[str, str, Figures]], which: int) -> str:
    what, scale = (("To load one, µs", 1000), ("A call, ns", 1))[which]
    names = [what, *(f"{count:,}" for count in COUNTS)]
    cells = [
        [f"{title}, {TITLES[name]}", *(f"{of[count][which] / scale:,.0f}" for count in COUNTS)]
        for title, name, of in rows
    ]
    return markdown(names, cells)


def _chart(rows: list[tuple[str, str, Figures]]) -> Chart:
    panels: dict[str, Panel] = {}
    for title, name, of in rows:
        line = Line(name, [(count, of[count][1]) for count in COUNTS])
        panels.setdefault(title, Panel(title, [])).lines.append(line)
    about = "A call when 1 to 10,000 entities are loaded and called in turns"
    return Chart("entities", about, "loaded entities", "ns per call", list(panels.values()))


def _modules(folder: Path) -> dict[str, Path]:
    """Build them, if they do not exist."""
    modules = {
        "java": folder / "many.jar",
        "go": folder / "many_MetaFFIGuest",
        "python": folder / "many.py",
    }
    folder.mkdir(exist_ok=True)
    if not modules["python"].exists():
        _make(folder)
        count = COUNTS[-1]
        functions = (
            f"def f{index}(value):\n    return value + {index}\n" for index in range(count)
        )
        modules["python"].write_text("\n\n".join(functions))
    return modules


def _make(folder: Path) -> None:
    functions = (
        f"func F{index}(value int64) int64 {{ return value + {index} }}" for index in range(IN_GO)
    )
    source = folder / "many.go"
    source.write_text("\n\n".join(["package main", *functions]) + "\n")
    _run(["metaffi", "-c", "--idl", str(source), "-g", "-o", str(folder)])
    sources, classes = folder / "many", folder / "classes"
    sources.mkdir(exist_ok=True)
    for index in range(COUNTS[-1] // IN_CLASS):
        methods = "".join(
            f"public static long f{method}(long v) {{ return v + {index * IN_CLASS + method}; }}\n"
            for method in range(IN_CLASS)
        )
        text = f"package many;\npublic final class Many{index} {{\n{methods}}}\n"
        (sources / f"Many{index}.java").write_text(text)
    tools = Path(os.environ["JAVA_HOME"], "bin")
    names = map(str, sorted(sources.glob("*.java")))
    _run([str(tools / "javac"), "--release", "11", "-Xlint:-options", "-d", str(classes), *names])
    jar = str(folder / "many.jar")
    _run([str(tools / "jar"), "--create", "--file", jar, "-C", str(classes), "."])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _of_rust(built: Path, guest: str, module: Path) -> Figures:
    print(f"    Rust → {guest}: entities", file=sys.stderr)
    answer = json.loads(Host.once("rust", built, guest, "--entities", str(module)))
    return {count: (load, call) for count, load, call in answer}


def _of_python(contestant: str, guest: str, module: str, built: str) -> Figures:
    print(f"    Python → {guest}: entities, {contestant}", file=sys.stderr)
    load = _LOADERS[contestant](guest, module, built)
    loaded: list[Callable[[int], int]] = []
    figures: Figures = {}
    for count in COUNTS:
        times = []
        for index in range(len(loaded), count):
            start = perf_counter_ns()
            loaded.append(load(index))
            times.append(perf_counter_ns() - start)
        figures[count] = median(times), _in_turns(loaded)
    return figures


def _in_turns(functions: list[Callable[[int], int]]) -> float:
    """Nanoseconds per call."""
    spent, ns = 0, 1
    while spent < WARM_UP_NS:
        ns = _all(functions)
        spent += ns
    again = max(1, BATCH_NS // ns)
    batches = [sum(_all(functions) for _ in range(again)) for _ in range(TURNS)]
    return median(batches) / again / len(functions)


def _all(functions: list[Callable[[int], int]]) -> int:
    start = perf_counter_ns()
    for function in functions:
        function(1)
    return perf_counter_ns() - start


def _metaffi(guest: str, module: str, _: str) -> Callable[[int], Callable[[int], int]]:
    from metaffi import MetaFFIRuntime, MetaFFITypes, metaffi_type_info

    runtime = {"java": "openjdk"}.get(guest, guest)
    of = MetaFFIRuntime(runtime).load_module(module)
    int64 = [metaffi_type_info(MetaFFITypes.metaffi_int64_type)]
    path = _java_path if guest == "java" else _go_path
    return lambda index: of.load_entity(path(index), int64, int64)


def _java_path(index: int) -> str:
    return f"class=many.Many{index // IN_CLASS},callable=f{index % IN_CLASS}"


def _go_path(index: int) -> str:
    return f"callable=F{index % IN_GO}"


def _jpype(_: str, module: str, __: str) -> Callable[[int], Callable[[int], int]]:
    import jpype

    jpype.startJVM(classpath=[module])

    def load(index: int) -> Any:
        return getattr(jpype.JClass(f"many.Many{index // IN_CLASS}"), f"f{index % IN_CLASS}")

    return load


def _ctypes(_: str, __: str, built: str) -> Callable[[int], Callable[[int], int]]:
    from ctypes import CDLL, c_longlong

    library = CDLL(str(Path(built, "libbench_native.so")))

    def load(_: int) -> Any:
        function = library["PlainEcho"]
        function.restype, function.argtypes = c_longlong, [c_longlong]
        return function

    return load


_LOADERS = {"metaffi": _metaffi, "jpype": _jpype, "ctypes": _ctypes}
