"""Takes the signals of faults."""

import faulthandler
import gc


def fail() -> int:
    return 1 // 0


def take_signals() -> None:
    faulthandler.enable()


def give_signals() -> None:
    faulthandler.disable()


def collect() -> None:
    gc.collect()
