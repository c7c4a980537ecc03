"""Finds the members of a class: its own, and those of bases that are not described themselves."""

from __future__ import annotations

import ast
import dataclasses
import functools
import types
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from . import scopes, signatures
from .annotations import Reader, World
from .bases import arguments_of_bases
from .library import Described, Found
from .signatures import Declared
from .surface import Thing
from .trees import Tree, foreign
from .values import MISSING

__all__ = ["ClassPlan", "Member", "is_described", "members"]

SPECIAL = {
    f"__{name}__"
    for name in (
        *("len", "iter", "next", "getitem", "setitem", "delitem", "contains", "reversed", "call"),
        *("eq", "ne", "lt", "le", "gt", "ge", "hash", "str", "repr", "bool", "format"),
        *("enter", "exit", "aenter", "aexit", "aiter", "anext", "await"),
        *("int", "float", "complex", "index", "bytes", "fspath", "round", "abs"),
        *("neg", "pos", "invert", "add", "sub", "mul", "truediv", "floordiv", "mod", "divmod"),
        *("pow", "matmul", "and", "or", "xor", "lshift", "rshift"),
        *("radd", "rsub", "rmul", "rtruediv", "rfloordiv", "rmod", "rpow", "rmatmul"),
        *("rand", "ror", "rxor", "iadd", "isub", "imul", "itruediv", "iand", "ior", "ixor"),
    )
}
"""Special methods, for which a host has its own notation."""

_OF_TUPLES = {"__len__", "__iter__", "__getitem__", "__contains__"}
_PLAIN_BASES = {"object", "int", "float", "complex", "str", "bytes", "bool", "type"}
_SILENT = {"typing", "abc", "enum", "typing_extensions"}
"""Modules whose classes have no members of interest to a caller."""


@dataclass
class ClassPlan:
    """A class to be described."""

    id: str
    name: str
    """Its name in its module, qualified with the enclosing classes."""
    path: str | None
    """The prefix of its members' entity paths; ``None`` if no path leads to it."""
    thing: Thing
    reader: Reader
    outer: str | None = None
    inner: list[ClassPlan] = field(default_factory=list)

    @property
    def live(self) -> Any:
        """The class itself."""
        return self.thing.live

    @property
    def own(self) -> Tree:
        """The type of its objects."""
        return foreign(self.id)

    @property
    def name_of_class(self) -> str:
        """Its unqualified name."""
        return self.name.rpartition(".")[2]

    @functools.cached_property
    def given(self) -> dict[str, dict[str, Tree]]:
        """The type arguments that it passes to its bases."""
        return arguments_of_bases(self.reader, self.thing.stub or self.thing.source)

    def place(self, found: Found | None) -> Declared | None:
        """Return how to read the definition ``found``, in this class or a base."""
        if found is None:
            return None
        reader = replace(self.reader, scope=found.scope, classes=(), own=self.own)
        owner = found.qualified.rpartition(".")[0]
        for count in range(1, owner.count(".") + 2 if owner else 0):
            name = ".".join(owner.split(".")[:count])
            outer = reader.world.library.definition(found.scope, name)
            if outer is not None:
                reader = reader.inside(outer, self.own)
                reader = replace(reader, given=self.given.get(outer.canonical, {}))
        return Declared(found, reader)


@dataclass(frozen=True)
class Member(Described):
    """A member, with its live object and its definitions."""

    name: str
    kind: str
    """``method``, ``static``, ``class``, ``property``, ``attribute``, ``constant``."""
    raw: Any = MISSING
    stub: Found | None = None
    source: Found | None = None


def is_described(world: World, cls: type) -> bool:
    """Return whether a class is described itself, so that derived ones refer to it."""
    return f"{cls.__module__}.{cls.__qualname__}" in world.ids


def is_silent(cls: type) -> bool:
    """Return whether a base has no members of interest."""
    module = cls.__module__
    if module == "builtins":
        return cls.__name__ in _PLAIN_BASES or issubclass(cls, BaseException)
    return module in _SILENT


def members(plan: ClassPlan) -> list[Member]:
    """Return the public members of a class, in source order."""
    found = _live_members(plan) if plan.live is not MISSING else _static_members(plan)
    return [one for one in found.values() if one.kind != "nested"]


def is_offered(name: str) -> bool:
    """Return whether a member of this name is public."""
    return name in SPECIAL or not name.startswith("_")


# --- live ---


def _lineage(plan: ClassPlan) -> Iterator[type]:
    """Return the class, and the bases whose members are described with its own."""
    covered: set[type] = set()
    for cls in plan.live.__mro__:
        if cls is plan.live:
            yield cls
        elif cls in covered or is_silent(cls):
            continue
        elif is_described(plan.reader.world, cls):
            covered.update(cls.__mro__)
        else:
            yield cls


def _live_members(plan: ClassPlan) -> dict[str, Member]:
    found: dict[str, Member] = {}
    enum_members = getattr(plan.live, "__members__", {})
    enum_members = enum_members if isinstance(enum_members, types.MappingProxyType) else {}
    for cls in _lineage(plan):
        attributes = _instance_attributes(plan, cls)
        names = [*attributes, *vars(cls)]
        for name in names:
            if name in found or name in enum_members or not is_offered(name):
                continue
            if cls is tuple and name not in _OF_TUPLES:
                continue
            raw = vars(cls).get(name, MISSING)
            if raw is None and name.startswith("__"):
                continue  # `__hash__ = None` removes it
            stub, source = declarations(plan, cls, name)
            kind = "attribute" if name in attributes else _kind_of_raw(cls, name, raw)
            found[name] = Member(name, kind, raw, stub, source)
    return found


def _instance_attributes(plan: ClassPlan, cls: type) -> dict[str, None]:
    """Return the attributes of instances: annotated, or set by ``__init__``."""
    names: dict[str, None] = {}
    annotations = vars(cls).get("__annotations__", {})
    if isinstance(annotations, dict):
        for name, annotation in annotations.items():
            is_field = not any(word in str(annotation) for word in _NO_FIELDS)
            is_constant = "Final" in str(annotation) and name in vars(cls)
            if is_field and not is_constant and not _is_function(vars(cls).get(name)):
                names[name] = None
    for name in getattr(cls, "_fields", ()) if issubclass(cls, tuple) else ():
        names[str(name)] = None
    for one in (
        plan.reader.world.library.definition(
            plan.reader.world.library.stub(cls.__module__), cls.__qualname__
        ),
        plan.reader.world.library.definition(
            plan.reader.world.library.source(cls.__module__), cls.__qualname__
        ),
    ):
        names.update(dict.fromkeys(_written_attributes(one, cls)))
    return {name: None for name in names if is_offered(name) and not name.startswith("__")}


def _written_attributes(found: Found | None, cls: type | None) -> Iterator[str]:
    if found is None or found.as_class is None:
        return
    for name, definitions in scopes.names_of_class(found.as_class).items():
        node = definitions[0]
        is_own = cls is None or not _has(cls, name) or _is_slot(cls, name)
        if isinstance(node, ast.AnnAssign) and is_own and not _is_class_variable(node):
            yield name
    for name in assigned(found):
        if cls is None or not _has(cls, name):
            yield name


def _has(cls: type, name: str) -> bool:
    return any(name in vars(one) for one in cls.__mro__)


def _is_slot(cls: type, name: str) -> bool:
    return isinstance(vars(cls).get(name), types.MemberDescriptorType)


_NO_FIELDS = ("ClassVar", "InitVar", "KW_ONLY")


def _is_class_variable(node: ast.AnnAssign) -> bool:
    annotation = ast.unparse(node.annotation)
    is_constant = "Final" in annotation and node.value is not None
    return is_constant or any(word in annotation for word in _NO_FIELDS)


def assigned(found: Found | None) -> scopes.Assigned:
    """Return the attributes that ``__init__`` sets."""
    init = found.member("__init__") if found is not None else None
    return getattr(init.node, "assigned", {}) if init is not None else {}


_METHODS = (
    types.FunctionType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    functools.partialmethod,
    functools.singledispatchmethod,
)


def _is_function(raw: Any) -> bool:
    return isinstance(raw, (*_METHODS, staticmethod, classmethod, property))


def _kind_of_raw(cls: type, name: str, raw: Any) -> str:
    if isinstance(raw, type):
        return "nested"
    if isinstance(raw, staticmethod) or name == "__class_getitem__":
        return "static"
    if isinstance(raw, classmethod | types.ClassMethodDescriptorType):
        return "class"
    if isinstance(raw, property | functools.cached_property):
        return "property"
    if isinstance(raw, _METHODS):
        return "method"
    if isinstance(raw, types.BuiltinFunctionType):
        return "static"
    if isinstance(raw, types.MemberDescriptorType):
        return "attribute"
    if hasattr(type(raw), "__get__"):
        return "method" if callable(raw) else "property"
    return "constant"


def declarations(plan: ClassPlan, cls: type, name: str) -> tuple[Found | None, Found | None]:
    """Find where a member of a class is declared: in stubs, and in the source."""
    library = plan.reader.world.library
    stub = stub_member(plan, name)
    if stub is None:
        qualified = f"{cls.__qualname__}.{name}"
        stub = library.definition(library.stub(cls.__module__), qualified)
    source = library.definition(library.source(cls.__module__), f"{cls.__qualname__}.{name}")
    raw = vars(cls).get(name)
    function = getattr(raw, "__func__", raw)
    home, qualified = getattr(function, "__module__", None), getattr(function, "__qualname__", "")
    if source is None and isinstance(home, str) and isinstance(function, types.FunctionType):
        source = library.definition(library.source(home), qualified)
    return stub, source


def stub_member(plan: ClassPlan, name: str) -> Found | None:
    """Find a member in the class of a stub, or in its bases."""
    return plan.reader.inherited(plan.thing.stub, name)


# --- static ---


def _static_members(plan: ClassPlan) -> dict[str, Member]:
    found: dict[str, Member] = {}
    waiting, seen = [plan.thing.found], set()
    while waiting:
        cls = waiting.pop(0)
        if cls is None or cls.as_class is None or cls.canonical in seen:
            continue
        seen.add(cls.canonical)
        names = [*scopes.names_of_class(cls.as_class), *assigned(cls)]
        for name in dict.fromkeys(names):
            if name not in found and is_offered(name):
                found[name] = _static_member(plan, cls, name)
        bases = plan.reader.bases(cls)
        waiting.extend(one for one in bases if one.canonical not in plan.reader.world.ids)
    return found


def _static_member(plan: ClassPlan, cls: Found, name: str) -> Member:
    member = cls.member(name)
    kind = "attribute" if member is None else _kind_of_written(member)
    if not cls.scope.is_stub:
        return Member(name, kind, MISSING, None, member)
    return Member(name, kind, MISSING, member, plan.reader.inherited(plan.thing.source, name))


def _kind_of_written(found: Found) -> str:
    match found.node:
        case ast.ClassDef():
            return "nested"
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            names = set(signatures.decorators(found.node))
            if "staticmethod" in names:
                return "static"
            if "classmethod" in names:
                return "class"
            is_property = not names.isdisjoint({"property", "cached_property"})
            return "property" if is_property else "method"
        case ast.AnnAssign() as node if not _is_class_variable(node):
            return "attribute"
    return "constant"


def is_data_class(plan: ClassPlan) -> bool:
    """Return whether its constructor takes its fields as arguments."""
    if plan.live is not MISSING:
        return dataclasses.is_dataclass(plan.live)
    found = plan.thing.found
    return found is not None and "dataclass" in signatures.decorators(found.node)


def is_frozen(plan: ClassPlan) -> bool:
    """Return whether the fields of its objects are read-only."""
    if plan.live is not MISSING:
        parameters = getattr(plan.live, "__dataclass_params__", None)
        return getattr(parameters, "frozen", False) or issubclass(plan.live, tuple)
    node = plan.thing.found.as_class if plan.thing.found is not None else None
    return node is not None and any(
        "frozen=True" in ast.unparse(one) for one in node.decorator_list
    )
