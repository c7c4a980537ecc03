"""Names and paths that leave Python as UTF-8."""

from __future__ import annotations

from .metaffi_error import MetaFFIArgumentError

__all__ = ["checked"]


def checked(what: str, name: str) -> str:
    """Refuse what UTF-8 cannot spell, as names of files that are not UTF-8 come from ``os``."""
    try:
        name.encode()
    except UnicodeEncodeError as fault:
        raise MetaFFIArgumentError(
            f"{what} {name!a} holds a lone surrogate (at index {fault.start}), which is no "
            "Unicode character; rename it, or decode its name differently",
            language="python3",
            kind="argument",
        ) from None
    return name
