"""Objects of Java and Go used like Python's own: what the conformance programs do not cover."""

import io
import json
import pickle
import threading
from pathlib import Path

import metaffi
import metaffi.imports
from metaffi import MetaFFIError, MetaFFIHandle, MetaFFIObject, MetaFFIRuntime, MetaFFITypes

module = metaffi.imports.add("openjdk", ".")
metaffi.imports.add("go", "natural.go", name="places")

import java.util  # noqa: E402
import places  # noqa: E402
from java.io import IOException  # noqa: E402
from java.util import ArrayList, HashMap  # noqa: E402

Natural = module["Natural"]


def imports() -> None:
    assert java.util.ArrayList is ArrayList is module["java.util.ArrayList"]
    assert places.Kind(1) == "other"
    for statement in ("from java.util import ArrayLst", "import java.utl", "import places.sub"):
        try:
            exec(statement)
        except ImportError:
            continue
        raise AssertionError(statement)
    try:
        metaffi.imports.add("go", str(Path("broken.go").absolute()))
    except MetaFFIError as error:
        assert "broken.go" in str(error) and "undefined" in str(error), error
    else:
        raise AssertionError("it cannot be built")


def deriving() -> None:
    class Loud(ArrayList):  # type: ignore[valid-type,misc]
        def __init__(self, mark: str) -> None:
            super().__init__()
            self.mark = mark

        def get(self, index: int) -> str:
            return str(super().get(index)) + self.mark

    loud = Loud("!")
    loud.add("a")
    assert (loud.get(0), loud[0], Natural.first(loud), len(loud)) == ("a!", "a!", "a!", 1)
    assert isinstance(loud, ArrayList) and isinstance(loud, java.util.List)

    class Named(Natural.Named):  # type: ignore[name-defined,misc]
        def name(self) -> str:
            return "Python's, over " + super().name()

    assert Named().greeting() == "I am Python's, over Java's"

    class Thread(module.java.lang.Thread):  # type: ignore[name-defined,misc]
        def run(self) -> None:
            seen.append(threading.get_ident())

    seen: list[int] = []
    thread = Thread()
    thread.start()
    thread.join()
    assert seen and seen != [threading.get_ident()]
    try:

        class Text(module.java.lang.String):  # type: ignore[name-defined,misc]
            def length(self) -> int:
                return 1
    except MetaFFIError as error:
        assert "it is final" in str(error)
    else:
        raise AssertionError("a class that is final")


def maps_are_dicts_where_they_are_passed() -> None:
    assert places.Kind({"a": 1}) == "map"
    seen: list[str] = []

    def total(of: dict[str, int]) -> int:
        seen.append(json.dumps(of, sort_keys=True))
        return sum(of.values())

    assert places.Total(total) == 3 and seen == ['{"a": 1, "b": 2}']

    def change(of: dict[str, int]) -> None:
        of["new"] = 5

    map_ = HashMap({"a": 1})
    module["java.util.Optional"].of(map_).ifPresent(change)
    assert map_["new"] == 5


def names_of_a_handle_are_the_objects_own() -> None:
    assert Natural().release() == "the object's own"
    assert not hasattr(ArrayList(), "runtime_id")


def handles_stay_what_they_are() -> None:
    handle = MetaFFITypes.metaffi_handle_type
    new = module.load_entity("class=java.util.ArrayList,callable=<init>", None, [handle])
    plain = new()
    assert type(plain) is MetaFFIHandle
    natural_list = MetaFFIObject(plain)
    natural_list.append(1)
    assert len(natural_list) == 1 and natural_list == MetaFFIObject(plain)


def errors_and_refusals() -> None:
    try:
        places.Copied(object())
    except MetaFFIError:
        pass
    else:
        raise AssertionError("an object is not a file")
    assert places.Copied(io.BytesIO(b"text")) == "text"
    try:
        raise IOException("mine")
    except OSError as error:
        assert str(error) == "mine"
    try:
        json.dumps(ArrayList())
    except TypeError:
        pass
    else:
        raise AssertionError("a list of Java was taken for one of Python's")
    assert pickle.loads(pickle.dumps(ArrayList([1]))) == ArrayList([1])
    assert json.dumps(metaffi.to_python(HashMap({"a": ArrayList([1, 2])}))) == '{"a": [1, 2]}'
    circle = metaffi.to_python(Natural.holdsItself())
    assert circle[0] is circle


def by_name() -> None:
    point = places.Point(X=1, Y=2)
    assert (point.X, point.y) == (1, 2)
    try:
        places.Point(Z=1)
    except MetaFFIError as error:
        assert "Z" in str(error)
    else:
        raise AssertionError("no such field")


Path("broken.go").write_text("package broken\n\nfunc F() { return missing }\n")
imports()
deriving()
maps_are_dicts_where_they_are_passed()
names_of_a_handle_are_the_objects_own()
handles_stay_what_they_are()
errors_and_refusals()
by_name()
assert MetaFFIRuntime("go").is_started()
print("ok")
