"""Modules, entities, classes and objects in other processes, which load them by recipes."""

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import cloudpickle
import staff_MetaFFIHost as staff
import workers_MetaFFIHost as stubs

import metaffi
import metaffi.imports
from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes, metaffi_type_info

JAR, GUEST = "workers.jar", "workers_MetaFFIGuest"
INT = MetaFFITypes.metaffi_int64_type
TABLE = metaffi_type_info(MetaFFITypes.metaffi_int64_array_type, dims=2)
LIST = metaffi_type_info(MetaFFITypes.metaffi_handle_type, "java.util.List")
SPAWN = get_context("spawn")


def apply(function: Callable[..., Any], *args: Any) -> Any:
    return function(*args)


def apply_pickled(data: bytes, *args: Any) -> Any:
    return pickle.loads(data)(*args)


def give_back(value: Any) -> Any:
    return value


def number_of(value: Any) -> int:
    return int(value.getNumber())


def by_pickle(pool: ProcessPoolExecutor) -> None:
    java = MetaFFIRuntime("openjdk").load_module(JAR)
    go = MetaFFIRuntime("go").load_module(GUEST)
    kind = java["Workers"]
    numbers = java["java.util.ArrayList"]([1, 2, 3])
    total = go.load_entity("callable=Total", [TABLE], [INT])
    calls = [
        (go.load_entity("callable=Double", [INT], [INT]), [4], 8),
        (total, [[[1], [2, 3]]], 6),
        (go.load_entity("callable=Double"), [4], 8),
        (go.Double, [4], 8),
        (java.load_entity("class=Workers,callable=sum", [LIST], [INT]), [numbers], 6),
        (java.load_entity("class=Workers,callable=sum"), [numbers], 6),
        (kind.sum, [[1, 2]], 3),
        (kind(5).getNumber, [], 5),
        (number_of, [kind(6)], 6),
    ]
    for function, args, result in calls:
        assert pool.submit(apply, function, *args).result() == result, function
        data = cloudpickle.dumps(function)
        assert pool.submit(apply_pickled, data, *args).result() == result, function
    assert repr(pool.submit(give_back, total).result()) == repr(total)
    for value in (kind, kind.Color, java["java.util.HashMap"], java["java.util.Map$Entry"]):
        assert pool.submit(give_back, value).result() is value
        assert pickle.loads(cloudpickle.dumps(value)) is value
    for value in (kind(7), numbers, kind.Color.RED, java.java.util, java._root):
        assert pool.submit(give_back, value).result() == value
    assert pool.submit(give_back, go).result().Double(1) == 2


def by_cloudpickle(pool: ProcessPoolExecutor) -> None:
    java = MetaFFIRuntime("openjdk").load_module(JAR)
    kind = java["Workers"]
    metaffi.imports.add("openjdk", JAR)
    metaffi.imports.add("go", f"{GUEST}.so", name="doubling")
    import doubling
    from java.util import ArrayList

    def sent(number: int) -> int:
        return int(kind.sum(ArrayList([kind(number).getNumber(), doubling.Double(number)])))

    sent.__module__ = "__main__"
    assert pool.submit(apply_pickled, cloudpickle.dumps(sent), 3).result() == 9


def errors(pool: ProcessPoolExecutor) -> None:
    kind = MetaFFIRuntime("openjdk").load_module(JAR)["Workers"]
    try:
        pool.submit(apply, kind.fail, "no").result()
    except kind.Failure as error:
        assert (error.message, error.type_name) == ("no", "Workers$Failure")
        data = pickle.dumps(error)
    # Unpickling an error does not start a runtime.
    code = "import pickle, sys; print(repr(pickle.loads(sys.stdin.buffer.read())))"
    assert child(code, data).stdout == b"MetaFFIError('no')\n"


def child(code: str, data: bytes) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([sys.executable, "-c", code], input=data, capture_output=True)


def refused() -> None:
    java = MetaFFIRuntime("openjdk").load_module(JAR)
    go = MetaFFIRuntime("go").load_module(GUEST)
    counter = go.NewCounter(1)
    for value, why in (
        (java["java.lang.Object"](), "a java.lang.Object belongs to this process"),
        (java["java.util.ArrayList"]([java["java.lang.Object"]()]), "NotSerializableException"),
        (java["java.util.function.Function"].identity(), "a function from another runtime"),
        (counter, "a Counter belongs to this process; pickle what metaffi.to_python makes of it"),
        (type(counter), "a class that no loaded module has under its name belongs to this process"),
    ):
        for dumps in (pickle.dumps, cloudpickle.dumps):
            try:
                dumps(value)
            except TypeError as error:
                assert why in str(error), error
            else:
                raise AssertionError(value)


def twins() -> None:
    """Check two classes of the same name: pickle supports both, cloudpickle refuses one."""
    shutil.copy(JAR, "twin.jar")
    java = MetaFFIRuntime("openjdk")
    kinds = [java.load_module(path)["Workers"] for path in (JAR, "twin.jar")]
    assert [pickle.loads(pickle.dumps(kind)) for kind in kinds] == kinds
    assert pickle.loads(cloudpickle.dumps(kinds[1])) is kinds[1]
    try:
        cloudpickle.dumps(kinds[0])
    except TypeError as error:
        assert "a class that shares its name with another belongs" in str(error), error
    else:
        raise AssertionError("a class was taken apart")


@contextmanager
def elsewhere(path: str) -> Iterator[None]:
    """Move a file away during the block."""
    os.rename(path, f"{path}.away")
    try:
        yield
    finally:
        os.rename(f"{path}.away", path)


def missing() -> None:
    for path, entity in entities():
        full, digest = os.path.abspath(path), sha256(Path(path).read_bytes()).hexdigest()
        data = pickle.dumps(entity)
        with elsewhere(path):
            expect(data, entity, full, digest, "is not here", "metaffi.ship(module)")
            shutil.copy(f"{path}.away", path)
            with open(path, "ab") as file:
                file.write(b"\n")
            other = sha256(Path(path).read_bytes()).hexdigest()
            expect(data, entity, full, digest, other, "is not the version")
            os.remove(path)


def entities() -> list[tuple[str, Any]]:
    go, java = MetaFFIRuntime("go"), MetaFFIRuntime("openjdk")
    path = "class=java.lang.Math,callable=abs"
    return [
        (f"{GUEST}.so", go.load_module(GUEST).load_entity("callable=Double", [INT], [INT])),
        (JAR, java.load_module(JAR).load_entity(path, [INT], [INT])),
    ]


def expect(data: bytes, entity: Any, *texts: str) -> None:
    """Expect an error with these texts, from unpickling and from both kinds of pools."""
    done = child("import pickle, sys; pickle.loads(sys.stdin.buffer.read())", data)
    says = [done.stderr.decode()]
    with SPAWN.Pool(1) as pool, ProcessPoolExecutor(1, SPAWN) as executor:
        for call in (
            lambda: pool.apply(apply_pickled, (data, 1)),
            lambda: executor.submit(apply_pickled, data, 1).result(),
        ):
            try:
                call()
            except MetaFFIError as error:
                says.append(str(error))
    assert len(says) == 3 and all(text in said for text in texts for said in says), says


def shipped() -> None:
    """Unpack a module that the processes lack, in two at once, and pass it on to a third."""
    os.makedirs("shipped")
    for path in (f"{GUEST}.so", JAR):
        shutil.copy(path, f"shipped/{path}")
    go = metaffi.ship(MetaFFIRuntime("go").load_module(f"shipped/{GUEST}"))
    kind = metaffi.ship(MetaFFIRuntime("openjdk").load_module(f"shipped/{JAR}"))["Workers"]
    sent = pickle.dumps([go.load_entity("callable=Double", [INT], [INT]), kind.sum, kind(1)])
    assert len(sent) > os.path.getsize(f"{GUEST}.so")
    assert len(pickle.dumps([go, go.Double, go])) < 2 * os.path.getsize(f"{GUEST}.so")
    with elsewhere("shipped"), ProcessPoolExecutor(2, SPAWN) as pool:
        results = [pool.submit(use_shipped, sent) for _ in range(4)]
        again = [result.result() for result in results]
        assert pool.submit(use_shipped, again[0]).result() == again[0]
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "metaffi" / "shipped"
    names = sorted(path.name for path in cache.glob("*/*"))
    assert names == sorted([f"{GUEST}.so", JAR]), names
    assert pickle.loads(again[0])[1]([1, 2]) == 3


def use_shipped(data: bytes) -> bytes:
    double, add, one = pickle.loads(data)
    assert (double(4), add([1, 2]), one.getNumber()) == (8, 3, 1)
    return pickle.dumps([double, add, one])


def of_stubs(pool: ProcessPoolExecutor) -> None:
    """Check that stubs are pickled by name; each process binds them itself."""
    stubs.bind_module_to_code(GUEST, "go")
    assert stubs.Double(2) == 4
    for dumps in (pickle.dumps, cloudpickle.dumps):
        data = dumps(stubs.Double)
        assert pickle.loads(data) is stubs.Double and len(data) < 100
        try:
            pool.submit(apply_pickled, data, 2).result()
        except RuntimeError as error:
            assert "call workers_MetaFFIHost.bind_module_to_code(" in str(error), error
            assert "each process" in str(error), error
    assert pool.submit(bound_double, 2).result() == 4
    assert pickle.loads(pickle.dumps(stubs.Counter)) is stubs.Counter
    try:
        pickle.dumps(stubs.NewCounter(1))
    except TypeError as error:
        assert "belongs to this process" in str(error), error
    else:
        raise AssertionError("a counter of Go was pickled")
    staff.bind_module_to_code("staff.jar", "openjdk")
    one = staff.Workers(5)
    again = pickle.loads(pickle.dumps(one))
    assert type(again) is staff.Workers and again == one
    assert pool.submit(bound_number, one).result() == 5


def bound_double(number: int) -> int:
    stubs.bind_module_to_code(GUEST, "go")
    return stubs.Double(number)


def bound_number(value: "staff.Workers") -> int:
    staff.bind_module_to_code("staff.jar", "openjdk")
    return value.getNumber()


if __name__ == "__main__":
    refused()
    missing()
    shipped()
    with ProcessPoolExecutor(1, SPAWN) as pool:
        by_pickle(pool)
        by_cloudpickle(pool)
        errors(pool)
    with ProcessPoolExecutor(1, SPAWN) as pool:
        of_stubs(pool)
    twins()
    print("ok")
