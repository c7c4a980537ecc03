"""Functions that call themselves."""

import gc
import json


def endless() -> int:
    return endless() + 1


def through_library() -> int:
    json.loads("[" * 100_000 + "]" * 100_000)
    return sorted([0], key=lambda _: through_library())[0]


def deep(levels: int) -> int:
    return 0 if levels == 0 else deep(levels - 1) + 1


def collect() -> None:
    gc.collect()
