"""Several results."""


def nothing() -> None:
    pass


def divide(a: int, b: int) -> tuple[int, int]:
    return divmod(a, b)


def three(text: str) -> tuple[str, float, bool]:
    return text, 0.5, True


def checked(number: int) -> int:
    if number < 0:
        raise ValueError("a negative number")
    return number
