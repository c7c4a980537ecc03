"""Constants, and variables that change."""

from typing import Final

LIMIT: Final = 10
NAME: Final = "größer\n"
RATIO: Final = 0.5
IS_ON: Final = True

level: int = 3
