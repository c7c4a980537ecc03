"""Any number of arguments."""


def join(separator: str, *words: str) -> str:
    return separator.join(words)


def total(*numbers: int) -> int:
    return sum(numbers)


def count(*values: object) -> int:
    return len(values)
