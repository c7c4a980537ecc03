"""Nullable and non-null values."""


class Node: ...


def find(key: str | None, node: Node | None = None) -> Node | None:
    return node


def limit(most: int | None) -> float | None:
    return most


def first(texts: list[str] | None) -> str | None:
    return texts[0] if texts else None
