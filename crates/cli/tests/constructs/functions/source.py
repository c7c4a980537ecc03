"""Functions with no result, one result and several results."""


def hush() -> None:
    """Returns nothing."""


def double(number: int) -> int:
    """Twice `number`."""
    return 2 * number


def divide(number: int, by: int) -> tuple[int, int]:
    return divmod(number, by)
