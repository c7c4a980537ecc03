"""Docstrings of the package `metaffi` as Markdown, for the page `reference/python.md`.

They are written for `help()`: with roles (`:meth:`release``), and with `::` before an
example, which Markdown shows as they are.
"""

import re
from typing import Any

import griffe

_ROLE = re.compile(r":(?:meth|func|class|attr|mod):(?=`)")
_EXAMPLE = re.compile(r"::$", re.MULTILINE)


class MarkdownDocstrings(griffe.Extension):
    """Rewrites the docstring of each object that is read."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Leave a colon before examples, and names without roles."""
        if obj.docstring is not None:
            text = _EXAMPLE.sub(":", obj.docstring.value)
            obj.docstring.value = _ROLE.sub("", text)
