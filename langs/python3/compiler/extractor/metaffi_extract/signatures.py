"""Reads signatures: those that a stub or a source declares, checked against the live object."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from . import live_types, scopes, values
from .annotations import Reader
from .library import Found
from .trees import ANY, Tree, crossing, foreign, of
from .values import MISSING

__all__ = ["Declared", "Parameter", "Signature", "signatures"]

Default = dict[str, Any]

_PASSING = {
    inspect.Parameter.POSITIONAL_ONLY: "positional_only",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "ordinary",
    inspect.Parameter.KEYWORD_ONLY: "keyword_only",
    inspect.Parameter.VAR_POSITIONAL: "variadic",
    inspect.Parameter.VAR_KEYWORD: "keyword_variadic",
}
BY_PLACE = ("positional_only", "ordinary")
BY_NAME = ("keyword_only", "keyword_variadic")


@dataclass(frozen=True)
class Parameter:
    """A parameter; the type of ``*args`` and ``**kwargs`` is that of one argument."""

    name: str
    passing: str = "ordinary"
    tree: Tree | None = None
    """``None`` if it is not declared."""
    is_optional: bool = False
    default: Default | None = None
    hint: Tree | None = None
    """The type of the default, if nothing else is known."""


@dataclass(frozen=True)
class Signature:
    """One way to call something."""

    parameters: tuple[Parameter, ...] = ()
    result: Tree | None = None
    is_async: bool = False
    deprecated: str | None = None
    doc: str = ""

    @property
    def is_typed(self) -> bool:
        """Return whether every type in it is declared."""
        stated = [parameter.tree for parameter in self.parameters]
        return self.result is not None and None not in stated


ANYTHING = Signature((Parameter("args", "variadic"), Parameter("kwargs", "keyword_variadic")))
"""The signature of a callable about which nothing is known."""


@dataclass(frozen=True)
class Declared:
    """Where a callable is declared, and how to read types there."""

    found: Found
    reader: Reader


@dataclass(frozen=True)
class Callee:
    """A callable to describe: the live object, the stub's declaration, and the source."""

    live: Any = MISSING
    stub: Declared | None = None
    source: Declared | None = None
    skip: int = 0
    """The number of leading parameters that the caller does not pass: ``self``, ``cls``."""
    live_skip: int = 0
    """The same for the live object; a bound method has none."""
    reader: Reader | None = field(default=None)
    """Reads types that only the live object has."""


def signatures(callee: Callee) -> list[Signature]:
    """Return all signatures of a callable, with overloads in order."""
    implementation = _implementation(callee.source, callee.skip)
    declared = _declared(callee.stub, callee.skip) or _overloads(callee.source, callee.skip)
    live = _live(callee, implementation is not None)
    if live is None:
        known = declared or ([implementation] if implementation is not None else [])
        return _offered([_filled(one, implementation) for one in known]) or [ANYTHING]
    live = _filled(live, implementation)
    return _offered([_fitted(_filled(one, live), live) for one in declared] or [live])


def _offered(found: list[Signature]) -> list[Signature]:
    """Return each signature once, without private parameters."""
    public = [replace(one, parameters=_public(one.parameters)) for one in found]
    return [one for index, one in enumerate(public) if one not in public[:index]]


def _public(parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    """Drop private parameters: all keyword ones, and positional ones at the end."""
    public: list[Parameter] = []
    is_last = True
    for one in reversed(parameters):
        is_private = one.name.startswith("_") and one.is_optional
        if is_private and (one.passing == "keyword_only" or is_last):
            continue
        is_last = is_last and one.passing not in (*BY_PLACE, "variadic")
        public.append(one)
    return tuple(reversed(public))


# --- of sources and stubs ---


def _functions(declared: Declared | None) -> list[scopes.Function]:
    if declared is None:
        return []
    return [node for node in declared.found.nodes if isinstance(node, scopes.Function)]


def _declared(declared: Declared | None, skip: int) -> list[Signature]:
    """Read the overloads of a stub, or else the single function."""
    plain = [node for node in _functions(declared) if not _is_accessor(node)]
    functions = plain[-1:] or _functions(declared)[:1]
    if declared is None or not functions:
        return []
    return _overloads(declared, skip) or [_of_source(functions[0], declared.reader, skip)]


def _overloads(declared: Declared | None, skip: int) -> list[Signature]:
    """Read the overloads, except those that never return, which mark invalid calls."""
    if declared is None:
        return []
    nodes = [node for node in _functions(declared) if _is_decorated(node, "overload")]
    useful = [node for node in nodes if not _never_returns(node)]
    return [_of_source(node, declared.reader, skip) for node in useful or nodes]


def _never_returns(node: scopes.Function) -> bool:
    result = ast.unparse(node.returns) if node.returns is not None else ""
    return result.rpartition(".")[2] in ("Never", "NoReturn")


def _implementation(declared: Declared | None, skip: int) -> Signature | None:
    functions = [one for one in _functions(declared) if not _is_decorated(one, "overload")]
    if declared is None or not functions:
        return None
    return _of_source(functions[-1], declared.reader, skip)


def decorators(node: ast.stmt) -> Iterator[str]:
    """Return the names of a definition's decorators, without their modules."""
    for decorator in getattr(node, "decorator_list", ()):
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        yield ast.unparse(function).rpartition(".")[2]


def _is_decorated(node: ast.stmt, name: str) -> bool:
    return name in decorators(node)


def _is_accessor(node: ast.stmt) -> bool:
    return not {"setter", "deleter"}.isdisjoint(decorators(node))


def deprecation(node: ast.stmt) -> str | None:
    """Read ``@deprecated("…")``."""
    for decorator in getattr(node, "decorator_list", ()):
        match decorator:
            case ast.Call(func=function, args=[ast.Constant(value=str() as text), *_]):
                if ast.unparse(function).rpartition(".")[2] == "deprecated":
                    return text
    return None


def _of_source(node: scopes.Function, reader: Reader, skip: int) -> Signature:
    reader = reader.with_parameters(node)
    parameters = tuple(_parameters(node.args, reader))
    if skip and not (parameters and parameters[0].passing in BY_PLACE):
        skip = 0  # `def method(*args)`
    is_generator = getattr(node, "yields", False)
    is_async = isinstance(node, ast.AsyncFunctionDef) and not is_generator
    result = reader.tree(node.returns) if node.returns is not None else None
    if result is not None and not {"contextmanager", "asynccontextmanager"}.isdisjoint(
        decorators(node)
    ):
        result = _managed(node, result)
    return Signature(
        parameters[skip:], result, is_async, deprecation(node), ast.get_docstring(node) or ""
    )


def _managed(node: scopes.Function, result: Tree) -> Tree:
    """Return the result type of a function with ``@contextmanager``."""
    is_async = isinstance(node, ast.AsyncFunctionDef)
    name = "AbstractAsyncContextManager" if is_async else "AbstractContextManager"
    inner = result.get("of") or next(iter(result.get("arguments", ())), ANY)
    return foreign(f"contextlib.{name}", [inner])


def _parameters(arguments: ast.arguments, reader: Reader) -> Iterator[Parameter]:
    places = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(places) - len(arguments.defaults))
    defaults.extend(arguments.defaults)
    for index, (node, default) in enumerate(zip(places, defaults, strict=True)):
        # Before `/` existed, two leading underscores marked positional-only parameters.
        hidden = node.arg.startswith("__") and not node.arg.endswith("__")
        is_only = index < len(arguments.posonlyargs) or hidden
        yield _parameter(node, "positional_only" if is_only else "ordinary", default, reader)
    if arguments.vararg:
        yield _parameter(arguments.vararg, "variadic", None, reader)
    for node, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield _parameter(node, "keyword_only", default, reader)
    if arguments.kwarg:
        yield _parameter(arguments.kwarg, "keyword_variadic", None, reader)


def _parameter(node: ast.arg, passing: str, default: ast.expr | None, reader: Reader) -> Parameter:
    tree = reader.tree(node.annotation) if node.annotation is not None else None
    hint = None
    if default is not None and (value := values.constant(default)) is not MISSING:
        hint = live_types.tree_of_value(value, reader)
    spelled = values.default_of_source(default) if default is not None else None
    return Parameter(
        node.arg.lstrip("_") if node.arg.startswith("__") else node.arg,
        passing,
        tree,
        default is not None,
        spelled,
        hint,
    )


# --- of live objects ---


def _live(callee: Callee, is_written: bool) -> Signature | None:
    """Read a live object; its types are not read if a source declares them."""
    if callee.live is MISSING or callee.reader is None:
        return None
    signature = of_live(callee.live)
    if signature is None:
        return None
    asked = None if is_written else callee
    parameters = [
        _live_parameter(one, callee.reader, asked) for one in signature.parameters.values()
    ]
    skip = callee.live_skip if parameters and parameters[0].passing in BY_PLACE else 0
    return Signature(
        tuple(parameters[skip:]),
        _live_tree(signature.return_annotation, asked),
        inspect.iscoroutinefunction(inspect.unwrap(callee.live)),
        deprecated=_live_deprecation(callee.live),
    )


def of_live(value: Any) -> inspect.Signature | None:
    """Return the signature of a live object, if Python knows it."""
    try:
        return inspect.signature(value)
    except Exception:  # TypeError and ValueError, or what a `__signature__` raises
        return None


def _live_deprecation(value: Any) -> str | None:
    text = getattr(value, "__deprecated__", None)
    return text if isinstance(text, str) else None


def _live_parameter(
    parameter: inspect.Parameter, reader: Reader, callee: Callee | None
) -> Parameter:
    default = parameter.default
    is_optional = default is not inspect.Parameter.empty
    return Parameter(
        parameter.name,
        _PASSING[parameter.kind],
        _live_tree(parameter.annotation, callee),
        is_optional,
        values.default_of(default) if is_optional else None,
        live_types.tree_of_value(default, reader) if is_optional else None,
    )


def _live_tree(annotation: Any, callee: Callee | None) -> Tree | None:
    if callee is None or callee.reader is None or annotation is inspect.Signature.empty:
        return None
    where = callee.source or callee.stub
    reader = where.reader if where is not None else _reader_of_module(callee)
    return live_types.tree_of(annotation, reader, callee.reader)


def _reader_of_module(callee: Callee) -> Reader | None:
    """Return a reader for quoted annotations in the function's module, if that can be read."""
    module = getattr(inspect.unwrap(callee.live), "__module__", None)
    if callee.reader is None or not isinstance(module, str) or module not in sys.modules:
        return None
    scope = callee.reader.world.library.source(module)
    return replace(callee.reader, scope=scope, classes=()) if scope is not None else None


# --- both ---


def _filled(declared: Signature, other: Signature | None) -> Signature:
    """Add missing defaults and types from ``other``."""
    if other is None:
        return declared
    known = {parameter.name: parameter for parameter in other.parameters}
    parameters = [_with(one, known.get(one.name)) for one in declared.parameters]
    return replace(
        declared,
        parameters=tuple(parameters),
        result=declared.result if declared.result is not None else other.result,
        is_async=declared.is_async or (other.is_async and not _is_awaitable(declared.result)),
        deprecated=declared.deprecated if declared.deprecated is not None else other.deprecated,
        doc=declared.doc or other.doc,
    )


def _is_awaitable(tree: Tree | None) -> bool:
    return tree is not None and tree["kind"] == "awaitable"


def _with(parameter: Parameter, other: Parameter | None) -> Parameter:
    if other is None:
        return parameter
    return replace(
        parameter,
        tree=parameter.tree if parameter.tree is not None else other.tree,
        default=(parameter.default or other.default) if parameter.is_optional else None,
        hint=parameter.hint or other.hint,
    )


def _fitted(declared: Signature, live: Signature) -> Signature:
    """Return the declared signature if the object accepts such calls, otherwise the object's."""
    if _takes(live, declared):
        return declared
    return _filled(replace(live, doc=declared.doc), declared)


def _takes(live: Signature, declared: Signature) -> bool:
    """Return whether ``live`` accepts everything that can be passed to ``declared``."""
    kinds = {parameter.passing for parameter in live.parameters}
    names = {one.name for one in live.parameters if one.passing in ("ordinary", "keyword_only")}
    places = [one for one in live.parameters if one.passing in BY_PLACE]
    passed = [one for one in declared.parameters if one.passing in BY_PLACE]
    if len(passed) > len(places) and "variadic" not in kinds:
        return False
    needed = [one for one in places if not one.is_optional]
    by_name = {one.name for one in declared.parameters if one.passing == "keyword_only"}
    if any(one.name not in by_name for one in needed[len(passed) :]):
        return False
    if "keyword_variadic" in kinds:
        return True
    required = {
        one.name for one in live.parameters if one.passing == "keyword_only" and not one.is_optional
    }
    return by_name <= names and required <= by_name


# --- in the form of the IDL ---


def written(parameter: Parameter, comment: str) -> dict[str, Any]:
    """Return a parameter in the form of the IDL."""
    tree = parameter.tree if parameter.tree is not None else parameter.hint or ANY
    if parameter.passing == "variadic":
        tree = of("array", tree)
    elif parameter.passing == "keyword_variadic":
        tree = {"kind": "map", "key": {"kind": "text"}, "value": tree}
    # The type of a default is only a hint: any value may be passed.
    is_stated = parameter.tree is not None or parameter.passing in ("variadic", "keyword_variadic")
    value = {**typed(parameter.name, tree if is_stated else ANY, is_result=False), "tree": tree}
    value["comment"] = comment
    if parameter.is_optional or parameter.passing in ("variadic", "keyword_variadic"):
        value["is_optional"] = True
    if parameter.passing != "ordinary":
        value["passing"] = parameter.passing
    if parameter.default is not None:
        value["default"] = parameter.default
    return value


def typed(name: str, tree: Tree, *, is_result: bool) -> dict[str, Any]:
    """Return a value of a type in the form of the IDL."""
    how = crossing(tree, is_result=is_result)
    return {
        "name": name,
        "type": how.type,
        "type_alias": how.alias,
        "dimensions": how.dimensions,
        "tree": tree,
    }


def results(signature: Signature) -> list[dict[str, Any]]:
    """Return the results of a call: none for ``None``, several for a tuple."""
    tree = signature.result if signature.result is not None else ANY
    if tree["kind"] == "none":
        return []
    if tree["kind"] == "tuple" and 2 <= len(tree["items"]) <= MOST:
        return [typed("", item, is_result=True) for item in tree["items"]]
    return [typed("", tree, is_result=True)]


MOST = 8
"""The maximum number of a tuple's items that become separate results."""
