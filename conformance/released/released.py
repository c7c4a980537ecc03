"""What is used after the runtime was released."""


class Thing:
    def __init__(self, number: int) -> None:
        self._number = number

    def number(self) -> int:
        return self._number


def add(a: int, b: int) -> int:
    return a + b


def subtract(a: int, b: int) -> int:
    return a - b


def fail_with(message: str) -> None:
    raise ValueError(message)
