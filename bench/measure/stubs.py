"""`python -m measure.stubs BUILT JARS`: what stubs cost to make, to import and to call."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from . import page
from .directions import DIRECTIONS, Direction
from .figures import Figures
from .host import Host
from .process import Process
from .report import markdown
from .scenarios import Scenario, of_host

RUNS = 5
OF_ENTITY = 1.15
"""The largest ratio of a call through a Python stub to the same call of the loaded entity."""

OF_FLOOR = {"void": 1.15, "int64": 1.15, "string": 1.3, "object": 1.3}
"""The largest ratio of a call through a stub of the other hosts to the floor, by scenario."""

GENERATE_S, AGAIN_S, GENERATE_MB = 2.0, 0.2, 200
IMPORT_MS, IMPORT_MB = 100, 40
"""The aims for all of guava."""

LIBRARIES = {
    "guava": "guava-33.0.0-jre.jar;failureaccess-1.0.2.jar",
    "jackson-databind": "jackson-databind-2.17.1.jar;jackson-core-2.17.1.jar;"
    "jackson-annotations-2.17.1.jar",
    "lucene-core": "lucene-core-9.10.0.jar",
    "java.util": "java.util",
    "goldmark": "github.com/yuin/goldmark@v1.7.1",
}

HOSTS = ("python3", "openjdk", "go", "rust")

ALL_S, ALL_MB = 5, 500
"""The aims for guava and all hosts at once."""

TITLE = "## Stubs"

HEAD = """\
What `metaffi -c --idl … -h python3` takes, on one processor: the first time (with `--no-cache`), \
and again from the cache. Times are the least of {runs} runs; memory is the most that the process \
and its children had. Import: the CPU time and memory of `import`, in an interpreter that has \
already imported `metaffi`, with the file compiled by Python. Aims for guava: {generate:.0f} s and \
{generate_mb} MB, again {again} s, import {import_ms} ms and {import_mb} MB."""

ALL = """\
Guava for each host, and for all at once, also with `--no-cache`. Java's stubs are compiled and \
packed, too. Aims for all four together: {seconds} s and {megabytes} MB."""

CALLS = """\
A call through a stub, compared with the same call of the loaded entity (which the tables above \
measure) and with the floor, in turns in one process. Aims: from Python {of_entity} times the \
entity; from the others {of_floor[void]} times the floor for scalars, and {of_floor[string]} times \
for text and methods."""

IMPORT = """
import os, sys, time
import metaffi.stubs
def memory():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
before, start = memory(), time.process_time()
__import__(sys.argv[1])
print(time.process_time() - start, memory() - before)
"""


@dataclass
class Made:
    """The cost of generating and importing the stubs of one library."""

    name: str
    first: float
    again: float
    memory: float
    lines: int
    import_cpu: float
    import_memory: float

    def row(self) -> list[str]:
        """The figures as cells of a table."""
        return [
            self.name,
            f"{self.first:.2f}",
            f"{self.again:.2f}",
            f"{self.memory:.0f}",
            f"{self.lines:,}",
            f"{self.import_cpu * 1000:.0f}",
            f"{self.import_memory:.1f}",
        ]


def _run(command: list[str], folder: Path, cache: Path) -> tuple[float, float]:
    """Seconds, and the maximum of megabytes."""
    start = perf_counter()
    env = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    env.pop("PYTHONPATH", None)  # this benchmark's own folders are not modules
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(child.pid, 0)
    took = perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command} ended with {child.returncode}")
    return took, usage.ru_maxrss / 1024


def _make(name: str, source: str, jars: Path, out: Path) -> Made:
    command = ["metaffi", "-c", "--idl", source, "-h", "python3", "-o", str(out)]
    cache = out / "cache"
    anew = [_run([*command, "--no-cache"], jars, cache) for _ in range(RUNS)]
    again = [_run(command, jars, cache)[0] for _ in range(RUNS + 1)][1:]
    (stubs,) = out.glob("*_MetaFFIHost.py")
    cpu, memory = _import(stubs)
    return Made(
        name,
        min(took for took, _ in anew),
        min(again),
        max(memory for _, memory in anew),
        stubs.read_text().count("\n"),
        cpu,
        memory,
    )


def _import(stubs: Path) -> tuple[float, float]:
    """CPU seconds and megabytes of an import, once the file was compiled."""
    command = [sys.executable, "-c", IMPORT, stubs.stem]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    runs = []
    for _ in range(RUNS + 1):
        done = subprocess.run(
            command, cwd=stubs.parent, env=env, capture_output=True, text=True, check=True
        )
        cpu, memory = done.stdout.split()
        runs.append((float(cpu), int(memory) / (1 << 20)))
    return min(cpu for cpu, _ in runs[1:]), median(memory for _, memory in runs[1:])


def _all_made(jars: Path) -> Iterator[Made]:
    for name, source in LIBRARIES.items():
        print(f"    {name}", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            yield _make(name, source, jars, Path(folder))


def _for_hosts(jars: Path) -> Iterator[list[str]]:
    """The cost of guava's stubs for each host, and for all at once."""
    for hosts in (*HOSTS, ",".join(HOSTS)):
        print(f"    guava for {hosts}", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder)
            source = LIBRARIES["guava"]
            command = ["metaffi", "-c", "--idl", source, "-h", hosts, "-o", folder, "--no-cache"]
            runs = [_run(command, jars, out / "cache") for _ in range(RUNS)]
        name = "all four" if "," in hosts else hosts
        took, memory = min(took for took, _ in runs), max(memory for _, memory in runs)
        yield [name, f"{took:.2f}", f"{memory:.0f}"]


def _calls(direction: Direction, built: Path, rounds: int, batches: int) -> list[list[str]]:
    print(f"    {direction.title}, by stubs", file=sys.stderr)
    kind = Process if direction.host == "python" else Host
    process = kind(direction, ("metaffi", "stubs", "floor"), built)
    scenarios = of_host(direction.host)
    figures = {scenario.name: Figures() for scenario in scenarios}
    for number in range(rounds + 1):
        for scenario in scenarios:
            times = process.measure(scenario.name, batches)
            if number:
                figures[scenario.name].rounds.append(times)
    process.close()
    taking_part = [one for one in scenarios if figures[one.name].has("stubs", "floor")]
    return [_call(direction, scenario, figures[scenario.name]) for scenario in taking_part]


def _call(direction: Direction, scenario: Scenario, of: Figures) -> list[str]:
    to, most = _aim(direction.host, scenario.name)
    missed = most and of.ratio("stubs", to) > most
    return [
        f"{direction.title}: {scenario.title}",
        *(f"{of.median(name):,.0f}" for name in ("stubs", "metaffi", "floor")),
        *(f"{of.ratio('stubs', name):.2f}" for name in ("metaffi", "floor")),
        "missed" if missed else "",
    ]


def _aim(host: str, scenario: str) -> tuple[str, float]:
    """What a call through a stub is compared with, and the largest ratio; 0 if there is no aim."""
    if host == "python":
        return "metaffi", OF_ENTITY
    return "floor", OF_FLOOR.get(scenario, 0.0)


def report(built: Path, jars: Path, rounds: int, batches: int) -> str:
    """The section of the report that is about stubs."""
    made = [one.row() for one in _all_made(jars)]
    calls = [row for one in DIRECTIONS for row in _calls(one, built, rounds, batches)]
    head = HEAD.format(
        runs=RUNS,
        generate=GENERATE_S,
        generate_mb=GENERATE_MB,
        again=AGAIN_S,
        import_ms=IMPORT_MS,
        import_mb=IMPORT_MB,
    )
    names = ["Stubs of", "s", "again, s", "MB", "lines", "import, ms", "import, MB"]
    parts = [
        TITLE,
        head,
        markdown(names, made),
        ALL.format(seconds=ALL_S, megabytes=ALL_MB),
        markdown(["guava for", "s", "MB"], _for_hosts(jars)),
        CALLS.format(of_entity=OF_ENTITY, of_floor=OF_FLOOR),
        markdown(
            [
                "Through a stub",
                "stub, ns",
                "entity, ns",
                "floor, ns",
                "stub / entity",
                "stub / floor",
                "",
            ],
            calls,
        ),
    ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Measures, and prints the section."""
    parser = argparse.ArgumentParser(prog="measure.stubs")
    parser.add_argument("built", type=Path, help="the folder of the built fixtures")
    parser.add_argument("jars", type=Path, help="the folder of the libraries")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--batches", type=int, default=15, help="in each round")
    parser.add_argument("--page", type=Path, help="the page to put the section into")
    options = parser.parse_args()
    section = report(
        options.built.resolve(), options.jars.resolve(), options.rounds, options.batches
    )
    print(section)
    if options.page:
        page.put_into(options.page, TITLE, section)


if __name__ == "__main__":
    main()
