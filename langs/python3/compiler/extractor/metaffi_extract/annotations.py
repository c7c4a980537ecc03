"""Reads the types that a source or a stub declares."""

from __future__ import annotations

import ast
import builtins
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from . import meanings, scopes, trees, values
from .library import External, Found, Library, Meaning, Module
from .scopes import Scope
from .trees import ANY, NONE, Tree

__all__ = ["Reader", "World"]

DEEPEST = 24
"""The maximum depth of aliases in aliases; a deeper one is recursive."""


@dataclass
class World:
    """The context that all annotations share."""

    library: Library
    ids: dict[str, str] = field(default_factory=dict)
    """The ids by which classes are referred to, by their canonical names."""
    is_live: bool = True
    variables: dict[str, list[Tree]] = field(default_factory=dict)
    """The type variables that were found, with their bounds."""
    known: dict[str, tuple[Tree, dict[str, list[Tree]]]] = field(default_factory=dict)
    """Types that were already read, with their type variables."""
    bases: dict[str, list[str]] = field(default_factory=dict)
    """The unqualified names of the bases of classes."""
    reading: set[str] = field(default_factory=set)
    """The types that are being read, since an alias may be recursive."""
    _aliases: dict[str, str | None] = field(default_factory=dict)

    def id_of(self, canonical: str) -> str | None:
        """Return the id of a class, which is the same for all of its names."""
        known = self.ids.get(canonical)
        if known is not None or not self.is_live:
            return known
        if canonical not in self._aliases:
            found = live_at(canonical)
            own = ""
            if isinstance(found, type):
                own = f"{found.__module__}.{found.__qualname__}"
            self._aliases[canonical] = self.ids.get(own)
        return self._aliases[canonical]

    def once(self, key: str, read: Callable[[], Tree]) -> Tree:
        """Read a type, unless it was already read."""
        if key not in self.known:
            around, self.variables = self.variables, {}
            tree = read()
            self.known[key] = (tree, self.variables)
            self.variables = around
        tree, variables = self.known[key]
        self.variables.update(variables)
        return tree


def live_at(canonical: str) -> object:
    """Return the object with a full name, if its module is imported."""
    parts = canonical.split(".")
    for end in range(len(parts) - 1, 0, -1):
        value: object = sys.modules.get(".".join(parts[:end]), values.MISSING)
        if value is not values.MISSING:
            for part in parts[end:]:
                value = inspect.getattr_static(value, part, values.MISSING)
            return value
    return values.MISSING


@dataclass(frozen=True)
class Reader:
    """Reads the annotations of one place."""

    world: World
    scope: Scope
    classes: tuple[Found, ...] = ()
    """The classes around it, the innermost last."""
    own: Tree = field(default_factory=lambda: ANY)
    """The type that ``Self`` stands for."""
    depth: int = 0
    scoped: tuple[str, ...] = ()
    """The type parameters of the function or alias around it."""
    given: dict[str, Tree] = field(default_factory=dict)
    """The type arguments that a derived class passes to the class around it."""

    def with_parameters(self, node: ast.AST) -> Reader:
        """Return a reader for a definition with type parameters in square brackets."""
        found = [one for one in getattr(node, "type_params", ()) if type(one).__name__ == "TypeVar"]
        if not found:
            return self
        inside = replace(self, scoped=(*self.scoped, *(one.name for one in found)))
        for one in found:
            bounds = [inside.tree(one.bound)] if one.bound is not None else []
            self.world.variables[one.name] = bounds
        return inside

    def inside(self, found: Found, own: Tree) -> Reader:
        """Return a reader for the body of a class."""
        return replace(self, scope=found.scope, classes=(*self.classes, found), own=own)

    def tree(self, node: ast.expr | None) -> Tree:
        """Read an annotation."""
        match node:
            case None:
                return ANY
            case ast.Constant(value=None):
                return NONE
            case ast.Constant(value=str() as text):
                return self._quoted(text)
            case ast.Name() | ast.Attribute():
                return self._of(node, [])
            case ast.Subscript(value=base, slice=ast.Tuple(elts=elements)):
                return self._of(base, elements)
            case ast.Subscript(value=base, slice=argument):
                return self._of(base, [argument])
            case ast.BinOp(op=ast.BitOr()):
                return trees.union([self.tree(node.left), self.tree(node.right)])
            case ast.Starred(value=inner):
                return self.tree(inner)
        return ANY

    def _quoted(self, text: str) -> Tree:
        try:
            return self.tree(ast.parse(text.strip(), mode="eval").body)
        except (SyntaxError, ValueError):
            return ANY

    def _of(self, base: ast.expr, arguments: list[ast.expr]) -> Tree:
        if self.depth > DEEPEST:
            return ANY
        if isinstance(base, ast.Name):
            if base.id in self.scoped:
                return trees.variable(base.id)
            if base.id in self.parameters():
                return self.given.get(base.id, trees.variable(base.id))
        meaning = self.meaning(base)
        given: list[meanings.Argument] = [_Written(self, node) for node in arguments]
        match meaning:
            case Found():
                tree = self._of_definition(meaning, given)
                is_variable = tree["kind"] == "variable"
                return self.given.get(tree["name"], tree) if is_variable else tree
            case External(canonical=canonical):
                return self.named(canonical, given)
        return ANY

    def parameters(self) -> set[str]:
        """Return the type parameters in square brackets of the enclosing classes."""
        return {
            parameter.name
            for found in self.classes
            if found.as_class is not None
            for parameter in getattr(found.as_class, "type_params", ())
        }

    def meaning(self, node: ast.expr) -> Meaning | None:
        """Return the meaning of a name or a dotted path here."""
        match node:
            case ast.Name(id=name):
                return self._meaning_of_name(name)
            case ast.Attribute(value=owner, attr=name):
                match self.meaning(owner):
                    case Module(name=module):
                        return self.world.library.find(module, name)
                    case Found() as found:
                        cls = found if found.as_class is not None else self._class_of(found)
                        member = cls.member(name) if cls is not None else None
                        return member or External(f"{found.canonical}.{name}")
                    case External(canonical=canonical):
                        return External(f"{canonical}.{name}")
        return None

    def _class_of(self, found: Found) -> Found | None:
        """Return the class of a variable: annotated, or called to make its value."""
        there = Reader(self.world, found.scope)
        match found.node:
            case ast.AnnAssign(annotation=annotation):
                return there.class_at(annotation)
            case ast.Assign(value=ast.Call(func=function)):
                return there.class_at(function)
        return None

    def class_at(self, node: ast.expr) -> Found | None:
        """Return the class that an expression names, with or without type arguments."""
        if isinstance(node, ast.Subscript):
            is_around = ast.unparse(node.value).rpartition(".")[2] in ("Final", "ClassVar")
            return self.class_at(node.slice if is_around else node.value)
        meaning = self.meaning(node)
        for _ in range(DEEPEST):
            if not isinstance(meaning, Found) or meaning.as_class is not None:
                break
            value = getattr(meaning.node, "value", None)
            inner = value.value if isinstance(value, ast.Subscript) else value
            there = Reader(self.world, meaning.scope)
            meaning = there.meaning(inner) if isinstance(inner, ast.expr) else None
        return meaning if isinstance(meaning, Found) else None

    def called_at(self, found: Found) -> Found | None:
        """Find the function that is called by calling a variable."""
        cls = self._class_of(found)
        return self.inherited(cls, "__call__") if cls is not None else None

    def inherited(self, found: Found | None, name: str) -> Found | None:
        """Find a member in a class of a source, or in its bases."""
        waiting, seen = [found], set()
        while waiting:
            one = waiting.pop(0)
            if one is None or one.as_class is None or one.canonical in seen:
                continue
            seen.add(one.canonical)
            if (member := one.member(name)) is not None:
                return member
            waiting.extend(self.bases(one))
        return None

    def bases(self, found: Found) -> Iterator[Found]:
        """Return the bases of a class in a source, as far as they can be read."""
        there = Reader(self.world, found.scope)
        for base in found.as_class.bases if found.as_class is not None else ():
            meaning = there.meaning(base.value if isinstance(base, ast.Subscript) else base)
            if isinstance(meaning, Found) and meaning.as_class is not None:
                yield meaning

    def _meaning_of_name(self, name: str) -> Meaning | None:
        found = self.classes[-1].member(name) if self.classes else None
        # A method or a field with the name of a type does not hide the type.
        if found is not None and (found.as_class is not None or _is_alias(found.node)):
            return found
        meaning = self.world.library.lookup(self.scope, name)
        if meaning is None and hasattr(builtins, name):
            return External(f"builtins.{name}")
        return meaning

    def named(self, canonical: str, arguments: list[meanings.Argument]) -> Tree:
        """Make the tree of a type by its canonical name."""
        if canonical in ("typing.Self", "typing_extensions.Self", "_typeshed.Self"):
            return self.own
        tree = meanings.known(canonical, arguments)
        if tree is not None:
            return tree
        given = [argument.tree() for argument in arguments]
        if (own := self.world.id_of(canonical)) is not None:
            return trees.foreign(own, given)
        module, _, name = canonical.rpartition(".")
        if module in ("_typeshed", "typing", "typing_extensions") and name not in _FILES:
            return ANY
        if module == "builtins":
            return trees.foreign(name, given)
        return trees.foreign(canonical, given)

    def _of_definition(self, found: Found, arguments: list[meanings.Argument]) -> Tree:
        key = f"{found.scope.path}:{found.qualified}"
        if found.as_class is None:
            if key in self.world.reading:
                return ANY
            self.world.reading.add(key)
        try:
            if arguments:
                return self._read_definition(found, arguments)
            return self.world.once(key, lambda: self._read_definition(found, arguments))
        finally:
            self.world.reading.discard(key)

    def _read_definition(self, found: Found, arguments: list[meanings.Argument]) -> Tree:
        if found.as_class is not None:
            return self._of_class(found, arguments)
        if self.world.id_of(found.canonical) is not None:
            return self.named(found.canonical, arguments)
        there = Reader(self.world, found.scope, (), self.own, self.depth + 1)
        node = found.node
        value = getattr(node, "value", None)
        match node:
            case ast.Assign(value=ast.Call() as call):
                return there._of_call(found, call)
            case ast.AnnAssign(annotation=annotation):
                if value is None or not _names_alias(annotation):
                    return self.named(found.canonical, arguments) if value is None else ANY
            case ast.Assign(value=ast.Constant()):
                return ANY  # a value, not a quoted type
        is_alias = isinstance(node, ast.Assign | ast.AnnAssign) or hasattr(node, "type_params")
        if value is None or not is_alias:
            return ANY
        there = there.with_parameters(node)
        return _parametrised(there.tree(value), there.scoped, arguments)

    def _of_call(self, found: Found, call: ast.Call) -> Tree:
        """Read the result of a call: a type variable, a new type, a class."""
        meaning = self.meaning(call.func)
        made = meaning.canonical if isinstance(meaning, External | Found) else ""
        match made.rpartition(".")[2]:
            case "TypeVar":
                return self._variable(found.qualified, call)
            case "NewType" if len(call.args) == 2:
                return self.tree(call.args[1])
            case "TypeAliasType" if len(call.args) >= 2:
                return self.tree(call.args[1])
            case "TypedDict":
                return trees.map_of(trees.TEXT, ANY)
            case "ParamSpec" | "TypeVarTuple":
                return ANY
            case _:
                return self.named(found.canonical, [])

    def _variable(self, name: str, call: ast.Call) -> Tree:
        if name not in self.world.variables:
            self.world.variables[name] = []
            bounds = [one.value for one in call.keywords if one.arg == "bound"]
            constraints = trees.union([self.tree(one) for one in call.args[1:]])
            known = [self.tree(one) for one in bounds] or [constraints]
            self.world.variables[name] = [one for one in known if one not in (ANY, NONE)]
        return trees.variable(name)

    def _of_class(self, found: Found, arguments: list[meanings.Argument]) -> Tree:
        canonical = found.canonical
        if self.world.id_of(canonical) is not None or meanings.plain_name(canonical) is not None:
            return self.named(canonical, arguments)
        if "TypedDict" in self.base_names(found):
            return trees.map_of(trees.TEXT, ANY)
        is_protocol = _is_protocol(found)
        if is_protocol and any(part.startswith("_") for part in canonical.split(".")):
            return self._of_protocol(found)
        if is_protocol:
            trees.PROTOCOLS.add(canonical)
        return self.named(canonical, arguments) if self._is_there(found) else ANY

    def base_names(self, found: Found) -> list[str]:
        """Return the unqualified names of all bases of a class, direct and indirect."""
        if found.canonical in self.world.bases:
            return self.world.bases[found.canonical]
        names: list[str] = []
        waiting, seen = [found], set()
        while waiting:
            one = waiting.pop()
            if one.as_class is None or one.canonical in seen:
                continue
            seen.add(one.canonical)
            there = Reader(self.world, one.scope)
            for base in one.as_class.bases:
                inner = base.value if isinstance(base, ast.Subscript) else base
                meaning = there.meaning(inner)
                names.append(ast.unparse(inner).rpartition(".")[2])
                if isinstance(meaning, Found):
                    waiting.append(meaning)
        self.world.bases[found.canonical] = names
        return names

    def _is_there(self, found: Found) -> bool:
        """Return whether a class of a stub also exists at run time."""
        if not found.scope.is_stub:
            return True
        if found.scope.module == "_typeshed" or not self.world.is_live:
            return not found.qualified.startswith("_") and found.scope.module != "_typeshed"
        if found.scope.module not in sys.modules:
            return not found.qualified.startswith("_")
        return isinstance(live_at(found.canonical), type)

    def _of_protocol(self, found: Found) -> Tree:
        """Read a protocol of a stub that consists only of ``__call__``."""
        called = found.member("__call__")
        if called is None or not isinstance(called.node, scopes.Function):
            return ANY
        if len(called.nodes) > 1:
            return trees.function(None, ANY)
        there = Reader(self.world, found.scope, (found,), self.own, self.depth + 1)
        arguments = called.node.args
        if arguments.vararg or arguments.kwarg or arguments.kwonlyargs:
            return trees.function(None, there.tree(called.node.returns))
        plain = [*arguments.posonlyargs, *arguments.args][1:]
        parameters = [there.tree(parameter.annotation) for parameter in plain]
        return trees.function(parameters, there.tree(called.node.returns))


def _is_protocol(found: Found) -> bool:
    bases = found.as_class.bases if found.as_class is not None else []
    names = [base.value if isinstance(base, ast.Subscript) else base for base in bases]
    return any(ast.unparse(name).rpartition(".")[2] == "Protocol" for name in names)


_FILES = {"IO", "TextIO", "BinaryIO"}


@dataclass(frozen=True)
class _Written:
    """An argument in brackets of a source."""

    reader: Reader
    node: ast.expr

    def tree(self) -> Tree:
        return self.reader.tree(self.node)

    def items(self) -> list[meanings.Argument] | None:
        if isinstance(self.node, ast.List | ast.Tuple):
            return [_Written(self.reader, node) for node in self.node.elts]
        return None

    def is_ellipsis(self) -> bool:
        return isinstance(self.node, ast.Constant) and self.node.value is ...

    def literals(self) -> list[object] | None:
        if isinstance(self.node, ast.Subscript):  # Literal within Literal
            return _literals_of(self.tree())
        value = values.constant(self.node)
        if value is values.MISSING:
            return _literals_of(self.tree())
        return [values.literal(value)] if values.is_plain(value) else None


def _literals_of(tree: Tree) -> list[object] | None:
    return tree["values"] if tree["kind"] == "literal" else None


def _parametrised(tree: Tree, names: tuple[str, ...], arguments: list[meanings.Argument]) -> Tree:
    """Apply type arguments to an alias; missing ones may be any type."""
    names = names or tuple(trees.variables_in([tree]))
    if not names or tree["kind"] == "variable":
        return tree
    given = [argument.tree() for argument in arguments]
    known = dict.fromkeys(names, ANY) | dict(zip(names, given, strict=False))
    replaced: Tree = trees.with_arguments(tree, known)
    return replaced


def _names_alias(annotation: ast.expr) -> bool:
    return ast.unparse(annotation).rpartition(".")[2] == "TypeAlias"


def _is_alias(node: ast.stmt) -> bool:
    match node:
        case ast.AnnAssign(annotation=annotation):
            return _names_alias(annotation)
        case ast.Assign(value=ast.Name() | ast.Attribute() | ast.Subscript() | ast.BinOp()):
            return True
    return hasattr(node, "type_params") and hasattr(node, "value")
