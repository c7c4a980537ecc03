"""Lists, sets, maps and pairs as arguments and results."""

from collections.abc import Iterable, Mapping, Sequence


class Item: ...


def words(text: str) -> list[str]:
    return text.split()


def total(numbers: Sequence[int], weights: Iterable[float]) -> float:
    return 0.0


def known(names: set[str]) -> frozenset[str]:
    return frozenset(names)


def count(items: Mapping[str, int]) -> dict[str, Item]:
    return {}


def nested(rows: list[list[int]]) -> list[Item]:
    return []
