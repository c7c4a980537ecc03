"""Types that only some languages can express."""

from decimal import Decimal
from pathlib import Path
from typing import Literal


def open_all(paths: str | Path | list[str], mode: Literal["r", "w"] = "r") -> int | None: ...


def rounded(number: int | float | Decimal) -> tuple[str, Decimal]: ...
