"""Ctrl-C while the main thread is in a call: on Windows as a console sends it."""

import os
import signal
import subprocess
import sys
import threading
import time

from guests import GUESTS

from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes

INT, HANDLE = MetaFFITypes.metaffi_int64_type, MetaFFITypes.metaffi_handle_type
IS_WINDOWS = sys.platform == "win32"

LONG = 20_000
"""Milliseconds that nobody waits for."""


def press():
    if IS_WINDOWS:
        os.kill(0, signal.CTRL_C_EVENT)  # all programs of the console
    else:
        os.kill(os.getpid(), signal.SIGINT)


def broken_off(function, *args):
    """What the call that is broken off raised."""
    threading.Timer(0.5, press).start()
    began = time.monotonic()
    try:
        function(*args)
    except KeyboardInterrupt as interrupt:
        took = time.monotonic() - began
        assert took < LONG / 4000, took
        error = interrupt.__context__
        assert isinstance(error, MetaFFIError), error
        return error
    raise AssertionError("it was not broken off")


def check():
    thread = MetaFFIRuntime("openjdk").load_module("")
    sleep = thread.load_entity("class=java.lang.Thread,callable=sleep", [INT], None)
    for _ in range(2):
        assert broken_off(sleep, LONG).type_name == "java.lang.InterruptedException"
        sleep(1)
    guest = MetaFFIRuntime("go").load_module(GUESTS["go"][0])
    wait = guest.load_entity("callable=Wait", [HANDLE, INT], None)
    assert broken_off(wait, None, LONG).message == "context canceled"
    wait(None, 1)
    print("ok")


if IS_WINDOWS and len(sys.argv) == 1:
    # In a console of its own, so that no other program receives it.
    words = [sys.executable, __file__, "alone"]
    child = subprocess.run(
        words, creationflags=subprocess.CREATE_NEW_CONSOLE, stdout=subprocess.PIPE, timeout=120
    )
    assert child.returncode == 0, child
    print(child.stdout.decode().strip())
else:
    check()
