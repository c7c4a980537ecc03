"""The first call: its cost from nothing, in time and memory, in separate processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter_ns

from .. import machine
from ..host import Host
from ..report import markdown
from .section import Section

RUNS = 5
STAGES = ("import", "runtime", "module", "first call")
TEXT = """\
The median of {runs} fresh processes: milliseconds from a running interpreter or JVM to the first \
result of `int64 → int64`, including the loading of the function, and how much more memory the \
process has then (PSS: a page that several processes share counts in part). Jep and MetaFFI start \
CPython in the JVM; JPype and MetaFFI start a JVM in CPython."""

PYTHON = {
    "Python → Java, MetaFFI": ("metaffi", "java"),
    "Python → Java, JPype": ("jpype", "java"),
    "Python → Go, MetaFFI": ("metaffi", "go"),
    "Python → Go, ctypes": ("ctypes", "go"),
}
JAVA = {
    "Java → Python, MetaFFI": ("metaffi", "python"),
    "Java → Python, Jep": ("jep", "python"),
    "Java → Go, MetaFFI": ("metaffi", "go"),
}


def section(built: Path) -> Section:
    """Measures Python and Java as hosts."""
    print("    start-up", file=sys.stderr)
    rows = [_row(title, lambda of=of: _of_python(built, *of)) for title, of in PYTHON.items()]
    for title, (contestant, guest) in JAVA.items():
        if contestant != "jep" or machine.jep():
            rows.append(_row(title, lambda of=(contestant, guest): _of_java(built, *of)))
    names = ["ms", *STAGES, "in all", "MB"]
    return Section("Start-up", TEXT.format(runs=RUNS), [markdown(names, rows)])


def _row(title: str, run: Callable[[], list[float]]) -> list[str]:
    runs = [run() for _ in range(RUNS)]
    *stages, memory = (median(of) for of in zip(*runs, strict=True))
    cells = [f"{ns / 1e6:,.1f}" for ns in (*stages, sum(stages))]
    return [title, *cells, f"{memory / (1 << 20):,.1f}"]


def _of_python(built: Path, contestant: str, guest: str) -> list[float]:
    command = [sys.executable, "-m", "measure.growth.startup", str(built), contestant, guest]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def _of_java(built: Path, contestant: str, guest: str) -> list[float]:
    return json.loads(Host.once("java", built, guest, contestant, main="Startup"))


# In the process: what ends each stage.


def _metaffi(built: Path, guest: str) -> list[Callable[[], object]]:
    def module() -> object:
        of = {"java": "bench.jar", "go": "bench_MetaFFIGuest"}[guest]
        return steps[-1].load_module(str(built / of))

    def call() -> object:
        from metaffi import MetaFFITypes, metaffi_type_info

        path = {"java": "class=bench.Bench,callable=echo", "go": "callable=Echo"}[guest]
        int64 = [metaffi_type_info(MetaFFITypes.metaffi_int64_type)]
        return steps[-1].load_entity(path, int64, int64)(1)

    def runtime() -> object:
        of = steps[-1].MetaFFIRuntime({"java": "openjdk"}.get(guest, guest))
        of.load_runtime_plugin()
        return of

    steps: list = []
    return _chained(steps, [lambda: __import__("metaffi"), runtime, module, call])


def _jpype(built: Path, _: str) -> list[Callable[[], object]]:
    steps: list = []
    return _chained(
        steps,
        [
            lambda: __import__("jpype"),
            lambda: steps[-1].startJVM(classpath=[str(built / "bench.jar")]),
            lambda: steps[0].JClass("bench.Bench"),
            lambda: steps[-1].echo(1),
        ],
    )


def _ctypes(built: Path, _: str) -> list[Callable[[], object]]:
    def call() -> object:
        echo = steps[-1].PlainEcho
        echo.restype, echo.argtypes = steps[0].c_longlong, [steps[0].c_longlong]
        return echo(1)

    steps: list = []
    return _chained(
        steps,
        [
            lambda: __import__("ctypes"),
            lambda: None,
            lambda: steps[0].CDLL(str(built / "libbench_native.so")),
            call,
        ],
    )


def _chained(steps: list, stages: list[Callable[[], object]]) -> list[Callable[[], object]]:
    """Each stage finds the results of those before it in `steps`."""
    return [lambda stage=stage: steps.append(stage()) for stage in stages]


def _memory() -> int:
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise SystemExit("the system does not report the memory of the process")


def main() -> None:
    """Run the stages once, and print their nanoseconds and the memory."""
    built, contestant, guest = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    stages = {"metaffi": _metaffi, "jpype": _jpype, "ctypes": _ctypes}[contestant](built, guest)
    before, times = _memory(), []
    for stage in stages:
        start = perf_counter_ns()
        stage()
        times.append(perf_counter_ns() - start)
    print(json.dumps([*times, _memory() - before]), flush=True)
    os._exit(0)  # the time to end the process is not measured


if __name__ == "__main__":
    main()
