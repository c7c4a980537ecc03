"""The machine and the versions that the figures were measured with."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import date
from importlib.metadata import distributions, version
from pathlib import Path


def describe() -> list[str]:
    """Lines for the head of the report."""
    go = _output("go", "env", "GOVERSION").removeprefix("go")
    versions = f"CPython {platform.python_version()}, OpenJDK {_jdk()}, Go {go}"
    return [
        f"{date.today()}, commit {_output('git', 'rev-parse', '--short', 'HEAD')}",
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        f"{versions}, {_output('rustc', '--version')}",
        f"JPype {version('JPype1')}, Jep {jep() or 'not installed'}, numpy {version('numpy')}",
    ]


def jep() -> str:
    """Its version, or nothing if it is not installed. It has a folder of its own,
    because it has to be built."""
    found = distributions(path=[os.environ.get("METAFFI_BENCH_PEERS", "")])
    return next((found.version for found in found if found.name == "jep"), "")


def _output(*command: str) -> str:
    here = Path(__file__).parent
    return subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=here
    ).stdout.strip()


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _jdk() -> str:
    release = Path(os.environ["JAVA_HOME"], "release").read_text()
    entries = dict(line.split("=", 1) for line in release.splitlines() if "=" in line)
    return entries["JAVA_VERSION"].strip('"')
