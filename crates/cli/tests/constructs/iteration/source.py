"""Iteration, length, membership and elements."""

from collections.abc import Iterator


class Shelf:
    def __iter__(self) -> Iterator[str]:
        return iter([])

    def __len__(self) -> int:
        return 0

    def __contains__(self, title: str) -> bool:
        return False

    def __getitem__(self, at: int) -> str:
        return ""

    def __setitem__(self, at: int, title: str) -> None: ...

    def __delitem__(self, at: int) -> None: ...


def lines(text: str) -> Iterator[str]:
    yield from text.splitlines()
