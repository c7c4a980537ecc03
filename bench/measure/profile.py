"""Where the time of one scenario goes: samples by library and function.

Needs `perf`. Each contestant of MetaFFI's process is sampled on its own, while
nothing but its loop runs.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .directions import BY_NAME, Direction
from .host import Host
from .process import Process

SECONDS = 4
RECORD = ("record", "-q", "-e", "cpu-clock", "-F", "4999")


def run(built: Path, direction_name: str, scenario: str) -> None:
    """Prints the profile of each contestant."""
    perf = shutil.which("perf")
    if perf is None:
        raise SystemExit(
            "perf is missing: install it (Debian: linux-perf, Ubuntu: linux-tools-generic)"
        )
    # Otherwise a JVM that leaves signals alone does not answer jcmd.
    os.environ["JAVA_TOOL_OPTIONS"] = "-XX:+StartAttachListener"
    direction = BY_NAME[direction_name]
    process = _process(direction, built)
    for name in direction.processes[0]:
        samples = str(built / f"{direction.host}-{direction.guest}-{scenario}-{name}.perf")
        ns = _sample(perf, process, scenario, name, samples)
        if "java" in (direction.host, direction.guest):
            _name_compiled_java(process.pid)
        print(f"\n{direction.title}, {scenario}, {name}: {ns:,.0f} ns sampled\n")
        print(_top(perf, samples, "dso", 6))
        print(_top(perf, samples, "dso,symbol", 25))
    process.close()


def _process(direction: Direction, built: Path) -> Process | Host:
    kind = Process if direction.host == "python" else Host
    return kind(direction, direction.processes[0], built)


def _sample(perf: str, process: Process | Host, scenario: str, name: str, into: str) -> float:
    process.measure(scenario, 50, name)
    command = [perf, *RECORD, "-p", str(process.pid), "-o", into]
    sampler = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    times, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        times += process.measure(scenario, 100, name)[name]
    sampler.send_signal(signal.SIGINT)
    sampler.wait()
    return sum(times) / len(times)


def _name_compiled_java(pid: int) -> None:
    """Make the JVM write where it put compiled code; `perf` reads that."""
    jcmd = os.path.join(os.environ["JAVA_HOME"], "bin", "jcmd")
    command = [jcmd, str(pid), "Compiler.perfmap"]
    subprocess.run(command, capture_output=True, check=False)


def _top(perf: str, samples: str, by: str, lines: int) -> str:
    command = [perf, "report", "-i", samples, "--stdio", "--fields", f"overhead,{by}"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [row.rstrip() for row in listed.splitlines() if row and row[0] != "#"]
    return "\n".join(rows[:lines]) + "\n"
