"""The exit of a process with Python and other languages: whichever starts it, nothing
is lost, guests are notified last, and the process ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from conftest import HOME

PRELUDE = """
import atexit
atexit.register(lambda: print("before", now() > 0))
import gzip, os, sys, threading, time, zipfile
from concurrent.futures import ThreadPoolExecutor
from metaffi import *
T = MetaFFITypes
java = MetaFFIRuntime("openjdk").load_module("")
now = java.load_entity("class=java.lang.System,callable=nanoTime", None, [T.metaffi_int64_type])
exit = java.load_entity("class=java.lang.System,callable=exit", [T.metaffi_int32_type], None)
runtime = java.load_entity(
    "class=java.lang.Runtime,callable=getRuntime", None, [T.metaffi_handle_type])
new_thread = java.load_entity(
    "class=java.lang.Thread,callable=<init>",
    [metaffi_type_info(T.metaffi_callable_type, "java.lang.Runnable")], [T.metaffi_handle_type])
start = java.load_entity(
    "class=java.lang.Thread,callable=start,instance_required", [T.metaffi_handle_type], None)
add_hook = java.load_entity(
    "class=java.lang.Runtime,callable=addShutdownHook,instance_required",
    [T.metaffi_handle_type, metaffi_type_info(T.metaffi_handle_type, "java.lang.Thread")], None)
def hook() -> None:
    print("hook", now() > 0)
add_hook(runtime(), new_thread(hook))
atexit.register(lambda: print("after", now() > 0))
"""

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HOME / "python"), "METAFFI_EXIT_SECONDS": "2"}


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", PRELUDE + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=60,
        env=ENVIRONMENT,
        cwd=folder,
    )


FILES = """
text, packed = open("text", "w"), gzip.open("packed", "wt")
archive = zipfile.ZipFile("archive", "w")
archive.writestr("inner", "written")
text.write("written")
packed.write("written")
pool = ThreadPoolExecutor(1)
pool.submit(lambda: (time.sleep(0.3), print("pool")))
"""


@pytest.mark.parametrize(
    "ending",
    [
        "exit(3)",
        "start(new_thread(lambda: exit(3))); time.sleep(20)",
        "thread = threading.Thread(target=lambda: exit(3)); thread.start(); thread.join()",
        "now(); exit(3)",
    ],
)
def test_a_guest_ends_the_program(ending: str, tmp_path: Path) -> None:
    done = run(FILES + ending, tmp_path)
    printed = done.stdout.splitlines()
    assert (done.returncode, done.stderr, printed) == (
        3,
        "",
        ["hook True", "pool", "after True", "before True"],
    )
    assert (tmp_path / "text").read_text() == "written"
    code = (
        "import gzip, zipfile; "
        "print(gzip.open('packed', 'rt').read(), zipfile.ZipFile('archive').read('inner'))"
    )
    read = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True
    )
    assert read.stdout == "written b'written'\n"


def test_guests_are_notified_after_everything_that_the_program_runs_at_exit(tmp_path: Path) -> None:
    done = run(
        """
        def work() -> None:
            time.sleep(0.3)
            print("thread", now() > 0)
        threading.Thread(target=work).start()
        threading._register_atexit(lambda: print("executors", now() > 0))
        """,
        tmp_path,
    )
    lines = ["executors True", "thread True", "after True", "before True", "hook True"]
    assert (done.returncode, done.stderr, done.stdout.splitlines()) == (0, "", lines)


def test_threads_and_executors_of_a_guest_do_not_delay_the_exit(tmp_path: Path) -> None:
    begun = time.monotonic()
    done = run(
        """
        start(new_thread(lambda: time.sleep(100)))
        executor = java.load_entity(
            "class=java.util.concurrent.Executors,callable=newFixedThreadPool",
            [T.metaffi_int32_type], [T.metaffi_handle_type])(2)
        java.load_entity(
            "class=java.util.concurrent.ExecutorService,callable=submit,instance_required",
            [
                T.metaffi_handle_type,
                metaffi_type_info(T.metaffi_callable_type, "java.lang.Runnable"),
            ],
            [T.metaffi_handle_type])(executor, lambda: time.sleep(100))
        """,
        tmp_path,
    )
    lines = ["after True", "before True", "hook True"]
    assert (done.returncode, done.stderr, done.stdout.splitlines()) == (0, "", lines)
    assert time.monotonic() - begun < 30


def test_removing_a_handler_is_not_an_exit(tmp_path: Path) -> None:
    done = run("atexit._clear(); print(now() > 0)", tmp_path)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "True\n")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ending")
    source = Path(__file__).parent / "programs" / "ending"
    shutil.copy(source / "ending.py", folder)
    jar = HOME / "plugins" / "openjdk" / "metaffi.api.jar"
    command = ["javac", "-nowarn", "-cp", jar, "-d", folder, source / "Ending.java"]
    subprocess.run(command, check=True, timeout=120)
    return folder


def java(program: Path, folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    shutil.copy(program / "ending.py", folder)
    jar = HOME / "plugins" / "openjdk" / "metaffi.api.jar"
    return subprocess.Popen(
        ["java", "-cp", f"{jar}{os.pathsep}{program}", "Ending", *arguments],
        stdout=(folder / "out").open("w"),
        env=ENVIRONMENT,
        cwd=folder,
    )


def ended(host: subprocess.Popen[bytes], folder: Path) -> tuple[int, list[str]]:
    """Return exit code and output; a process that Python has left may hold the file open."""
    code = host.wait(timeout=60)
    return code, (folder / "out").read_text().splitlines()


DRAINED = ["ready", "request 2", "hook 3"]


@pytest.mark.parametrize(("how", "code"), [("exit", 3), ("wait", 143)])
def test_a_java_program_drains_and_python_loses_nothing(
    how: str, code: int, program: Path, tmp_path: Path
) -> None:
    with java(program, tmp_path, how, "register", "open_file", "keep_executors") as host:
        if how == "wait":
            while "ready" not in (tmp_path / "out").read_text():
                time.sleep(0.01)
            host.send_signal(signal.SIGTERM)
        assert ended(host, tmp_path) == (code, [*DRAINED, "handler 4"])
    assert (tmp_path / "log").read_text() == "written"


def test_a_java_program_ends_whatever_python_is_doing(program: Path, tmp_path: Path) -> None:
    begun = time.monotonic()
    with java(program, tmp_path, "exit", "open_file", "hang_at_exit", "keep_busy") as host:
        assert ended(host, tmp_path) == (3, DRAINED)
    assert (tmp_path / "log").read_text() == "written"
    assert time.monotonic() - begun < 20


def test_halt_runs_nothing(program: Path, tmp_path: Path) -> None:
    with java(program, tmp_path, "halt", "register", "open_file", "hang_at_exit") as host:
        assert ended(host, tmp_path) == (3, ["ready"])
    assert (tmp_path / "log").read_text() == ""
