"""Programs with guests of two languages, each in a process of its own.

``programs/<name>/`` holds a Python host and its guests, all of one stem.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HOME

PROGRAMS = Path(__file__).parent / "programs"


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
    return result


@pytest.mark.parametrize("name", ["errors", "interrupts", "objects", "shapes"])
def test_program(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HOME / "python"))
    monkeypatch.setenv("PATH", f"{HOME / 'bin'}{os.pathsep}{os.environ['PATH']}")
    folder = shutil.copytree(PROGRAMS / name, tmp_path / name)
    run(
        "javac",
        "--release",
        "11",
        "-g",
        "-nowarn",
        "-d",
        ".",
        *folder.glob("*.java"),
        folder=folder,
    )
    run(HOME / "bin" / "metaffi", "-c", "--idl", f"{name}.go", "-g", folder=folder)
    result = run(sys.executable, f"{name}.py", folder=folder)
    assert (result.stdout.splitlines()[-1:], result.stderr) == (["ok"], "")


@pytest.mark.parametrize("name", ["collected", "exceptions", "implementing"])
def test_program_over_java(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HOME / "python"))
    folder = shutil.copytree(PROGRAMS / name, tmp_path / name)
    run("javac", "--release", "11", "-g", "-d", ".", *folder.glob("*.java"), folder=folder)
    result = run(sys.executable, f"{name}.py", folder=folder)
    assert (result.stdout, result.stderr) == ("ok\n", "")


def test_interfaces_of_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HOME / "python"))
    folder = shutil.copytree(PROGRAMS / "interfaces", tmp_path / "interfaces")
    run(HOME / "bin" / "metaffi", "-c", "--idl", "interfaces.go", "-g", folder=folder)
    result = run(sys.executable, "interfaces.py", folder=folder)
    assert (result.stdout, result.stderr) == ("ok\n", "")


def test_collections_of_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HOME / "python"))
    folder = shutil.copytree(PROGRAMS / "bags", tmp_path / "bags")
    run(HOME / "bin" / "metaffi", "-c", "--idl", "bags.go", "-g", "-h", "python3", folder=folder)
    result = run(sys.executable, "bags.py", folder=folder)
    assert (result.stdout, result.stderr) == ("ok\n", "")


def test_classes_of_the_jdk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HOME / "python"))
    result = run(sys.executable, "jdk.py", folder=PROGRAMS / "jdk")
    assert (result.stdout, result.stderr) == ("ok\n", "")


def test_natural(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HOME / "python"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = shutil.copytree(PROGRAMS / "natural", tmp_path / "natural")
    run("javac", "--release", "11", "-g", "-d", ".", *folder.glob("*.java"), folder=folder)
    result = run(sys.executable, "natural.py", folder=folder)
    assert (result.stdout, result.stderr) == ("ok\n", "")


def test_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HOME / "python"), *sys.path]))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = shutil.copytree(PROGRAMS / "workers", tmp_path / "workers")
    run("javac", "--release", "11", "-d", "classes", "Workers.java", folder=folder)
    run("jar", "cf", "workers.jar", "-C", "classes", ".", folder=folder)
    metaffi = HOME / "bin" / "metaffi"
    run(metaffi, "-c", "--idl", "workers.go", "-g", "-h", "python3", folder=folder)
    shutil.copy(folder / "workers.jar", folder / "staff.jar")
    run(metaffi, "-c", "--idl", "staff.jar", "-h", "python3", folder=folder)
    result = run(sys.executable, "workers.py", folder=folder)
    assert (result.stdout, result.stderr) == ("ok\n", "")


@pytest.mark.parametrize("name", ["ctrl_c", "exits", "paths"])
def test_what_differs_between_systems(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HOME / "python"))
    folder = shutil.copytree(PROGRAMS / "systems", tmp_path / "systems")
    run("javac", "--release", "11", "-d", "classes", "Greeting.java", folder=folder)
    run(HOME / "bin" / "metaffi", "-c", "--idl", "greeting.go", "-g", folder=folder)
    result = run(sys.executable, f"{name}.py", folder=folder)
    assert (result.stdout, result.stderr) == ("ok\n", "")
