"""Describes modules in the form of the IDL: all public modules of a source, in one list."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from . import classes, docs, live_types, scopes, signatures, trees, values
from .annotations import Reader, World, live_at
from .callables import Json, entity_path, functions_of
from .library import Found
from .members import ClassPlan
from .scopes import Scope
from .signatures import Callee, Declared, Parameter, typed, written
from .surface import LeftOut, Surface, Thing, Walker
from .trees import ANY, Tree, foreign
from .values import MISSING

__all__ = ["Description"]


@dataclass
class Description:
    """Describes the modules that were found."""

    world: World
    left_out: list[LeftOut] = field(default_factory=list)
    surfaces: list[Surface] = field(default_factory=list)
    plans: dict[str, list[ClassPlan]] = field(default_factory=dict)
    """The classes of each module."""

    def add(self, module: str, name: str) -> None:
        """Add a module and its submodules."""
        walker = Walker(self.world, self.left_out)
        for surface in walker.surfaces(module, name):
            self.surfaces.append(surface)
            plans = self.plans.setdefault(surface.name, [])
            for thing in surface.things:
                if thing.kind == "class" and not self._is_alias(surface, thing):
                    plans.extend(self._plan(surface, thing))

    def modules(self) -> list[Json]:
        """Describe all modules, except empty ones."""
        described = [self._module(surface) for surface in self.surfaces]
        described = [one for one in described if _is_worth(one)]
        if self.world.is_live and described:
            described.extend(self._elsewhere(described))
        return described

    # --- what is public ---

    def _is_alias(self, surface: Surface, thing: Thing) -> bool:
        """Return whether it is another name for a class of another module: ``Number = int``."""
        live = thing.live
        return (
            isinstance(live, type)
            and live.__module__ in ("builtins", "typing")
            and (surface.live is None or surface.live.__name__ != live.__module__)
        )

    def _plan(
        self, surface: Surface, thing: Thing, outer: ClassPlan | None = None
    ) -> Iterator[ClassPlan]:
        name = f"{outer.name}.{thing.name}" if outer is not None else thing.name
        plan = ClassPlan(
            f"{surface.name}.{name}",
            name,
            f"{surface.prefix}{name}",
            thing,
            self._reader(surface.scope),
            outer.id if outer is not None else None,
        )
        self._name(plan)
        yield plan
        for inner in _inner_things(thing, plan.reader):
            yield from self._plan(surface, inner, plan)

    def _name(self, plan: ClassPlan) -> None:
        found = [one for one in (plan.thing.stub, plan.thing.source) if one is not None]
        own = plan.name if plan.live is MISSING else plan.live.__qualname__
        # If a class has a stub only under another name, that is a different class.
        names = [one.canonical for one in found if one.qualified in (own, plan.name)]
        if plan.live is not MISSING:
            names.append(f"{plan.live.__module__}.{plan.live.__qualname__}")
        for name in names:
            self.world.ids.setdefault(name, plan.id)
        if classes.kind_of(plan) == "protocol":
            trees.PROTOCOLS.add(plan.id)

    def _reader(self, scope: Scope | None) -> Reader:
        return Reader(self.world, scope if scope is not None else _NOWHERE)

    # --- how it is described ---

    def _module(self, surface: Surface) -> Json:
        module: Json = {
            "name": surface.name,
            "comment": docs.read(surface.doc).text,
            "functions": [],
            "classes": [],
            "globals": [],
            "aliases": [],
        }
        for plan in self.plans.get(surface.name, ()):
            self._attempt(plan.id, module["classes"], lambda plan=plan: [classes.describe(plan)])
        for thing in surface.things:
            name = f"{surface.name}.{thing.name}"
            match self._kind(surface, thing):
                case "function":
                    self._attempt(
                        name,
                        module["functions"],
                        lambda thing=thing: self._functions(surface, thing),
                    )
                case "variable":
                    self._attempt(
                        name, module["globals"], lambda thing=thing: [self._global(surface, thing)]
                    )
                case "alias":
                    self._attempt(
                        name, module["aliases"], lambda thing=thing: [self._alias(surface, thing)]
                    )
                case "class" if self._is_alias(surface, thing):
                    tree = self._reader(surface.scope).named(
                        live_types.canonical_name(thing.live), []
                    )
                    module["aliases"].append({"name": thing.name, "tree": tree})
        for other in surface.others:
            own = self.world.ids.get(live_types.canonical_name(other.live))
            if own is not None:
                module["aliases"].append({"name": other.name, "tree": foreign(own)})
        return module

    def _kind(self, surface: Surface, thing: Thing) -> str:
        """Return the kind of a name; without a live object, an alias is recognized by its value."""
        node = thing.found.node if thing.found is not None else None
        if thing.live is MISSING and thing.kind == "variable" and isinstance(node, ast.Assign):
            is_type = isinstance(node.value, ast.Name | ast.Attribute | ast.Subscript | ast.BinOp)
            if is_type and self._alias(surface, thing)["tree"] != ANY:
                return "alias"
        return thing.kind

    def _attempt(self, name: str, to: list[Json], describe: Any) -> None:
        """Add the result of ``describe``; the user's objects may raise anything."""
        try:
            to.extend(describe())
        except Exception as error:
            where = error.__traceback__
            while where is not None and where.tb_next is not None:
                where = where.tb_next
            at = f" ({where.tb_frame.f_code.co_name}:{where.tb_lineno})" if where else ""
            reason = f"it cannot be read: {type(error).__name__}: {error}{at}"
            self.left_out.append(LeftOut(name, reason))

    def place(self, surface: Surface, found: Found | None) -> Declared | None:
        """Return how to read the definition ``found``."""
        if found is None:
            return None
        reader = self._reader(found.scope)
        owner = found.qualified.rpartition(".")[0]
        cls = self.world.library.definition(found.scope, owner) if owner else None
        if cls is not None:
            reader = reader.inside(cls, foreign(cls.canonical))
        return Declared(found, reader)

    def _functions(self, surface: Surface, thing: Thing) -> list[Json]:
        stub, source = (self.place(surface, one) for one in (thing.stub, thing.source))
        # A bound method in the module, such as `random.random`, is declared in a class.
        is_method = thing.found is not None and "." in thing.found.qualified
        is_static = is_method and "staticmethod" in signatures.decorators(thing.found.node)  # type: ignore[union-attr]
        skip = 1 if is_method and not is_static else 0
        callee = Callee(thing.live, stub, source, skip, 0, self._reader(surface.scope))
        path = entity_path("callable", f"{surface.prefix}{thing.name}")
        return functions_of(self.world, thing.name, path, callee, _doc_of(thing))

    def _global(self, surface: Surface, thing: Thing) -> Json:
        reader = self._reader(surface.scope)
        tree, is_final = self._type_of_variable(surface, thing, reader)
        path = f"{surface.prefix}{thing.name}"
        value = thing.live
        if value is MISSING and thing.found is not None:
            value = values.constant(getattr(thing.found.node, "value", None))
        is_constant = is_final or thing.name.isupper() or thing.name.startswith("__")
        described: Json = {
            **typed(thing.name, tree, is_result=True),
            "getter": {
                "name": thing.name,
                "entity_path": entity_path("attribute", path, "getter"),
                "return_values": [typed("", tree, is_result=True)],
            },
        }
        if not is_constant:
            described["setter"] = {
                "name": thing.name,
                "entity_path": entity_path("attribute", path, "setter"),
                "parameters": [written(Parameter("value", "ordinary", tree), "")],
            }
        elif value is not MISSING and values.is_plain(value):
            described["constant"] = values.literal(value)
        return described

    def _type_of_variable(
        self, surface: Surface, thing: Thing, reader: Reader
    ) -> tuple[Tree, bool]:
        for found in (thing.stub, thing.source):
            place = self.place(surface, found)
            node = found.node if found is not None else None
            if place is None or not isinstance(node, ast.AnnAssign):
                continue
            is_final = "Final" in ast.unparse(node.annotation)
            tree = place.reader.tree(node.annotation)
            if tree != ANY:
                return tree, is_final
            if is_final:
                value = values.constant(node.value)
                of_value = live_types.tree_of_value(value, reader) if value is not MISSING else None
                return of_value or ANY, True
        value = thing.live
        if value is MISSING and thing.found is not None:
            value = values.constant(getattr(thing.found.node, "value", None))
        if value is MISSING:
            return ANY, False
        return live_types.tree_of_value(value, reader) or ANY, False

    def _alias(self, surface: Surface, thing: Thing) -> Json:
        reader = self._reader(surface.scope)
        place = self.place(surface, thing.source or thing.stub)
        tree = ANY
        if place is not None:
            name = ast.Name(place.found.qualified)
            tree = Reader(self.world, place.found.scope).tree(name)
        if tree == ANY and thing.live is not MISSING:
            tree = live_types.tree_of(thing.live, None, reader)
        return {"name": thing.name, "tree": tree}

    # --- classes of other modules ---

    def _elsewhere(self, described: list[Json]) -> Iterator[Json]:
        """Describe the classes of results, so that their members can be used.

        All classes of the same package; of other packages only classes that this one refers
        to directly.
        """
        done = {one["id"] for module in described for one in module["classes"]}
        tops = {surface.name.partition(".")[0] for surface in self.surfaces}
        made: dict[str, list[Json]] = {}
        waiting = described
        while waiting:
            found: list[Json] = []
            for name in sorted(_results_in(waiting) - done):
                done.add(name)
                elsewhere = self._plan_elsewhere(name)
                if elsewhere is None:
                    continue
                module, plan = elsewhere
                one: list[Json] = []
                self._attempt(name, one, lambda plan=plan: [classes.describe(plan)])
                made.setdefault(module, []).extend(one)
                if name.partition(".")[0] in tops:
                    found.extend(one)
            waiting = [{"classes": found}] if found else []
        known = {module["name"]: module for module in described}
        for name in sorted(made):
            if name in known:
                known[name]["classes"].extend(made[name])
            else:
                yield {"name": name, "classes": made[name]}

    def _plan_elsewhere(self, name: str) -> tuple[str, ClassPlan] | None:
        live = live_at(name)
        if not isinstance(live, type) or _is_of_python(live) or "<" in live.__qualname__:
            return None
        library = self.world.library
        module, qualified = live.__module__, live.__qualname__
        if live_at(f"{module}.{qualified}") is not live:
            module, qualified = _split(name)
        thing = Thing(
            live.__name__,
            live,
            library.definition(library.stub(module), qualified),
            library.definition(library.source(module), qualified),
        )
        path = self._path_to(module, qualified)
        reader = self._reader(library.best(module))
        return module, ClassPlan(name, qualified, path, thing, reader)

    def _path_to(self, module: str, qualified: str) -> str | None:
        """Return the entity path of a class that is not public, if there is one."""
        for surface in self.surfaces:
            own = surface.live.__name__ if surface.live is not None else surface.name
            if module == own or module.startswith(f"{own}.") and not surface.prefix:
                below = module[len(own) + 1 :]
                path = f"{surface.prefix}{below}.{qualified}" if below else qualified
                return path if below else f"{surface.prefix}{qualified}"
        return None


_NOWHERE = Scope("", __import__("pathlib").Path(), False)


def _split(name: str) -> tuple[str, str]:
    """Split a full name into module and rest."""
    parts = name.split(".")
    ends = range(len(parts) - 1, 0, -1)
    end = next((end for end in ends if ".".join(parts[:end]) in sys.modules), 1)
    return ".".join(parts[:end]), ".".join(parts[end:])


def _is_of_python(cls: type) -> bool:
    """Return whether hosts know the class without a description."""
    return cls.__module__ in _PYTHON or issubclass(cls, type)


_PYTHON = {
    "builtins",
    "typing",
    "collections.abc",
    "abc",
    "types",
    "_thread",
    "datetime",
    "decimal",
}


def _inner_things(thing: Thing, reader: Reader) -> Iterator[Thing]:
    """Return the public nested classes of a class."""
    if thing.live is not MISSING:
        for name, raw in vars(thing.live).items():
            own = f"{thing.live.__qualname__}.{name}"
            if name.startswith("_") or not isinstance(raw, type) or raw.__qualname__ != own:
                continue
            stub, source = (
                one.member(name) if one is not None else None for one in (thing.stub, thing.source)
            )
            yield Thing(name, raw, stub, source)
    elif thing.found is not None and thing.found.as_class is not None:
        for name in scopes.names_of_class(thing.found.as_class):
            inner = thing.found.member(name)
            if not name.startswith("_") and inner is not None and inner.as_class is not None:
                is_stub = inner.scope.is_stub
                yield Thing(name, MISSING, inner if is_stub else None, None if is_stub else inner)


def _doc_of(thing: Thing) -> str:
    if thing.live is MISSING:
        return ""
    try:
        doc = inspect.getdoc(thing.live)
    except Exception:  # raised by the user's `__doc__`
        return ""
    if not isinstance(doc, str) or doc == type(thing.live).__doc__:
        return ""
    first, _, rest = doc.partition("\n")
    is_signature = first.partition("(")[0].rpartition(".")[2] == thing.name and "(" in first
    return rest.strip("\n") if is_signature else doc


def _is_worth(module: Json) -> bool:
    return any(module[key] for key in ("functions", "classes", "globals", "aliases"))


def _results_in(modules: list[Json]) -> set[str]:
    """Return the classes that results and fields refer to."""
    names: set[str] = set()

    def walk(tree: Any) -> None:
        if isinstance(tree, dict):
            if tree.get("kind") == "foreign":
                names.add(tree["name"])
            for inner in tree.values():
                walk(inner)
        elif isinstance(tree, list):
            for inner in tree:
                walk(inner)

    def look(value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "return_values":
                    for one in inner:
                        walk(one["tree"])
                else:
                    look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(modules)
    return names
