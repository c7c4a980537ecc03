"""Who calls whom: the hosts, their guests, and the contestants."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = {"python": "Python", "java": "Java", "go": "Go", "rust": "Rust"}


@dataclass(frozen=True)
class Direction:
    """A host language that calls a guest language, with the contestants by process."""

    host: str
    guest: str
    processes: tuple[tuple[str, ...], ...] = (("metaffi", "floor"),)
    peer: str | None = None
    peer_title: str = ""

    @property
    def title(self) -> str:
        return f"{LANGUAGES[self.host]} → {LANGUAGES[self.guest]}"

    @property
    def name(self) -> str:
        return f"{self.host}/{self.guest}"


# MetaFFI comes first in its process: the floor attaches to the runtime that it started,
# and Go's guests are chained to what is loaded before them. Two contestants that each
# start a JVM, or a Python, need separate processes.
DIRECTIONS = (
    Direction("python", "java", (("metaffi", "floor"), ("jpype",)), "jpype", "JPype"),
    Direction("python", "go", (("metaffi", "floor", "ctypes"),), "ctypes", "ctypes"),
    Direction("java", "python", (("metaffi", "typed", "floor"), ("jep",)), "jep", "Jep"),
    Direction("java", "go", (("metaffi", "typed", "floor"),)),
    Direction("go", "java", (("metaffi", "typed", "floor"),)),
    Direction("go", "python", (("metaffi", "typed", "floor"),)),
    Direction("rust", "java"),
    Direction("rust", "go"),
    Direction("rust", "python"),
)
BY_NAME = {direction.name: direction for direction in DIRECTIONS}
