"""Python objects that implement Java interfaces."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes, metaffi_type_info
from metaffi._native import live_objects

ANY = metaffi_type_info(MetaFFITypes.metaffi_any_type)
HANDLE = metaffi_type_info(MetaFFITypes.metaffi_handle_type)
module = MetaFFIRuntime("openjdk").load_module(".")
seen: list[str] = []


def load(name: str, *params: metaffi_type_info) -> Callable[..., Any]:
    return module.load_entity(f"class=Implementing,callable={name}", list(params), [ANY])


run, fail, respond = load("run", ANY), load("fail", ANY), load("respond", ANY)


class Duck:
    def onFailure(self, why: str) -> None:  # noqa: N802
        seen.append(why)

    def onResponse(self, text: str, code: int) -> int:  # noqa: N802
        return len(text) + code


class Named(Duck):
    def name(self) -> str:
        return "mine"


class Half:
    def onFailure(self, why: str) -> None:  # noqa: N802
        seen.append("half " + why)


class Stub:
    """Like a stub of the interface: its methods call Java."""

    __metaffi_id__ = "Implementing$Callback"

    def onFailure(self, why: str) -> None:  # noqa: N802
        raise AssertionError("the stub's")

    def name(self) -> str:
        raise AssertionError("the stub's")

    def onResponse(self, text: str, code: int) -> int:  # noqa: N802
        raise AssertionError("the stub's")


class Derived(Stub):
    def onFailure(self, why: str) -> None:  # noqa: N802
        seen.append("derived " + why)

    def onResponse(self, text: str, code: int) -> int:  # noqa: N802
        return 1


def fails(call: Callable[..., Any], *args: Any) -> str:
    try:
        result = call(*args)
    except MetaFFIError as error:
        return str(error)
    raise AssertionError(result)


# Its methods are called, and default methods run unless it defines them.
assert run(Duck()) == load("run", HANDLE)(Duck()) == "I am default 202"
assert run(Named()) == "I am mine 202"
assert run(Derived()) == "I am default 1"
assert seen == ["first", "first", "first", "derived first"]

# Methods may belong to the object itself, not to its class.
loose = Half()
loose.onResponse = lambda text, code: code  # type: ignore[attr-defined]
assert respond(loose) == 200

# Passing an object with missing methods fails with their names.
assert "Implementing.Callback, got an object of another runtime" in fails(run, object())
for lacking in (object(), Stub()):
    said = fails(run, lacking)
    assert "lacks its methods (" in said and "onFailure" in said and "onResponse" in said, said
for function in (fail, respond):
    assert "lacks int onResponse(java.lang.String, int)" in fails(function, Half())


# Its results are converted to the types that Java declares, including type variables.
class Source:
    def next(self) -> str:
        return "four"

    def all(self) -> Any:
        yield from ("a", "b")


assert load("texts", ANY)(Source()) == "4 a-b"


class BadSource(Source):
    def next(self) -> Any:
        return 5


assert "expected java.lang.String" in fails(load("texts", ANY), BadSource())


# Functional interfaces are implemented by their method, unless the object is callable.
class Supplier:
    def get(self) -> str:
        return "got"


class Called(Supplier):
    def __call__(self) -> str:
        return "called"


assert load("supplied", ANY)(Supplier()) == "got"
assert load("supplied", ANY)(Called()) == "called"
assert load("supplied", HANDLE)(Called()) == load("supplied", HANDLE)(lambda: "called") == "called"


# A callable object can implement other interfaces too.
class CallableDuck(Duck):
    def __call__(self) -> None:
        raise AssertionError("called")


assert respond(CallableDuck()) == 202

# It comes back as itself, and is equal to itself.
duck = Duck()
for name in ("same", "boxed"):
    for declared in (ANY, HANDLE):
        entity = module.load_entity(f"class=Implementing,callable={name}", [ANY], [declared])
        assert entity(duck) is duck
        del entity
anys = metaffi_type_info(MetaFFITypes.metaffi_any_array_type, dims=1)
assert module.load_entity("class=Implementing,callable=listed", [ANY], [anys])([duck]) == [duck]
equal = load("equal", ANY, ANY)
assert equal(duck, duck) is True and equal(duck, Duck()) is False
assert load("text", ANY)(duck).startswith("Implementing$Callback(object 0x")


class Shown(Duck):
    def toString(self) -> str:  # noqa: N802
        return "shown"


assert load("text", ANY)(Shown()) == "shown"


# An exception of a method is raised unchanged, also through Java.
class Raising(Duck):
    def onFailure(self, why: str) -> None:  # noqa: N802
        raise KeyError(why)


try:
    fail(Raising())
except KeyError as error:
    assert error.args == ("only",)
else:
    raise AssertionError("no exception")

# Also on other threads.
load("close", ANY, ANY)(lambda: None, duck)
assert seen[-1] == "on a thread"


# An object that Java closes is closed.
class Resource:
    def close(self) -> None:
        seen.append("closed")


assert load("closed", ANY)(Resource()) == "open" and seen[-1] == "closed"

# A collection needs all of its methods.
assert "expected java.util.Collection" in fails(load("size", ANY), {"a": 1})

# Everything is released.
del duck, loose
collect = (
    MetaFFIRuntime("openjdk")
    .load_module("")
    .load_entity("class=java.lang.System,callable=gc", None, None)
)
for _ in range(50):
    gc.collect()
    collect()
    if live_objects() == 0:
        break
else:
    raise AssertionError(live_objects())
print("ok")
