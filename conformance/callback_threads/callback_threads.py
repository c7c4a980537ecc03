"""Calls functions from its own threads."""

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def ask_on_thread(f: Callable[[], bool]) -> bool:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(f).result()


def ask_here_and_there(f: Callable[[], bool]) -> list[bool]:
    return [f(), ask_on_thread(f), f()]


def sum_on_threads(f: Callable[[int, int], int], threads: int, times: int) -> int:
    def work() -> int:
        total = 0
        for _ in range(times):
            total = f(total, 1)
        return total

    with ThreadPoolExecutor(threads) as pool:
        return sum(done.result() for done in [pool.submit(work) for _ in range(threads)])


def join_on_threads(f: Callable[[str, str], str], text: str, count: int) -> list[str]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda i: f(text, str(i)), range(count)))


def pass_on_thread(f, value):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(f, value).result()


def collect() -> None:
    gc.collect()
