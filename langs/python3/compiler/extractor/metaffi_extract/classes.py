"""Describes classes in the form of the IDL."""

from __future__ import annotations

import ast
import enum
import inspect
from typing import Any

from . import docs, live_types, scopes, signatures, values
from .callables import Json, entity_path, functions_of, parameter
from .library import Found
from .members import (
    ClassPlan,
    Member,
    assigned,
    declarations,
    is_data_class,
    is_described,
    is_frozen,
    is_silent,
    members,
    stub_member,
)
from .signatures import Callee, Declared, Parameter, Signature, typed, written
from .trees import ANY, TEXT, Tree, foreign, scalar, union, variables_in
from .values import MISSING

__all__ = ["describe"]


def describe(plan: ClassPlan) -> Json:
    """Describe a class, without its nested classes."""
    kind = kind_of(plan)
    doc = docs.read(_doc(plan))
    known = type_parameters(plan)
    described: Json = {
        "name": plan.name,
        "comment": doc.text,
        "entity_path": {"callable": plan.path} if plan.path is not None else {},
        "id": plan.id,
        "kind": kind,
        "constructors": [],
        "methods": [],
        "fields": [],
    }
    if own_name := _own_name(plan):
        described["tags"] = {"qualified_name": own_name}
    if known:
        described["type_parameters"] = known
    if bases := bases_of(plan):
        described["bases"] = bases
    if plan.outer is not None:
        described["outer"] = plan.outer
    if is_abstract(plan, kind):
        described["is_abstract"] = True
    elif plan.path is not None:
        described["constructors"] = _constructors(plan, kind, known)
    _add_members(plan, described, kind, {one["name"] for one in known}, doc)
    if kind == "enum":
        _add_enum(plan, described)
    if release := _release(described):
        described["release"] = release
    deprecated = _deprecation(plan) or doc.deprecated
    if deprecated is not None:
        described["deprecated"] = deprecated
    return described


# --- what it is ---


def kind_of(plan: ClassPlan) -> str:
    """Return the kind of a class."""
    names = _base_names(plan)
    live = plan.live
    if live is not MISSING:
        if issubclass(live, enum.Enum):
            return "enum"
        if issubclass(live, BaseException):
            return "exception"
        if getattr(live, "_is_protocol", False):
            return "protocol"
        is_tuple = issubclass(live, tuple) and hasattr(live, "_fields")
    else:
        if names & {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"}:
            return "enum"
        if any(name.endswith(("Error", "Exception", "Warning")) for name in names):
            return "exception"
        if "Protocol" in _direct_base_names(plan):
            return "protocol"
        is_tuple = "NamedTuple" in names
    if is_tuple or is_data_class(plan):
        return "record" if is_tuple or is_frozen(plan) else "struct"
    return "class"


def _base_names(plan: ClassPlan) -> set[str]:
    found = plan.thing.found
    return set(plan.reader.base_names(found)) if found is not None else set()


def _direct_base_names(plan: ClassPlan) -> set[str]:
    node = plan.thing.found.as_class if plan.thing.found is not None else None
    bases = node.bases if node is not None else []
    inner = [base.value if isinstance(base, ast.Subscript) else base for base in bases]
    return {ast.unparse(base).rpartition(".")[2] for base in inner}


def is_abstract(plan: ClassPlan, kind: str) -> bool:
    """Return whether only derived classes have instances."""
    if kind == "protocol":
        return True
    if plan.live is not MISSING:
        return inspect.isabstract(plan.live)
    node = plan.thing.found.as_class if plan.thing.found is not None else None
    if node is None:
        return False
    inside = [one for found in scopes.names_of_class(node).values() for one in found]
    return any(isinstance(one, ast.stmt) and _is_abstract_node(one) for one in inside)


def _is_abstract_node(node: ast.stmt) -> bool:
    return any(name.startswith("abstract") for name in signatures.decorators(node))


def _is_without_body(node: ast.stmt) -> bool:
    """Return whether a method has no body: classes that implement a protocol define it."""
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and all(
        isinstance(one, ast.Pass)
        or (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        for one in node.body
    )


def _own_name(plan: ClassPlan) -> str:
    """Return Python's name of the class, if that is another name."""
    if plan.live is MISSING:
        return ""
    module, qualified = plan.live.__module__, plan.live.__qualname__
    name = qualified if module == "builtins" else f"{module}.{qualified}"
    return name if name != plan.id else ""


def _doc(plan: ClassPlan) -> str | None:
    if plan.live is not MISSING:
        doc = vars(plan.live).get("__doc__")
        generated = f"{plan.live.__name__}("
        if isinstance(doc, str) and not (doc.startswith(generated) and "\n" not in doc):
            return doc
    for found in (plan.thing.source, plan.thing.stub):
        node = found.as_class if found is not None else None
        if node is not None and (doc := ast.get_docstring(node)) is not None:
            return doc
    return None


def _deprecation(plan: ClassPlan) -> str | None:
    text = getattr(plan.live, "__dict__", {}).get("__deprecated__")
    if isinstance(text, str):
        return text
    found = plan.thing.found
    return signatures.deprecation(found.node) if found is not None else None


def bases_of(plan: ClassPlan) -> list[Tree]:
    """Return the bases of a class that can be referred to."""
    stated = _stated_bases(plan)
    if plan.live is MISSING:
        return [one for one in stated.values() if one["name"] not in _NO_BASES]
    names: dict[str, None] = {}
    for base in plan.live.__bases__:
        names.update(dict.fromkeys(_named_bases(plan, base)))
    return [stated.get(name, foreign(name)) for name in names]


_NO_BASES = {"object", "typing.Generic", "typing.Protocol", "abc.ABC"}


def _named_bases(plan: ClassPlan, base: type) -> list[str]:
    world = plan.reader.world
    own = f"{base.__module__}.{base.__qualname__}"
    if is_described(world, base):
        return [world.ids[own]]
    if base.__module__ == "builtins":
        is_meant = issubclass(base, BaseException) or base.__name__ not in ("object", "type")
        return [base.__name__] if is_meant else []
    if is_silent(base):
        return []
    inner = [name for one in base.__bases__ for name in _named_bases(plan, one)]
    # The members of a base in the same package are described with those of the class.
    is_near = base.__module__.partition(".")[0] == plan.live.__module__.partition(".")[0]
    return inner if is_near or inner else [own]


def _stated_bases(plan: ClassPlan) -> dict[str, Tree]:
    """Read the bases with their type arguments."""
    found: dict[str, Tree] = {}
    for one in (plan.thing.source, plan.thing.stub):
        place = plan.place(one)
        if place is None or place.found.as_class is None:
            continue
        for base in place.found.as_class.bases:
            tree = place.reader.tree(base)
            if tree["kind"] == "foreign":
                found[tree["name"]] = tree
    return found


def type_parameters(plan: ClassPlan) -> list[Json]:
    """Return the type parameters of a class."""
    world = plan.reader.world
    world.variables.clear()
    place = plan.place(plan.thing.found)
    trees: list[Tree] = []
    if place is not None and place.found.as_class is not None:
        node = place.found.as_class
        inside = place.reader.inside(place.found, plan.own).with_parameters(node)
        trees = [{"kind": "variable", "name": name} for name in inside.scoped]
        for base in node.bases:
            if isinstance(base, ast.Subscript):
                elements = base.slice.elts if isinstance(base.slice, ast.Tuple) else [base.slice]
                trees += [inside.tree(one) for one in elements]
    elif plan.live is not MISSING:
        trees = [
            {"kind": "variable", "name": one.__name__}
            for one in getattr(plan.live, "__parameters__", ())
            if hasattr(one, "__bound__")
        ]
    return [parameter(world, name) for name in variables_in(trees)]


# --- constructors ---


def _constructors(plan: ClassPlan, kind: str, known: list[Json]) -> list[Json]:
    if plan.path is None:
        return []
    if kind == "enum":
        callee = None
        found = [_enum_constructor(plan)]
    else:
        callee = _constructor(plan)
        if callee is None:
            return []
        found = functions_of(
            plan.reader.world,
            plan.name_of_class,
            entity_path("callable", plan.path),
            callee,
            "",
            [one["name"] for one in known],
        )
    documented = docs.read(_doc(plan)).parameters
    for function in found:
        for one in function["parameters"]:
            one["comment"] = one["comment"] or documented.get(one["name"], "")
        # An object, even of a class whose objects are passed as values elsewhere.
        made = {"type": "handle", "type_alias": plan.id, "dimensions": 0}
        function["return_values"] = [{**typed("", plan.own, is_result=True), **made}]
        function.pop("is_async", None)
        function["entity_path"].pop("awaited", None)
    return found


def _enum_constructor(plan: ClassPlan) -> Json:
    return {
        "name": plan.name_of_class,
        "comment": "The member with this value.",
        "entity_path": {"callable": plan.path},
        "parameters": [written(Parameter("value", "positional_only", ANY), "")],
    }


def _constructor(plan: ClassPlan) -> Callee | None:
    if plan.live is MISSING:
        return _static_constructor(plan)
    stub = source = None
    for name in ("__init__", "__new__"):
        owner = next((one for one in plan.live.__mro__ if name in vars(one)), object)
        inherited = stub_member(plan, name)
        found = declarations(plan, owner, name) if owner is not object else (inherited, None)
        stub, source = stub or found[0], source or found[1]
    live = _called(plan.live)
    if stub is None and source is None:
        if issubclass(plan.live, BaseException) and live is MISSING:
            return Callee(_exception, reader=plan.reader)
        if is_data_class(plan) or hasattr(plan.live, "_fields"):
            shown = plan.thing.found
            fields = _of_fields(plan, shown) if shown is not None else None
            return Callee(live, fields, plan.place(_first_field(plan)), 1, 0, plan.reader)
    return Callee(live, plan.place(stub), plan.place(source), 1, 0, plan.reader)


def _exception(*args: object) -> None:
    """Have the signature of every exception's constructor."""


def _first_field(plan: ClassPlan) -> Found | None:
    """Find a definition in the class, in whose scope the types of generated parameters are read."""
    found = plan.thing.source
    if found is None or found.as_class is None:
        return None
    names = scopes.names_of_class(found.as_class)
    return next((found.member(name) for name in names), None)


def _called(cls: type) -> Any:
    """Return the callable that has the signature of a class, or ``MISSING``."""
    return cls if signatures.of_live(cls) is not None else MISSING


def _static_constructor(plan: ClassPlan) -> Callee | None:
    found = plan.thing.found
    for name in ("__init__", "__new__"):
        waiting, seen = [found], set()
        while waiting:
            cls = waiting.pop(0)
            if cls is None or cls.canonical in seen:
                continue
            seen.add(cls.canonical)
            if (member := cls.member(name)) is not None:
                return Callee(MISSING, plan.place(member), None, 1, 1, plan.reader)
            waiting.extend(plan.reader.bases(cls))
    if found is not None and (is_data_class(plan) or "NamedTuple" in _base_names(plan)):
        return Callee(MISSING, _of_fields(plan, found), None, 1, 1, plan.reader)
    is_known = found is not None and _base_names(plan) <= {"object", "Generic", "ABC", "Protocol"}
    return Callee(_nothing if is_known else MISSING, None, None, 0, 0, plan.reader)


def _nothing() -> None:
    """Have the signature of a class whose constructor takes no argument."""


def _of_fields(plan: ClassPlan, found: Found) -> Declared | None:
    """Make the function that a data class generates from its fields."""
    node = ast.FunctionDef(
        name="__init__",
        args=ast.arguments(
            posonlyargs=[], args=[ast.arg("self")], kwonlyargs=[], kw_defaults=[], defaults=[]
        ),
        body=[ast.Pass()],
        decorator_list=[],
        returns=None,
        lineno=1,
    )
    assert found.as_class is not None
    is_keyword = any("kw_only=True" in ast.unparse(one) for one in found.as_class.decorator_list)
    for name, definitions in scopes.names_of_class(found.as_class).items():
        one = definitions[0]
        if not isinstance(one, ast.AnnAssign) or "ClassVar" in ast.unparse(one.annotation):
            continue
        if ast.unparse(one.annotation).rpartition(".")[2] == "KW_ONLY":
            is_keyword = True
            continue
        default = _field_default(one.value)
        if default is MISSING:
            continue
        argument = ast.arg(name, one.annotation)
        if is_keyword:
            node.args.kwonlyargs.append(argument)
            node.args.kw_defaults.append(default)
        else:
            node.args.args.append(argument)
            if default is not None:
                node.args.defaults.append(default)
    made = Found(found.scope, f"{found.qualified}.__init__", (node,))
    return plan.place(made)


def _field_default(value: ast.expr | None) -> Any:
    """Return the default of a field; ``MISSING`` if the constructor does not take the field."""
    match value:
        case ast.Call(func=function, keywords=keywords) if ast.unparse(function).endswith("field"):
            given = {one.arg: one.value for one in keywords}
            if "init" in given and values.constant(given["init"]) is False:
                return MISSING
            if "default" in given:
                return given["default"]
            return ast.Constant(...) if "default_factory" in given else None
    return value


# --- members ---

_SURE: dict[str, Tree] = {
    "__len__": scalar("int64"),
    "__hash__": scalar("int64"),
    "__bool__": scalar("bool"),
    "__contains__": scalar("bool"),
    "__str__": TEXT,
    "__repr__": TEXT,
    "__format__": TEXT,
    "__float__": scalar("float64"),
}
"""The result types of these methods, which Python itself enforces."""


def _add_members(
    plan: ClassPlan, described: Json, kind: str, known: set[str], doc: docs.Doc
) -> None:
    for member in members(plan):
        if member.kind in ("method", "static", "class"):
            described["methods"].extend(_methods(plan, member, known))
        elif plan.path is not None or member.kind != "constant":
            described["fields"].append(_field(plan, member, kind, doc))


def _methods(plan: ClassPlan, member: Member, known: set[str]) -> list[Json]:
    is_instance = member.kind == "method"
    if plan.path is None and not is_instance:
        return []
    name = member.name
    path = f"{plan.path}.{name}" if plan.path is not None else name
    tags = ["instance_required"] if is_instance else []
    callee = Callee(
        _callable(plan, member),
        plan.place(member.stub),
        plan.place(member.source),
        0 if member.kind == "static" else 1,
        1 if is_instance else 0,
        plan.reader,
    )
    doc = "" if name in _SURE else _member_doc(plan, member)
    methods = functions_of(
        plan.reader.world, name, entity_path("callable", path, *tags), callee, doc, known
    )
    node = member.found.node if member.found is not None else None
    is_abstract = getattr(member.raw, "__isabstractmethod__", False) is True or (
        node is not None
        and (_is_abstract_node(node) or (_is_without_body(node) and kind_of(plan) == "protocol"))
    )
    for method in methods:
        method["instance_required"] = is_instance
        if name in _SURE:
            method["return_values"] = [typed("", _SURE[name], is_result=True)]
        if is_abstract:
            method["is_abstract"] = True
    return methods


def _callable(plan: ClassPlan, member: Member) -> Any:
    """Return the callable that has the signature of a method, with the object first."""
    if plan.live is MISSING or member.raw is MISSING:
        return MISSING
    if member.kind == "static":
        return getattr(member.raw, "__func__", member.raw)
    if member.kind == "method":
        raw = member.raw
        return getattr(raw, "dispatcher", None) and raw.func or raw
    try:
        return getattr(plan.live, member.name)
    except Exception:  # raised by the user's descriptor
        return MISSING


def _member_doc(plan: ClassPlan, member: Member) -> str:
    if plan.live is not MISSING:
        try:
            value = inspect.getattr_static(plan.live, member.name)
            value = getattr(value, "__func__", value)
            doc = inspect.getdoc(value)
            if doc is None and member.kind != "constant":
                doc = inspect.getdoc(getattr(plan.live, member.name))
        except Exception:  # raised by the user's descriptor
            doc = None
        if isinstance(doc, str):
            return _without_signature(member.name, doc)
    for found in (member.source, member.stub):
        node = found.node if found is not None else None
        if isinstance(node, scopes.Function) and (doc := ast.get_docstring(node)):
            return doc
    return ""


def _without_signature(name: str, doc: str) -> str:
    """Drop the first line of a C function's docstring, which is its signature."""
    first, _, rest = doc.partition("\n")
    return rest.strip("\n") if first.partition("(")[0].endswith(name) and "(" in first else doc


def _field(plan: ClassPlan, member: Member, kind: str, doc: docs.Doc) -> Json:
    name = member.name
    is_constant = member.kind == "constant"
    tree = _field_type(plan, member)
    path = f"{plan.path}.{name}" if plan.path is not None else name
    tags = [] if is_constant else ["instance_required"]
    value = typed(name, tree, is_result=True)
    comment = doc.parameters.get(name, "")
    if member.kind == "property":
        comment = docs.read(_member_doc(plan, member)).text
    getter: Json = {
        "name": name,
        "comment": comment,
        "entity_path": entity_path("attribute", path, "getter", *tags),
        "return_values": [typed("", tree, is_result=True)],
        "instance_required": not is_constant,
    }
    described: Json = {**value, "comment": comment, "getter": getter, "setter": None}
    if _can_be_set(plan, member, kind):
        described["setter"] = {
            "name": name,
            "comment": comment,
            "entity_path": entity_path("attribute", path, "setter", *tags),
            "parameters": [written(Parameter("value", "ordinary", tree), "")],
            "instance_required": not is_constant,
        }
    constant = _constant(member)
    if is_constant and described["setter"] is None and constant is not MISSING:
        described["constant"] = values.literal(constant)
    return described


def _constant(member: Member) -> Any:
    value = member.raw
    if value is MISSING and member.found is not None:
        value = values.constant(getattr(member.found.node, "value", None))
    return value if value is not MISSING and values.is_plain(value) else MISSING


def _can_be_set(plan: ClassPlan, member: Member, kind: str) -> bool:
    if kind == "record" or _is_final(member):
        return False
    if member.kind == "constant":
        return not member.name.isupper() and kind != "enum"
    if member.kind == "attribute":
        return True
    if isinstance(member.raw, property):
        return member.raw.fset is not None
    if member.found is None:
        return False
    return any("setter" in signatures.decorators(node) for node in member.found.nodes)


def _is_final(member: Member) -> bool:
    node = member.found.node if member.found is not None else None
    return isinstance(node, ast.AnnAssign) and "Final" in ast.unparse(node.annotation)


def _field_type(plan: ClassPlan, member: Member) -> Tree:
    """Return the type of a field: the declared one, or that of its value."""
    for found in (member.stub, member.source):
        place = plan.place(found)
        if place is not None and (tree := _stated(place)) is not None:
            return tree
    if member.kind == "property":
        return _property_type(plan, member)
    annotation = _live_annotation(plan, member.name)
    if annotation is not MISSING:
        place = plan.place(_first_field(plan))
        reader = place.reader if place is not None else None
        return live_types.tree_of(annotation, reader, plan.reader)
    tree = _assigned_type(plan, member)
    if tree is None and member.kind == "constant" and member.raw is not MISSING:
        tree = live_types.tree_of_value(member.raw, plan.reader)
    return tree if tree is not None else ANY


def _stated(place: Declared) -> Tree | None:
    for node in place.found.nodes:
        if isinstance(node, ast.AnnAssign):
            return place.reader.tree(node.annotation)
        if isinstance(node, scopes.Function) and node.returns is not None:
            return place.reader.tree(node.returns)
    match place.found.node:
        case ast.Assign(value=value) if (constant := values.constant(value)) is not MISSING:
            return live_types.tree_of_value(constant, place.reader)
    return None


def _property_type(plan: ClassPlan, member: Member) -> Tree:
    function = getattr(member.raw, "fget", None) or getattr(member.raw, "func", None)
    if function is None:
        return ANY
    callee = Callee(function, plan.place(member.stub), plan.place(member.source), 1, 1, plan.reader)
    found: Signature = signatures.signatures(callee)[0]
    return found.result if found.result is not None else ANY


def _live_annotation(plan: ClassPlan, name: str) -> Any:
    for cls in getattr(plan.live, "__mro__", ()):
        annotations = vars(cls).get("__annotations__", {})
        if isinstance(annotations, dict) and name in annotations:
            return annotations[name]
    return MISSING


def _assigned_type(plan: ClassPlan, member: Member) -> Tree | None:
    """Return the type that ``__init__`` sets: from an annotation, a parameter, a plain value."""
    found = plan.thing.source or plan.thing.stub
    if found is None or member.name not in assigned(found):
        return None
    annotation, value = assigned(found)[member.name]
    init = found.member("__init__")
    place = plan.place(init)
    if place is None or init is None or not isinstance(init.node, scopes.Function):
        return None
    if annotation is not None:
        return place.reader.tree(annotation)
    arguments = init.node.args
    stated = {
        one.arg: one.annotation
        for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    }
    if isinstance(value, ast.Name) and stated.get(value.id) is not None:
        return place.reader.tree(stated[value.id])
    constant = values.constant(value)
    return None if constant is MISSING else live_types.tree_of_value(constant, plan.reader)


# --- enums, and how objects are released ---


def _add_enum(plan: ClassPlan, described: Json) -> None:
    pairs = _enum_members(plan)
    described["members"] = [
        {"name": name, "value": values.literal(value)} if values.is_plain(value) else {"name": name}
        for name, value in pairs
    ]
    names = {name for name, _ in pairs}
    described["fields"] = [one for one in described["fields"] if one["name"] not in names]
    path = plan.path
    for name, _ in pairs if path is not None else ():
        described["fields"].append(
            {
                **typed(name, plan.own, is_result=True),
                "getter": {
                    "name": name,
                    "entity_path": entity_path("attribute", f"{path}.{name}", "getter"),
                    "return_values": [typed("", plan.own, is_result=True)],
                    "instance_required": False,
                },
            }
        )
    kinds = [live_types.tree_of_value(value, plan.reader) or ANY for _, value in pairs]
    of_value = union(kinds) if kinds else ANY
    for name, tree in (("name", TEXT), ("value", of_value)):
        described["fields"].append(
            {
                **typed(name, tree, is_result=True),
                "getter": {
                    "name": name,
                    "entity_path": entity_path("attribute", name, "getter", "instance_required"),
                    "return_values": [typed("", tree, is_result=True)],
                    "instance_required": True,
                },
            }
        )


def _enum_members(plan: ClassPlan) -> list[tuple[str, Any]]:
    if plan.live is not MISSING:
        return [
            (name, getattr(member, "_value_", MISSING))
            for name, member in plan.live.__members__.items()
            if member.name == name
        ]
    found = plan.thing.found
    if found is None or found.as_class is None:
        return []
    return [
        (name, values.constant(definitions[0].value))
        for name, definitions in scopes.names_of_class(found.as_class).items()
        if isinstance(definitions[0], ast.Assign) and not name.startswith("_")
    ]


def _release(described: Json) -> Json | None:
    """Return ``close`` of a class that can be used in a ``with`` statement."""
    methods = {one["name"]: one for one in described["methods"]}
    close = methods.get("close")
    if close is None or "__exit__" not in methods:
        return None
    needed = [one for one in close["parameters"] if not one.get("is_optional")]
    return None if needed or not close["instance_required"] else close
