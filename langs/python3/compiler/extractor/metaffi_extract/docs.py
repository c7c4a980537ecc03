"""Converts docstrings to Markdown, with the documentation of parameters separate.

Supports the styles of numpy, Google and Sphinx as far as they can be recognized by
their headings; any other text is not changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from inspect import cleandoc
from textwrap import dedent

__all__ = ["Doc", "read"]


@dataclass
class Doc:
    """The contents of a docstring."""

    text: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    deprecated: str | None = None
    raises: list[str] = field(default_factory=list)
    """The exceptions that it names."""


_PARAMETERS = {
    *("Parameters", "Other Parameters", "Args", "Arguments", "Keyword Args"),
    *("Keyword Arguments", "Other Args"),
}
_LISTS = {
    *("Returns", "Return", "Yields", "Yield", "Receives", "Raises", "Raise", "Warns"),
    *("Attributes", "See Also", "Methods"),
}
_TEXTS = {
    *("Notes", "Note", "Examples", "Example", "References", "Warnings", "Warning", "Todo"),
    *("Usage", "Important", "Tip", "Caution"),
}
_HEADINGS = _PARAMETERS | _LISTS | _TEXTS


def read(docstring: str | None) -> Doc:
    """Parse a docstring."""
    doc = Doc()
    if not docstring:
        return doc
    lines = _without_directives(cleandoc(docstring).splitlines(), doc)
    written: list[str] = []
    for heading, body in _sections(lines):
        if heading in _PARAMETERS:
            doc.parameters.update(_entries(body))
            continue
        if heading == "Attributes":
            doc.parameters.update(_entries(body))
        if heading in ("Raises", "Raise"):
            for head, _ in _groups(body):
                doc.raises += _named(head.partition(":")[0])
        if heading:
            written += ["", f"**{heading}**", ""]
        written += _listed(body) if heading in _LISTS else body
    doc.text = _markdown(_without_fields(written, doc))
    return doc


def _sections(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Split at the headings: underlined ones, or those with a colon and a block."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    position = 0
    while position < len(lines):
        line, following = lines[position], lines[position + 1 : position + 2]
        name = line.strip().removesuffix(":")
        if name in _HEADINGS and line == line.lstrip():
            is_underlined = bool(following) and re.fullmatch(r"[-=]{3,} *", following[0])
            if is_underlined:
                sections.append((name, []))
                position += 2
                continue
            if line.endswith(":") and following and following[0].startswith(" "):
                block = _block(lines, position + 1)
                sections.append((name, dedent("\n".join(block)).splitlines()))
                sections.append(("", []))
                position += 1 + len(block)
                continue
        sections[-1][1].append(line)
        position += 1
    return sections


def _block(lines: list[str], start: int) -> list[str]:
    """Return the indented lines from ``start``, with empty ones in between."""
    end = start
    while end < len(lines) and (lines[end].startswith(" ") or not lines[end].strip()):
        end += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return lines[start:end]


def _groups(body: list[str]) -> list[tuple[str, str]]:
    """Split a list of entries: each line that is not indented, with the lines below it."""
    groups: list[tuple[str, list[str]]] = []
    for line in body:
        if line.strip() and not line.startswith(" "):
            groups.append((line, []))
        elif groups:
            groups[-1][1].append(line)
    return [(head, dedent("\n".join(below)).strip()) for head, below in groups]


_GOOGLE = re.compile(r"(\*{0,2}\w+) *(\([^)]*\))?: +(.*)", re.DOTALL)


def _entries(body: list[str]) -> dict[str, str]:
    """Read ``name : type`` with text below it, or ``name (type): text``."""
    entries: dict[str, str] = {}
    for head, below in _groups(body):
        google = _GOOGLE.fullmatch(head)
        if google is not None and " : " not in head:
            text = f"{google[3]}\n{below}" if below else google[3]
            entries[google[1].lstrip("*")] = _markdown(text.splitlines())
            continue
        for name in head.partition(":")[0].split(","):
            entries[name.strip().lstrip("*")] = _markdown(below.splitlines())
    return {name: text for name, text in entries.items() if name and text}


def _listed(body: list[str]) -> list[str]:
    listed = []
    for head, below in _groups(body):
        text = " ".join(below.split())
        listed.append(f"- {head.strip()}: {text}" if text else f"- {head.strip()}")
    return listed


_NAME = re.compile(r"[A-Za-z_]\w*(\.\w+)*")


def _named(text: str) -> list[str]:
    """Read names of classes: ``KeyError, IndexError``, ``KeyError or os.error``."""
    parts = re.split(r",| or | and ", _markdown([text]).replace("`", ""))
    return [name for part in parts if _NAME.fullmatch(name := part.strip())]


_FIELD = re.compile(r":(param|parameter|arg|argument|key|keyword)\s+([^:]*?)(\*{0,2}\w+):\s*(.*)")
_OTHER_FIELD = re.compile(r":(returns?|rtype|raises?|type|yields?)\s*([^:]*):\s*(.*)")


def _without_fields(lines: list[str], doc: Doc) -> list[str]:
    """Remove Sphinx's fields; ``:returns:`` and ``:raises:`` become a list."""
    result: list[str] = []
    target: str | None = None
    for line in lines:
        if (match := _FIELD.match(line.strip())) is not None:
            target = match[3].lstrip("*")
            doc.parameters[target] = match[4]
        elif (match := _OTHER_FIELD.match(line.strip())) is not None:
            target = None
            if match[1].startswith("raise"):
                doc.raises += _named(match[2])
            if match[1] not in ("rtype", "type"):
                result.append(f"- {' '.join((match[1], match[2])).strip()}: {match[3]}")
        elif target is not None and line.startswith(" ") and line.strip():
            doc.parameters[target] = f"{doc.parameters[target]} {line.strip()}".strip()
        else:
            target = None
            result.append(line)
    return result


_DEPRECATED = re.compile(r"\.\. (deprecated|deprecated-removed):: *(.*)")
_DIRECTIVE = re.compile(r"( *)\.\. ([\w-]+):: *(.*)")
_CODE = {"code-block", "code", "sourcecode", "ipython", "testcode", "doctest"}


def _without_directives(lines: list[str], doc: Doc) -> list[str]:
    """Read the directives of reStructuredText: deprecations, code, notes."""
    result: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        position += 1
        if (match := _DEPRECATED.fullmatch(line)) is not None:
            block = _block(lines, position)
            position += len(block)
            since = f"since {match[2]}" if match[2] else ""
            text = " ".join(" ".join(block).split())
            parts = [part for part in (since, _markdown([text])) if part]
            doc.deprecated = ": ".join(parts)
            continue
        match = _DIRECTIVE.fullmatch(line)
        if match is None:
            result.append(line)
        elif match[2] in _CODE:
            result.append("")
        elif match[2] not in ("plot", "index", "seealso", "currentmodule", "module"):
            name = match[2].replace("versionadded", "new in version")
            result.append(
                f"{match[1]}**{name.replace('versionchanged', 'changed in')}** {match[3]}"
            )
    return result


_ROLE = re.compile(r":(?:py:)?[a-z]+:`~?\.?([^`<]*?)(?: *<[^>]*>)?`")
_DOUBLE = re.compile(r"``([^`]+)``")


def _markdown(lines: list[str]) -> str:
    """Convert syntax that differs in Markdown: roles, literals, doctests."""
    written: list[str] = []
    is_session = False
    for line in lines:
        starts = line.lstrip().startswith(">>>")
        if starts and not is_session:
            written.append("```python")
            is_session = True
        elif is_session and not line.strip():
            written.append("```")
            is_session = False
        if is_session:
            written.append(line.strip() if starts else line)
            continue
        line = _DOUBLE.sub(r"`\1`", _ROLE.sub(r"`\1`", line)).rstrip()
        written.append(line[:-1] if line.endswith("::") else line)
    if is_session:
        written.append("```")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(written)).strip()
