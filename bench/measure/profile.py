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
LINES = 30


def run(built: Path, guest: str, scenario: str) -> None:
    """Prints the profile of each contestant."""
    perf = shutil.which("perf")
    if perf is None:
        raise SystemExit(
            "perf is missing: install it (Debian: linux-perf, Ubuntu: linux-tools-generic)"
        )
    # Lets the JVM tell the names of what it compiled.
    os.environ["JAVA_TOOL_OPTIONS"] = "-XX:+StartAttachListener"
    direction = next(direction for direction in DIRECTIONS if direction.guest == guest)
    turns = subjects(guest, direction.processes[0], built)[scenario]
    for subject in turns:
        subject.prepare()
        samples = built / f"{guest}-{scenario}-{subject.name}.perf"
        ns = _sample(perf, subject, samples)
        print(
            f"\n{direction.title}, {scenario}, {subject.name}: {ns:,.0f} ns per call\n"
        )
        print(_top(perf, samples))


def _sample(perf: str, subject: Subject, into: Path) -> float:
    record = [
        perf,
        "record",
        "-q",
        "-e",
        "cpu-clock",
        "-F",
        "4999",
        "-p",
        str(os.getpid()),
    ]
    sampler = subprocess.Popen([*record, "-o", str(into)], stderr=subprocess.DEVNULL)
    times, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        times.append(subject.batch())
    sampler.send_signal(signal.SIGINT)
    sampler.wait()
    jcmd = Path(os.environ["JAVA_HOME"], "bin", "jcmd")
    subprocess.run(
        [jcmd, str(os.getpid()), "Compiler.perfmap"], capture_output=True, check=False
    )
    return sum(times) / len(times)


def _top(perf: str, samples: Path) -> str:
    order = [perf, "report", "-i", str(samples), "--stdio", "--sort", "dso,symbol"]
    listed = subprocess.run(order, capture_output=True, text=True, check=True).stdout
    lines = [
        line.rstrip()
        for line in listed.splitlines()
        if line and not line.startswith("#")
    ]
    return "\n".join(lines[:LINES])
