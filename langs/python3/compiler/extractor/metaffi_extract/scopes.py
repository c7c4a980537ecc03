"""Reads the names that a source or a stub file binds, without running it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Definition", "Function", "Import", "Scope", "names_of_class"]

Function = ast.FunctionDef | ast.AsyncFunctionDef
_TYPE_ALIAS: type[ast.stmt] | None = getattr(ast, "TypeAlias", None)
"""`type X = …`, from Python 3.12."""


@dataclass(frozen=True, slots=True)
class Import:
    """A name that is imported from another module."""

    module: str
    name: str | None
    """``None`` if it is the module itself."""
    is_export: bool
    """Whether it is marked as public: ``import x as x``."""


Definition = ast.stmt | Import
Names = dict[str, list[Definition]]


@dataclass(slots=True)
class Scope:
    """The names of a module."""

    module: str
    path: Path
    is_package: bool
    names: Names = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    """The modules whose names are imported by ``*``."""
    exports: list[str | ast.expr] | None = None
    """The contents of ``__all__``; expressions are other modules' lists."""
    doc: str = ""

    @property
    def is_stub(self) -> bool:
        """Return whether it is a stub file."""
        return self.path.suffix == ".pyi"

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        return self.module if self.is_package else self.module.rpartition(".")[0]


def read(module: str, path: Path) -> Scope:
    """Read a file; a ``SyntaxError`` has the position."""
    tree = ast.parse(path.read_bytes(), str(path))
    scope = Scope(module, path, path.stem == "__init__")
    scope.doc = ast.get_docstring(tree) or ""
    for name, definition in _definitions(tree.body, scope):
        if name == "__all__" and isinstance(definition, ast.stmt):
            _add_exports(scope, definition)
        scope.names.setdefault(name, []).append(definition)
    _forget_bodies(tree.body)
    return scope


def names_of_class(node: ast.ClassDef) -> Names:
    """Return the names that a class binds in its body."""
    known: Names | None = getattr(node, "_names", None)
    if known is None:
        known = {}
        for name, definition in _definitions(node.body, None):
            known.setdefault(name, []).append(definition)
        node._names = known  # type: ignore[attr-defined]
    return known


def _definitions(body: Iterable[ast.stmt], scope: Scope | None) -> Iterator[tuple[str, Definition]]:
    for statement in body:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield statement.name, statement
            case ast.Assign(targets=targets):
                for target in targets:
                    for name in _bound(target):
                        yield name, statement
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.AugAssign(target=ast.Name(id=name)):
                yield name, statement
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="__all__")))):
                yield "__all__", statement
            case ast.Import(names=aliases):
                for alias in aliases:
                    yield _imported(alias)
            case ast.ImportFrom():
                yield from _imported_from(statement, scope)
            case _ if _TYPE_ALIAS is not None and isinstance(statement, _TYPE_ALIAS):
                yield statement.name.id, statement  # type: ignore[attr-defined]
            case _:
                for inner in _branches(statement):
                    yield from _definitions(inner, scope)


def _bound(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for element in elements:
                yield from _bound(element)


def _imported(alias: ast.alias) -> tuple[str, Import]:
    if alias.asname is None:
        top = alias.name.partition(".")[0]
        return top, Import(top, None, False)
    return alias.asname, Import(alias.name, None, alias.asname == alias.name)


def _imported_from(node: ast.ImportFrom, scope: Scope | None) -> Iterator[tuple[str, Import]]:
    module = node.module or ""
    if node.level and scope is not None:
        parts = scope.package.split(".")
        parts = parts[: len(parts) - node.level + 1]
        module = ".".join([*parts, *([node.module] if node.module else [])])
    for alias in node.names:
        if alias.name == "*":
            if scope is not None:
                scope.stars.append(module)
            continue
        name = alias.asname or alias.name
        yield name, Import(module, alias.name, alias.asname == alias.name)


def _branches(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """Return the blocks of a statement that may run."""
    if isinstance(statement, ast.If):
        holds = _holds(statement.test)
        if holds is not False:
            yield statement.body
        if holds is not True:
            yield statement.orelse
        return
    for name in ("body", "orelse", "finalbody"):
        yield getattr(statement, name, [])
    for handler in getattr(statement, "handlers", []):
        yield handler.body


def _holds(test: ast.expr) -> bool | None:
    """Evaluate a condition about version, platform or type checking; ``None`` if unknown."""
    match test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            holds = _holds(operand)
            return None if holds is None else not holds
        case ast.BoolOp(op=operator, values=values):
            all_hold = [_holds(value) for value in values]
            if None in all_hold:
                return None
            return all(all_hold) if isinstance(operator, ast.And) else any(all_hold)
        case ast.Compare() if "sys." in (text := ast.unparse(test)):
            return _of_this_python(text)
        case ast.Call(func=ast.Attribute()) if ast.unparse(test).startswith("sys.platform."):
            return _of_this_python(ast.unparse(test))
    return None


def _of_this_python(text: str) -> bool | None:
    """Evaluate a comparison of ``sys.version_info`` or ``sys.platform``."""
    tree = ast.parse(text, mode="eval")
    allowed = {"version_info", "platform", "startswith"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr not in allowed:
            return None
        if isinstance(node, ast.Name) and node.id != "sys":
            return None
    try:
        return bool(eval(compile(tree, "<condition>", "eval"), {"sys": sys, "__builtins__": {}}))
    except Exception:  # values that cannot be compared
        return None


def _add_exports(scope: Scope, statement: ast.stmt) -> None:
    match statement:
        case ast.Assign(value=value):
            scope.exports = []
        case ast.AnnAssign(value=ast.expr() as value):
            scope.exports = []
        case ast.AugAssign(value=value):
            pass
        case ast.Expr(value=ast.Call(args=[value])):
            pass
        case _:
            return
    if scope.exports is not None:
        scope.exports.extend(_listed(value))


def _listed(value: ast.expr) -> Iterator[str | ast.expr]:
    match value:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            for element in elements:
                yield from _listed(element)
        case ast.Constant(value=str() as name):
            yield name
        case ast.Starred(value=inner):
            yield inner
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from _listed(left)
            yield from _listed(right)
        case _:
            yield value


def _forget_bodies(body: list[ast.stmt]) -> None:
    """Drop the bodies of functions, so that whole packages fit in memory."""
    for statement in body:
        if isinstance(statement, Function):
            if statement.name == "__init__":
                statement.assigned = _assigned(statement)  # type: ignore[union-attr]
            statement.yields = _yields(statement)  # type: ignore[union-attr]
            del statement.body[1:]
            if not isinstance(statement.body[0], ast.Expr):
                statement.body[0] = ast.Pass()
        elif isinstance(statement, ast.ClassDef):
            _forget_bodies(statement.body)
        else:
            for name in ("body", "orelse", "finalbody"):
                _forget_bodies(getattr(statement, name, []))
            for handler in getattr(statement, "handlers", []):
                _forget_bodies(handler.body)


Assigned = dict[str, tuple[ast.expr | None, ast.expr | None]]
"""Attributes that ``__init__`` sets: annotation and value."""


def _assigned(function: Function) -> Assigned:
    receiver = function.args.args[0].arg if function.args.args else ""
    found: Assigned = {}
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[target], value=value):
                annotation: ast.expr | None = None
            case ast.AnnAssign(target=target, annotation=annotation, value=value):
                pass
            case _:
                continue
        match target:
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner == receiver:
                if name not in found or annotation is not None:
                    found[name] = (annotation, value)
    return found


def _yields(function: Function) -> bool:
    """Return whether it is a generator; nested functions do not count."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, Function | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(node))
    return False
