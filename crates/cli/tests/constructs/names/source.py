"""Names that are keywords of some language, or invalid for other reasons."""


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
