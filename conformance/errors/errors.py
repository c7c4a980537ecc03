"""Errors of every kind."""


class OwnError(Exception):
    """The module's own error."""

    def __init__(self, code: int) -> None:
        super().__init__(f"code {code}")
        self.code = code


def next() -> int:  # noqa: A001
    return 42


def fail_with(message: str) -> str:
    raise ValueError(message)


def fail_with_cause() -> None:
    try:
        {}["no such line"]
    except KeyError as cause:
        raise OSError("reading") from cause


def fail_in_own_way(code: int) -> None:
    raise OwnError(code)


def divide(a: int, b: int) -> int:
    return a // b


def recurse(depth: int) -> int:
    return recurse(depth + 1) + 1


def narrow(value: int) -> int:
    return value


def greet(name: str) -> str:
    return f"Hello, {name}"
