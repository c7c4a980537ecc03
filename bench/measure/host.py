"""A host program of another language, which runs measurements on request.

It reads lines `SCENARIO BATCHES [CONTESTANT [THREADS]]` and answers in lines of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .directions import Direction
from .figures import Times


def _java(
    built: Path, names: tuple[str, ...], main: str = "Main"
) -> tuple[list[str], dict[str, str]]:
    path = [built / "host.jar", os.environ["METAFFI_API_JAR"]]
    if "stubs" in names:  # whose packages Jep would mistake for the modules with that name
        path += (built / "stubs").glob("*/*_MetaFFIHost.jar")
    options, environment = [], {}
    if "jep" in names:
        folder = Path(os.environ["METAFFI_BENCH_PEERS"])
        path += (folder / "jep").glob("jep-*.jar")
        options.append(f"-Dbench.jep={next((folder / 'jep').glob('libjep.*'))}")
        # Jep starts any Python that its library finds.
        environment = {
            "LD_LIBRARY_PATH": sysconfig.get_config_var("LIBDIR"),
            "PYTHONHOME": sys.base_prefix,
            "PYTHONPATH": str(folder),
        }
    java = Path(os.environ["JAVA_HOME"], "bin", "java")
    joined = os.pathsep.join(map(str, path))
    return [str(java), *options, "-cp", joined, f"bench.host.{main}"], environment


def _binary(name: str) -> Callable[..., tuple[list[str], dict[str, str]]]:
    return lambda built, *_: ([str(built / name)], {})


COMMANDS = {"java": _java, "go": _binary("host_go"), "rust": _binary("host_rust")}


def _environment(of_host: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "METAFFI_PYTHON": sys.executable, **of_host}


class Host:
    """Drives one such process."""

    def __init__(self, direction: Direction, names: tuple[str, ...], built: Path) -> None:
        command, environment = COMMANDS[direction.host](built, names)
        self.title = f"{direction.title}, {' and '.join(names)}"
        self.child = subprocess.Popen(
            [*command, str(built), direction.guest, *names],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=_environment(environment),
        )
        self._answer()

    @staticmethod
    def once(host: str, built: Path, guest: str, *args: str, main: str = "Main") -> str:
        """The output of a program that answers without a request."""
        command, environment = COMMANDS[host](built, args, main)
        done = subprocess.run(
            [*command, str(built), guest, *args],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env=_environment(environment),
        )
        return done.stdout

    @property
    def pid(self) -> int:
        return self.child.pid

    def measure(self, scenario: str, batches: int, only: str = "", threads: int = 0) -> Times:
        """One turn of each contestant, `batches` times, or of threads that share the batches."""
        assert self.child.stdin
        at_once = threads or ""
        self.child.stdin.write(f"{scenario} {batches} {only or 'all'} {at_once}".rstrip() + "\n")
        self.child.stdin.flush()
        return self._answer()["times"]

    def close(self) -> None:
        """End the process, which has to succeed."""
        assert self.child.stdin
        self.child.stdin.close()
        if self.child.wait():
            raise SystemExit(f"{self.title}: ended with {self.child.returncode}")

    def _answer(self) -> dict[str, Any]:
        assert self.child.stdout
        line = self.child.stdout.readline()
        if not line:
            raise SystemExit(f"{self.title}: died ({self.child.wait()})")
        answer = json.loads(line)
        if error := answer.get("error"):
            raise SystemExit(f"{self.title}:\n{error}")
        return answer
