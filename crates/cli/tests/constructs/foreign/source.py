"""Classes of other modules, which pass through."""

import queue


def parts(of: queue.SimpleQueue) -> queue.SimpleQueue:
    return of
