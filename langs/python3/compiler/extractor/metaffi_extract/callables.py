"""Describes functions, methods and constructors in the form of the IDL."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from . import docs, signatures
from .annotations import World
from .signatures import BY_NAME, Callee, Signature
from .trees import Tree, variables_in

__all__ = ["entity_path", "functions_of", "parameter"]

Json = dict[str, Any]


def entity_path(key: str, path: str, *tags: str) -> Json:
    """Return an entity path."""
    return {key: path, **dict.fromkeys(tags, "true")}


def functions_of(
    world: World,
    name: str,
    path: Json,
    callee: Callee,
    doc: str,
    known: Iterable[str] = (),
) -> list[Json]:
    """Describe all overloads of a callable.

    ``known`` are the type parameters of the enclosing class.
    """
    world.variables.clear()
    found = signatures.signatures(callee)
    return [
        _function(world, name, path, one, index, doc, set(known), callee)
        for index, one in enumerate(found)
    ]


def _function(
    world: World,
    name: str,
    path: Json,
    signature: Signature,
    index: int,
    doc: str,
    known: set[str],
    callee: Callee,
) -> Json:
    said = docs.read(doc or signature.doc)
    kinds = {parameter.passing for parameter in signature.parameters}
    tags = [
        tag
        for tag, is_there in (
            ("varargs", "variadic" in kinds),
            ("named_args", not kinds.isdisjoint(BY_NAME)),
            ("awaited", signature.is_async),
        )
        if is_there
    ]
    function: Json = {
        "name": name,
        "comment": said.text,
        "entity_path": {**path, **dict.fromkeys(tags, "true")},
        "parameters": [
            signatures.written(one, said.parameters.get(one.name, ""))
            for one in signature.parameters
        ],
        "return_values": signatures.results(signature),
        "overload_index": index,
    }
    trees = [one.tree for one in signature.parameters if one.tree is not None]
    trees += [signature.result] if signature.result is not None else []
    own = [one for one in variables_in(trees) if one not in known]
    if own:
        function["type_parameters"] = [parameter(world, one) for one in own]
    if raises := _raises(callee, said.raises):
        function["raises"] = raises
    if signature.is_async:
        function["is_async"] = True
    deprecated = signature.deprecated if signature.deprecated is not None else said.deprecated
    if deprecated is not None:
        function["deprecated"] = deprecated
    return function


def _raises(callee: Callee, names: list[str]) -> list[Tree]:
    """Look up the exceptions that a docstring names, in the scope of the callable."""
    declared = callee.source or callee.stub
    reader = declared.reader if declared is not None else callee.reader
    if reader is None:
        return []
    found = [reader.tree(ast.Constant(name)) for name in dict.fromkeys(names)]
    return [tree for tree in found if tree["kind"] == "foreign"]


def parameter(world: World, name: str) -> Json:
    """Return a type parameter in the form of the IDL."""
    bounds = world.variables.get(name, [])
    return {"name": name, "bounds": bounds} if bounds else {"name": name}
