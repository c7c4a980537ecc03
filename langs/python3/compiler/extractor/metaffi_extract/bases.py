"""The type arguments that a class passes to its bases, and they to theirs."""

from __future__ import annotations

import ast
from dataclasses import replace

from .annotations import Reader, live_at
from .library import External, Found
from .trees import ANY, Tree, variables_in

__all__ = ["arguments_of_bases"]

TypeArguments = dict[str, Tree]
"""Types by the names of type parameters."""


def arguments_of_bases(reader: Reader, found: Found | None) -> dict[str, TypeArguments]:
    """Return the type arguments of all bases of a class, by the bases' canonical names.

    If a class names a base without arguments, they may be any type.
    """
    world = reader.world
    around, world.variables = world.variables, {}
    known: dict[str, TypeArguments] = {}
    waiting: list[tuple[Found | None, TypeArguments]] = [(found, {})]
    while waiting:
        one, given = waiting.pop(0)
        if one is None or one.as_class is None:
            continue
        there = Reader(world, one.scope, (one,), given=given)
        for base in one.as_class.bases:
            cls = _class_of_base(there, base)
            if cls is not None and cls.canonical not in known:
                known[cls.canonical] = _arguments_of_base(there, base, cls)
                waiting.append((cls, known[cls.canonical]))
    world.variables = around
    return known


def _arguments_of_base(reader: Reader, base: ast.expr, cls: Found) -> TypeArguments:
    names = _parameters(replace(reader, scope=cls.scope, classes=(cls,), given={}), cls)
    arguments = [reader.tree(one) for one in _arguments(base)]
    return dict.fromkeys(names, ANY) | dict(zip(names, arguments, strict=False))


def _parameters(reader: Reader, cls: Found) -> list[str]:
    """Return the names of a class's type parameters, in order."""
    node = cls.as_class
    if node is None:
        return []
    in_brackets = [one.name for one in getattr(node, "type_params", ())]
    generic = [base for base in node.bases if _bare_name(base) in ("Generic", "Protocol")]
    written = [one for base in generic or node.bases for one in _arguments(base)]
    written = written or [one for base in node.bases for one in _arguments(base)]
    return in_brackets or variables_in([reader.tree(one) for one in written])


def _arguments(base: ast.expr) -> list[ast.expr]:
    if not isinstance(base, ast.Subscript):
        return []
    return base.slice.elts if isinstance(base.slice, ast.Tuple) else [base.slice]


def _bare_name(base: ast.expr) -> str:
    inner = base.value if isinstance(base, ast.Subscript) else base
    return ast.unparse(inner).rpartition(".")[2]


def _class_of_base(reader: Reader, base: ast.expr) -> Found | None:
    meaning = reader.meaning(base.value if isinstance(base, ast.Subscript) else base)
    if isinstance(meaning, External):
        return _standard_class(reader, meaning.canonical)
    return meaning if isinstance(meaning, Found) and meaning.as_class is not None else None


def _standard_class(reader: Reader, canonical: str) -> Found | None:
    """Find a class of the standard library, also by its alias in ``typing``."""
    live = live_at(canonical)
    live = getattr(live, "__origin__", live)
    if not isinstance(live, type):
        return None
    library = reader.world.library
    for module in (live.__module__, "typing"):
        found = library.definition(library.stub(module), live.__qualname__)
        if found is not None and found.as_class is not None:
            return found
    return None
