"""Classes of other modules, which are passed through."""

import queue


def parts(of: queue.SimpleQueue) -> queue.SimpleQueue:
    return of
