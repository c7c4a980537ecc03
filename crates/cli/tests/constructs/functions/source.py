"""Functions without a result, with one, and with several."""


def hush() -> None:
    """Says nothing."""


def double(number: int) -> int:
    """Twice `number`."""
    return 2 * number


def divide(number: int, by: int) -> tuple[int, int]:
    return divmod(number, by)
