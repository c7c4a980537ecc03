"""A guest with exit handlers, open files and executors."""

import atexit
import concurrent.futures
import threading
import time

_count = 0
_kept: list[object] = []


def count() -> int:
    global _count
    _count += 1
    return _count


def register() -> None:
    atexit.register(lambda: print("handler", count()))


def open_file() -> None:
    file = open("log", "w")  # noqa: SIM115
    file.write("written")
    _kept.append(file)


def keep_executors() -> None:
    for kind in concurrent.futures.ThreadPoolExecutor, concurrent.futures.ProcessPoolExecutor:
        executor = kind(2)
        assert executor.submit(abs, -7).result() == 7
        _kept.append(executor)


def keep_busy() -> None:
    executor = concurrent.futures.ProcessPoolExecutor(1)
    _kept.append((executor, executor.submit(time.sleep, 100)))
    threading.Thread(target=time.sleep, args=(100,)).start()


def hang_at_exit() -> None:
    atexit.register(time.sleep, 100)
