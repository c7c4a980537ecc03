"""Calls functions from threads of its own."""

import gc
from concurrent.futures import ThreadPoolExecutor
from threading import Thread


def on_thread(function, *arguments):
    results = []
    thread = Thread(target=lambda: results.append(function(*arguments)))
    thread.start()
    thread.join()
    return results[0]


def add_on_thread(add, a: int, b: int) -> int:
    return on_thread(add, a, b)


def ask_on_thread(ask) -> bool:
    return on_thread(ask)


def count_on_threads(count, threads: int, times: int) -> int:
    with ThreadPoolExecutor(threads) as pool:
        sums = [pool.submit(lambda: sum(count() for _ in range(times))) for _ in range(threads)]
        return sum(each.result() for each in sums)


def concat_on_threads(concat, threads: int) -> bool:
    with ThreadPoolExecutor(threads) as pool:
        texts = list(pool.map(lambda i: concat(f"{i} ", "🦀"), range(100)))
    return texts == [f"{i} 🦀" for i in range(100)]


def fail_on_thread(fail, message: str) -> str:
    def attempt() -> str:
        try:
            return fail(message)
        except Exception as error:
            return "it failed" if message in str(error) else str(error)

    return on_thread(attempt)


def collect() -> None:
    gc.collect()
