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

from .process import DIRECTIONS, subjects
from .subject import Subject

SECONDS = 4
RECORD = ("record", "-q", "-e", "cpu-clock", "-F", "4999")


def run(built: Path, guest: str, scenario: str) -> None:
    """Prints the profile of each contestant."""
    perf = shutil.which("perf")
    if perf is None:
        raise SystemExit(
            "perf is missing: install it (Debian: linux-perf, Ubuntu: linux-tools-generic)"
        )
    # Else a JVM that leaves signals alone does not answer jcmd.
    os.environ["JAVA_TOOL_OPTIONS"] = "-XX:+StartAttachListener"
    direction = next(direction for direction in DIRECTIONS if direction.guest == guest)
    turns = subjects(guest, direction.processes[0], built)[scenario]
    for subject in turns:
        subject.prepare()
        samples = str(built / f"{guest}-{scenario}-{subject.name}.perf")
        ns = _sample(perf, subject, samples)
        if guest == "java":
            _name_compiled_java()
        print(f"\n{direction.title}, {scenario}, {subject.name}: {ns:,.0f} ns sampled\n")
        print(_top(perf, samples, "dso", 6))
        print(_top(perf, samples, "dso,symbol", 25))


def _sample(perf: str, subject: Subject, into: str) -> float:
    command = [perf, *RECORD, "-p", str(os.getpid()), "-o", into]
    sampler = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    times, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        times.append(subject.batch())
    sampler.send_signal(signal.SIGINT)
    sampler.wait()
    return sum(times) / len(times)


def _name_compiled_java() -> None:
    """Lets the JVM write down what it compiled where; `perf` looks for that."""
    jcmd = os.path.join(os.environ["JAVA_HOME"], "bin", "jcmd")
    command = [jcmd, str(os.getpid()), "Compiler.perfmap"]
    subprocess.run(command, capture_output=True, check=False)


def _top(perf: str, samples: str, by: str, lines: int) -> str:
    command = [perf, "report", "-i", samples, "--stdio", "--fields", f"overhead,{by}"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [row.rstrip() for row in listed.splitlines() if row and row[0] != "#"]
    return "\n".join(rows[:lines]) + "\n"
