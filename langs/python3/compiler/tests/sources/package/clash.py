"""A module that its package hides behind a function."""


def clash() -> str:
    """Have the name of its module."""
    return "function"


def hidden() -> None:
    """Cannot be reached through the package."""
