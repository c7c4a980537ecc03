"""Names that are words of some language, or that other rules forbid."""


def func(type: str, match: int, class_: bool) -> str:
    return type


def string() -> str:
    return ""


class Error:
    """Not an exception."""

    def self(self, default: int) -> int:
        return default


class error:
    """Another class."""
