"""Scores texts; called from the threads of a parallel stream."""

import statistics
import threading
import time

threads: set[int] = set()


def score(text: str) -> float:
    """Return the mean length of the words."""
    threads.add(threading.get_ident())
    time.sleep(0.001)  # As a file or a network would: other threads have Python meanwhile.
    return statistics.fmean(len(word) for word in text.split())


def thread_count() -> int:
    """Return the number of threads that have called."""
    return len(threads)
