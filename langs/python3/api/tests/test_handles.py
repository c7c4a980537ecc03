"""Objects of other runtimes in Python, and Python objects in other runtimes."""

from __future__ import annotations

import gc
import sys
import threading
import weakref

import pytest
from conftest import Echo

from metaffi import MetaFFIEntity, MetaFFIError, MetaFFIHandle, MetaFFIModule, MetaFFITypes
from metaffi._native import live_objects

INT = MetaFFITypes.metaffi_int64_type
HANDLE = MetaFFITypes.metaffi_handle_type
ANY = MetaFFITypes.metaffi_any_type


class Mine:
    pass


def new_counter(module: MetaFFIModule) -> MetaFFIHandle:
    # Not a fixture, which pytest would hold beyond the test.
    made = module.load_entity("callable=Counter.new", [INT], [HANDLE])(5)
    assert isinstance(made, MetaFFIHandle)
    return made


@pytest.fixture
def increment(module: MetaFFIModule) -> MetaFFIEntity:
    return module.load_entity("callable=Counter.increment,instance_required", [HANDLE], [INT])


def test_a_foreign_object_is_used_through_its_handle(
    module: MetaFFIModule, increment: MetaFFIEntity
) -> None:
    counter = new_counter(module)
    assert [increment(counter), increment(counter)] == [6, 7]
    path = "field=Counter.value,instance_required,"
    module.load_entity(path + "setter", [HANDLE, INT], None)(counter, 40)
    assert module.load_entity(path + "getter", [HANDLE], [INT])(counter) == 40


def test_handles_are_passed_as_any_and_in_arrays(
    echo: Echo, module: MetaFFIModule, increment: MetaFFIEntity
) -> None:
    counter = new_counter(module)
    for result in (
        echo("any")(counter),
        echo("handle")(counter),
        echo("handle_array", 1)([counter, None])[0],
        echo("any")([1, counter])[1],
    ):
        assert isinstance(result, MetaFFIHandle) and result == counter
        assert hash(result) == hash(counter) and {result: 1}[counter] == 1
    assert increment(result) == 6 and increment(counter) == 7


def test_handles_of_different_objects_differ(
    module: MetaFFIModule,
) -> None:
    counter = new_counter(module)
    other = module.load_entity("callable=Counter.new", [INT], [HANDLE])(5)
    assert other != counter and counter != 5
    assert "loopback" in repr(counter) and counter.runtime_id == other.runtime_id > 0


def test_a_handle_is_released_when_it_is_collected(module: MetaFFIModule) -> None:
    before = live_objects("loopback")
    handle = module.load_entity("callable=Counter.new", [INT], [HANDLE])(1)
    probe = weakref.ref(handle)
    assert live_objects("loopback") == before + 1
    del handle
    gc.collect()
    assert probe() is None and live_objects("loopback") == before


def test_use_after_release_is_an_error(
    echo: Echo, module: MetaFFIModule, increment: MetaFFIEntity
) -> None:
    counter = new_counter(module)
    before = live_objects("loopback")
    with counter as inside:
        assert inside is counter and increment(counter) == 6
    assert live_objects("loopback") == before - 1
    counter.release()
    for use in (increment, echo("any"), hash):
        with pytest.raises(MetaFFIError, match="the MetaFFIHandle was released"):
            use(counter)
    with pytest.raises(MetaFFIError, match="released"), counter:
        pass
    assert "released" in repr(counter) and counter == counter


def test_a_handle_released_by_another_thread_during_a_call(
    module: MetaFFIModule,
) -> None:
    counter = new_counter(module)
    callable_type = MetaFFITypes.metaffi_callable_type
    call = module.load_entity("callable=call_on_thread", [callable_type, ANY], [ANY])

    def release_it(argument: MetaFFIHandle) -> MetaFFIHandle:
        counter.release()
        gc.collect()
        return argument

    result = call(release_it, counter)
    assert isinstance(result, MetaFFIHandle)
    assert module.load_entity("callable=Counter.increment", [HANDLE], [INT])(result) == 6


def test_python_objects_come_back_as_themselves(echo: Echo) -> None:
    mine = Mine()
    assert echo("handle")(mine) is mine
    for value in (1, "text", [1], None, Mine, echo):
        assert echo("handle")(value) is value
    both = [mine, None, mine]
    assert all(a is b for a, b in zip(echo("handle_array", 1)(both), both, strict=True))
    assert echo("handle_array", 2)([[mine], []])[0][0] is mine


def test_a_python_object_lives_as_long_as_the_guest_keeps_it(module: MetaFFIModule) -> None:
    keep = module.load_entity("callable=keep", [HANDLE], None)
    kept = module.load_entity("callable=kept", None, [HANDLE])
    mine = Mine()
    probe, references, before = weakref.ref(mine), sys.getrefcount(mine), live_objects()
    keep(mine)
    assert sys.getrefcount(mine) == references + 1 and live_objects() == before + 1
    del mine
    gc.collect()
    assert kept() is probe() is not None
    module.load_entity("callable=forget", None, None)()
    assert probe() is None and live_objects() == before


def test_an_argument_is_released_at_the_end_of_the_call(echo: Echo) -> None:
    mine, handle, handles = Mine(), echo("handle"), echo("handle_array", 1)
    references = sys.getrefcount(mine)
    for _ in range(50):
        handle(mine)
        handles([mine, mine])
        assert sys.getrefcount(mine) == references


def test_a_finalizer_may_call_entities(module: MetaFFIModule) -> None:
    add = module.load_entity("callable=add", [INT, INT], [INT])
    seen = []

    class Caller:
        def __del__(self) -> None:
            seen.append(add(1, 2))

    module.load_entity("callable=keep", [HANDLE], None)(Caller())
    module.load_entity("callable=forget", None, None)()
    assert seen == [3]


def test_releases_by_other_threads_reach_python_without_a_call(module: MetaFFIModule) -> None:
    keep = module.load_entity("callable=keep", [HANDLE], None)
    forget = module.load_entity("callable=forget", None, None)
    mine = Mine()
    probe = weakref.ref(mine)
    keep(mine)
    del mine
    thread = threading.Thread(target=forget)
    thread.start()
    thread.join()
    assert probe() is None
