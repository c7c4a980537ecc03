"""Checks names and paths that leave Python as UTF-8."""

from __future__ import annotations

from .metaffi_error import MetaFFIArgumentError

__all__ = ["checked"]


def checked(what: str, name: str) -> str:
    """Refuse names that UTF-8 cannot encode: ``os`` returns such names of non-UTF-8 files."""
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise MetaFFIArgumentError(
            f"{what} {name!a} contains a lone surrogate (at index {error.start}), which is not a "
            "Unicode character; rename it, or decode its name differently",
            language="python3",
            kind="argument",
        ) from None
    return name
