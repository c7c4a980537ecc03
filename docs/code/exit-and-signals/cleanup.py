"""Has something to do at the end."""

import atexit
import sys
import time
from concurrent.futures import ThreadPoolExecutor

_pool = ThreadPoolExecutor()


@atexit.register
def _goodbye() -> None:
    print("atexit of Python", flush=True)


def later(text: str) -> None:
    """Print a text on a thread of an executor, after a while."""
    _pool.submit(lambda: (time.sleep(0.5), print(text, flush=True)))


def leave(code: int) -> None:
    """Try to end the program."""
    sys.exit(code)
