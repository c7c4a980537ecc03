"""Makes classes and functions of a stub file when they are first used.

They are in a block that Python's compiler skips, but that type checkers and editors
read. Each definition is compiled from the file's own source. With ``python -O`` the
block is compiled as usual, everything in it is made at import, and this module has
nothing to do.
"""

from __future__ import annotations
import __future__

import dis
import re
from collections.abc import Iterable
from threading import RLock
from types import CodeType
from typing import Any

_BLOCK = "\nif not __debug__:\n"

_STATEMENT = re.compile(r"^    (?=[^\s)\]}#])", re.MULTILINE)
"""The start of a statement in the block; closing brackets belong to the one before."""

_NAME = re.compile(r"(?:class|def|async def) (\w+)|(\w+)(?:: [^=\n]+)? = ")

_ID = re.compile(r"^        __metaffi_id__ = (?:\(\s+)?(.+)$", re.MULTILINE)


class Lazy:
    """The definitions in a stub file's block; ``file_globals`` are the file's globals."""

    def __init__(self, file_globals: dict[str, Any]) -> None:
        self._globals = file_globals
        self._lock = RLock()
        self._texts: dict[str, list[tuple[int, str]]] | None = None
        self._ids: dict[str, str] = {}
        self._being_made: set[str] = set()

    def names(self) -> list[str]:
        """Return all names that the block defines."""
        return list(self._found())

    def attribute(self, name: str) -> Any:
        """Return the definition of ``name``; raises AttributeError if there is none."""
        if name not in self._found():
            file = self._globals["__name__"]
            raise AttributeError(f"module {file!r} has no attribute {name!r}")
        self._make(name)
        return self._globals[name]

    def class_with(self, metaffi_id: str) -> Any:
        """Return the class with the guest's name ``metaffi_id``, or ``None``."""
        self._found()
        name = self._ids.get(metaffi_id)
        if name is None:
            return None
        return self._globals.get(name) or self.attribute(name)

    def kind(self, text: str) -> Any:
        """Evaluate a kind that is written as text."""
        code = compile(text, "<kind>", "eval")
        self._make_all(_names(code))
        return eval(code, self._globals)

    def _found(self) -> dict[str, list[tuple[int, str]]]:
        with self._lock:
            if self._texts is None:
                self._texts = self._read()
            return self._texts

    def _read(self) -> dict[str, list[tuple[int, str]]]:
        """Find the definitions of each name: line number and text."""
        if not __debug__:  # the block was compiled and executed
            self._ids = {
                one.__dict__["__metaffi_id__"]: name
                for name, one in self._globals.items()
                if isinstance(one, type) and "__metaffi_id__" in one.__dict__
            }
            return {}
        source = self._source()
        start = source.find(_BLOCK) + len(_BLOCK)
        if start < len(_BLOCK):
            return {}
        begins = [found.start() for found in _STATEMENT.finditer(source, start)]
        texts: dict[str, list[tuple[int, str]]] = {}
        decorated: int | None = None
        at_line, counted = source.count("\n", 0, start) + 1, start
        for begin, end in zip(begins, [*begins[1:], len(source)], strict=True):
            if source[begin + 4] == "@":
                decorated = begin if decorated is None else decorated
                continue
            first, decorated = begin if decorated is None else decorated, None
            name = _NAME.match(source, begin + 4)
            if name is None:
                continue
            at_line, counted = at_line + source.count("\n", counted, first), first
            text = source[first:end]
            texts.setdefault(name[1] or name[2], []).append((at_line, text))
            if name[1] is not None and (found := _ID.search(text)):
                self._ids[eval(found[1], {})] = name[1]
        return texts

    def _source(self) -> str:
        name, loader = self._globals["__name__"], self._globals.get("__loader__")
        get_source = getattr(loader, "get_source", None)
        source = get_source(name) if get_source is not None else None
        if source is None:
            try:
                with open(self._globals["__file__"], encoding="utf-8") as file:
                    return file.read()
            except (OSError, KeyError) as error:
                raise ImportError(
                    f"{name} needs its own source to make its classes, and cannot find it: ship "
                    "the .py file with the program, or compile it with python -O"
                ) from error
        text: str = source
        return text

    def _make(self, name: str) -> None:
        with self._lock:
            if name in self._globals or name in self._being_made:
                return
            self._being_made.add(name)
            try:
                for line, text in self._found()[name]:
                    code = self._compiled(line, text)
                    self._make_all(_names(code))
                    self._make_entities(code)
                    exec(code, self._globals)
            finally:
                self._being_made.discard(name)

    def _compiled(self, line: int, text: str) -> CodeType:
        lines = "\n" * (line - 2) + "if True:\n" + text
        flags = __future__.annotations.compiler_flag
        file = self._globals.get("__file__", "<stub>")
        code: CodeType = compile(lines, file, "exec", flags, True)
        return code

    def _make_all(self, names: Iterable[str]) -> None:
        found = self._found()
        for name in names:
            if name in found and name not in self._globals:
                self._make(name)

    def _make_entities(self, code: CodeType) -> None:
        """Make the globals that function bodies call; their names start with ``_``."""
        for inner in code.co_consts:
            if isinstance(inner, CodeType):
                self._make_all(tuple(name for name in inner.co_names if name[0] == "_"))
                self._make_entities(inner)


def _names(code: CodeType) -> list[str]:
    """Return the globals that it reads, in order; ``co_names`` includes attributes."""
    reads = ("LOAD_NAME", "LOAD_GLOBAL")
    return [one.argval for one in dis.get_instructions(code) if one.opname in reads]
