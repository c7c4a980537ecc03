"""Makes the ``inspect.Signature`` of members from their runtime's description.

Separate from ``_types``, which every program imports, because ``inspect`` is slow to import.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence

from ._types import Member

__all__ = ["signature_of"]

_PARAMETERS = re.compile(r"\((.*)\)", re.DOTALL)
_EVERY = inspect.Parameter("args", inspect.Parameter.VAR_POSITIONAL)
_SELF = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)


def signature_of(described: Sequence[Member]) -> inspect.Signature:
    """Make the signature of a member, with its parameters' names if it has no overloads."""
    if len(described) != 1:
        return inspect.Signature([_SELF, _EVERY])
    found = _PARAMETERS.search(described[0].signature)
    parameters = [_SELF]
    for index, text in enumerate(_split(found.group(1) if found else "")):
        if "..." in text or text.startswith("*"):
            return inspect.Signature([*parameters, _EVERY])
        name = _name_of(text)
        if not name.isidentifier() or any(name == known.name for known in parameters):
            name = f"arg{index}"
        parameters.append(inspect.Parameter(name, inspect.Parameter.POSITIONAL_ONLY))
    return inspect.Signature(parameters)


def _split(text: str) -> list[str]:
    """Split parameters at commas outside of brackets."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "(<[{") - (letter in ")>]}")
        if letter == "," and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [part for part in [*parts, text[start:].strip()] if part]


def _name_of(text: str) -> str:
    """Return a parameter's name: the first word of Go's ``count int``, the last of Java's."""
    words = re.findall(r"[^\W\d]\w*", text)
    if not words:
        return ""
    is_type = words[0] in _JAVA_TYPES or words[0][0].isupper() or not words[0].isidentifier()
    if len(words) == 1:
        return "" if is_type else str(words[0])
    has_package = re.match(r"\w+[.<]", text) is not None
    return str(words[-1] if is_type or has_package else words[0])


_JAVA_TYPES = {"boolean", "byte", "char", "double", "float", "int", "long", "short"}
