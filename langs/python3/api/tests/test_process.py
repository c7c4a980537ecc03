"""The life of a process: exit, signals, fork, several interpreters."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from conftest import HOME

PRELUDE = """
import os, signal, sys, threading, time
from metaffi import *
T = MetaFFITypes
runtime = MetaFFIRuntime("loopback")
module = runtime.load_module("loopback")
void = module.load_entity("callable=void", None, None)
add = module.load_entity("callable=add", [T.metaffi_int64_type] * 2, [T.metaffi_int64_type])
keep = module.load_entity("callable=keep", [T.metaffi_any_type], None)
call = module.load_entity(
    "callable=call_on_thread", [T.metaffi_callable_type, T.metaffi_any_type], [T.metaffi_any_type]
)
"""

JAVA = """
int64 = [T.metaffi_int64_type]
java = MetaFFIRuntime("openjdk")
"""

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def run(
    code: str, *, prelude: str = PRELUDE, env: dict[str, str | None] | None = None
) -> subprocess.CompletedProcess[str]:
    changed = {"PYTHONPATH": str(HOME / "python"), **(env or {})}
    whole = {**os.environ, **{key: value for key, value in changed.items() if value is not None}}
    for key in [key for key, value in changed.items() if value is None]:
        whole.pop(key, None)
    return subprocess.run(
        [sys.executable, "-P", "-c", prelude + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=60,
        env=whole,
    )


def clean(code: str, output: str = "", returns: int = 0, **options: object) -> None:
    done = run(code, **options)  # type: ignore[arg-type]
    assert (done.returncode, done.stdout.strip(), done.stderr) == (returns, output, "")


def test_the_exit_code_is_the_programs_own() -> None:
    clean("print(add(1, 2))", "3")
    clean("sys.exit(7)", returns=7)
    clean("os._exit(3)", returns=3)


def test_an_uncaught_error_is_shown_with_the_guests_stack() -> None:
    done = run('module.load_entity("callable=fail", [T.metaffi_string8_type], None)("boo")')
    assert done.returncode == 1
    assert "metaffi.MetaFFIError: loopback.Failure: boo" in done.stderr
    assert "stack trace of loopback:\nat loopback.fail" in done.stderr


def test_exit_while_the_guest_keeps_pythons_objects() -> None:
    clean("class C: pass\nkeep([C(), C(), lambda: 0])")


def test_exit_with_calls_in_exit_handlers_and_finalizers() -> None:
    clean(
        """
        import atexit
        class Late:
            def __del__(self):
                add(1, 2)
        atexit.register(lambda: print(add(40, 2)))
        late = Late()
        keep(late)
        """,
        "42",
    )
    # Registered before ours, so it runs after it.
    clean(
        """
        print(add(1, 1))
        """,
        "2\n42",
        prelude="import atexit\natexit.register(lambda: print(add(40, 2)))\n" + PRELUDE,
    )


def test_exit_while_daemon_threads_call() -> None:
    clean(
        """
        def forever():
            while True:
                add(1, 2)
                keep([object()])
        for _ in range(4):
            threading.Thread(target=forever, daemon=True).start()
        time.sleep(0.2)
        """
    )


def test_exit_while_a_daemon_thread_waits_in_a_callback() -> None:
    clean(
        """
        entered = threading.Event()
        def wait(_):
            entered.set()
            time.sleep(100)
        threading.Thread(target=lambda: call(wait, None), daemon=True).start()
        assert entered.wait(20)
        """
    )


def test_ctrl_c_during_a_call_is_a_keyboard_interrupt() -> None:
    clean(
        """
        def interrupt(_):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)
        try:
            call(interrupt, None)
            for _ in range(10):
                void()
        except KeyboardInterrupt:
            print("interrupted", add(1, 2))
        """,
        "interrupted 3",
    )


def test_ctrl_c_between_calls_is_a_keyboard_interrupt() -> None:
    clean(
        """
        threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        try:
            while True:
                void()
        except KeyboardInterrupt:
            print("interrupted", add(1, 2))
        """,
        "interrupted 3",
    )


@forks
def test_a_forked_child_uses_runtimes_that_survive() -> None:
    clean(
        """
        child = os.fork()
        if not child:
            print(add(1, 2), call(lambda x: x + 1, 1), flush=True)
            MetaFFIRuntime("loopback").load_module("loopback")
            sys.exit(5)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), add(1, 2))
        """,
        "3 2\n5 3",
        env={"PYTHONWARNINGS": "ignore"},
    )


@forks
def test_a_runtime_that_does_not_survive_a_fork_fails_at_once() -> None:
    clean(
        """
        system = java.load_module("")
        time_of = system.load_entity("class=java.lang.System,callable=nanoTime", None, int64)
        comparing = system.load_entity(
            "class=java.util.Comparator,callable=naturalOrder", None, [T.metaffi_callable_type]
        )()
        def tells(why):
            begun = time.monotonic()
            try:
                why()
            except MetaFFIError as error:
                hint = str(error).count('(multiprocessing.set_start_method("spawn"))')
                print(error.kind, "`openjdk`" in str(error), hint, time.monotonic() - begun < 1)
        def child():
            for why in (
                time_of, lambda: comparing(1, 2), lambda: java.load_module(""),
                lambda: system.load_entity("class=java.lang.System,callable=gc", None, None),
                MetaFFIRuntime("openjdk").load_runtime_plugin,
            ):
                tells(why)
            print(add(1, 2), flush=True)
        forked = os.fork()
        if not forked:
            child()
            sys.exit(5)
        print(os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]), time_of() > 0)
        """,
        "unsupported True 1 True\n" * 5 + "3\n5 True",
        prelude=PRELUDE + JAVA,
        env={"PYTHONWARNINGS": "ignore"},
    )


@forks
def test_a_child_forked_before_anything_was_loaded_works() -> None:
    clean(
        """
        child = os.fork()
        code = compile(loading, "loading", "exec")
        if child:
            os.waitpid(child, 0)
        exec(code)
        print(add(1, 2), flush=True)
        """,
        "3\n3",
        prelude=f"import os\nimport metaffi\nloading = {PRELUDE!r}\n",
    )


@forks
def test_stubs_may_be_bound_before_a_fork(tmp_path: Path) -> None:
    script = tmp_path / "bound.py"
    script.write_text(
        textwrap.dedent(
            """
            import multiprocessing, os, subprocess, sys
            from metaffi.stubs import Entity, Module
            stubs = Module(globals())
            largest = Entity(stubs, "largest", "class=java.lang.Math,callable=max",
                             ["int64", "int64"], ["int64"])
            stubs.bind("", "openjdk")
            def work(n):
                return largest(n, 2)
            if __name__ == "__main__":
                for method in "fork", "forkserver", "spawn":
                    with multiprocessing.get_context(method).Pool(2) as pool:
                        print(method, pool.map(work, [1, 2, 3]), flush=True)
                child = os.fork()
                if not child:
                    os._exit(work(5))
                print("os.fork", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
                say = lambda: os.write(1, b"preexec_fn %d\\n" % work(7))
                subprocess.run(["true"], preexec_fn=say, check=True)
                print("parent", work(9))
            """
        )
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(HOME / "python")},
    )
    pools = [f"{method} [2, 2, 3]" for method in ("fork", "forkserver", "spawn")]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [*pools, "os.fork 5", "preexec_fn 7", "parent 9"]


COUNTER_GO = """
package main

import (
	"runtime"
	"sync"
)

type Counter struct{ count int }

var calls int

func NewCounter() *Counter { return &Counter{} }

func (c *Counter) Add(n int) int { c.count += n; return c.count }

// Calls counts the calls, on a goroutine.
func Calls() int {
	var done sync.WaitGroup
	done.Add(1)
	go func() { defer done.Done(); calls++ }()
	done.Wait()
	runtime.GC()
	return calls
}
"""

FORKING = """
import multiprocessing, os, sys
import counter_MetaFFIHost as counter
from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes

def fails_with_reason(call):
    try:
        call()
    except MetaFFIError as error:
        return "does not survive a fork" in str(error)

def work(_):
    own, first = counter.NewCounter(), counter.Calls()
    assert own.Add(2) == 2 and counter.Calls() == first + 1
    assert fails_with_reason(lambda: kept.Add(1)) and fails_with_reason(lambda: largest(1, 2))
    return first

def nested(_):
    kept = counter.NewCounter()
    child = os.fork()
    if not child:
        os._exit(3 if fails_with_reason(lambda: kept.Add(1)) and counter.Calls() == 1 else 4)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

counter.bind_module_to_code("counter_MetaFFIGuest", "go")
if __name__ == "__main__":
    java, int64 = MetaFFIRuntime("openjdk").load_module(""), [MetaFFITypes.metaffi_int64_type]
    largest = java.load_entity("class=java.lang.Math,callable=max", int64 * 2, int64)
    kept, parent = counter.NewCounter(), [counter.Calls() for _ in range(5)]
    pools = multiprocessing.get_context("fork")
    with pools.Pool(4) as pool:
        assert 1 in pool.map(work, range(40), chunksize=1)
    with pools.Pool(1) as pool:
        assert pool.map(nested, range(3)) == [3] * 3
    assert (counter.Calls(), kept.Add(1), largest(1, 2)) == (6, 1, 2)
    print("ok")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="guests are started anew on Linux only")
def test_workers_that_are_forked_after_a_call_have_a_go_guest_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "counter.go").write_text(COUNTER_GO)
    (tmp_path / "forking.py").write_text(FORKING)
    env = {**os.environ, "PYTHONPATH": str(HOME / "python"), "PYTHONWARNINGS": "ignore"}
    for command in (
        [HOME / "bin" / "metaffi", "-c", "--idl", "counter.go", "-g", "-h", "python3"],
        [sys.executable, "forking.py"],
    ):
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=120, env=env
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout == "ok\n"


def test_multiprocessing_by_spawn_works(tmp_path: Path) -> None:
    script = tmp_path / "spawned.py"
    script.write_text(
        PRELUDE
        + textwrap.dedent(
            """
            def work(n):
                return add(n, 1)
            if __name__ == "__main__":
                import multiprocessing
                with multiprocessing.get_context("spawn").Pool(2) as pool:
                    print(pool.map(work, [1, 2, 3]))
            """
        )
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(HOME / "python")},
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[2, 3, 4]", "")


def test_a_second_interpreter_is_refused() -> None:
    interpreters = "_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters"
    done = run(
        f"""
        import {interpreters} as interpreters
        inside = 'try:\\n import metaffi\\nexcept ImportError as e: print("refused", flush=True)'
        other = interpreters.create()
        interpreters.run_string(other, inside)
        print(add(1, 2))
        """
    )
    assert done.stdout.split() == ["refused", "3"] and done.returncode == 0


def test_without_metaffi_home_the_shipped_installation_is_used() -> None:
    clean("print(add(1, 2))", "3", env={"METAFFI_HOME": None})


def test_a_home_without_an_installation(tmp_path: Path) -> None:
    clean(
        """
        try:
            metaffi.MetaFFIRuntime("loopback").load_runtime_plugin()
        except metaffi.MetaFFIError as error:
            print(error.kind, os.environ["METAFFI_HOME"] in str(error))
        """,
        "not_found True",
        prelude="import os\nimport metaffi\n",
        env={"METAFFI_HOME": str(tmp_path)},
    )


def test_a_package_without_an_installation_says_what_it_tried(tmp_path: Path) -> None:
    shutil.copytree(HOME / "python" / "metaffi", tmp_path / "site" / "metaffi")
    clean(
        """
        try:
            metaffi.MetaFFIRuntime("loopback").load_runtime_plugin()
        except metaffi.MetaFFIError as error:
            print(all(place in str(error) for place in (places + ["METAFFI_HOME"])))
        """,
        "True",
        prelude=f"import metaffi\nplaces = [{str(tmp_path)!r}, '.metaffi', '/usr/local/metaffi']\n",
        env={"METAFFI_HOME": None, "PYTHONPATH": str(tmp_path / "site"), "HOME": str(tmp_path)},
    )


def test_an_older_python_is_refused_with_a_clear_error() -> None:
    done = run("import sys; sys.version_info = (3, 10, 0)\nimport metaffi", prelude="")
    assert done.returncode == 1
    assert "ImportError: MetaFFI needs CPython 3.11 or later; this is" in done.stderr
