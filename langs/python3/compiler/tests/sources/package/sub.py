"""A module below."""

__all__ = ["helper", "more", "missing"]


def helper(value: int) -> int:
    """Help; it is known by the package's name."""
    return value


def more(value: "Later") -> int:
    """Do more."""
    return 1


def unlisted() -> None:
    """Is not offered."""
