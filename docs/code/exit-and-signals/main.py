import atexit
import signal
import threading
import time

import metaffi.imports

metaffi.imports.add("openjdk", "")

from java.lang import Runtime, System, Thread


def interrupt() -> None:
    time.sleep(0.3)
    signal.raise_signal(signal.SIGINT)  # what Ctrl-C does


# Ctrl-C while the main thread waits in Java.
threading.Thread(target=interrupt).start()
try:
    Thread.sleep(10_000)
except KeyboardInterrupt as stopped:
    print("interrupted:", type(stopped.__context__).__name__)

# What Java runs at its end, and what Python does.
Runtime.getRuntime().addShutdownHook(Thread(lambda: print("hook of Java", flush=True)))
atexit.register(print, "atexit of Python", flush=True)

# A guest may end the program; both are run.
System.exit(3)
