"""Objects of three runtimes in one process: identity, threads, live counts."""

import gc
import threading
import time
from pathlib import Path

from metaffi import MetaFFIHandle, MetaFFIRuntime, MetaFFITypes, _native, metaffi_type_info

T = MetaFFITypes
ANY = metaffi_type_info(T.metaffi_any_type)
HANDLE = metaffi_type_info(T.metaffi_handle_type)
INT32 = metaffi_type_info(T.metaffi_int32_type)
BOOL = metaffi_type_info(T.metaffi_bool_type)

jar = MetaFFIRuntime("openjdk").load_module(".")
guest = MetaFFIRuntime("go").load_module("objects_MetaFFIGuest")
new = jar.load_entity("class=Objects,callable=<init>", [INT32], [HANDLE])
add = jar.load_entity("class=Objects,callable=add,instance_required", [HANDLE, INT32], [INT32])
get = jar.load_entity("class=Objects,field=value,instance_required,getter", [HANDLE], [INT32])
put = jar.load_entity("class=Objects,field=value,instance_required,setter", [HANDLE, INT32], None)
java_same = jar.load_entity("class=Objects,callable=same", [ANY], [ANY])
keep = jar.load_entity("class=Objects,callable=keep", [ANY], None)
kept = jar.load_entity("class=Objects,callable=kept", None, [ANY])
java_collect = jar.load_entity("class=Objects,callable=collect", None, None)
string_builder = (
    MetaFFIRuntime("openjdk")
    .load_module("")
    .load_entity("class=java.lang.StringBuilder,callable=<init>", [], [HANDLE])
)
new_box = guest.load_entity("callable=NewBox", [ANY], [HANDLE])
open_box = guest.load_entity("callable=Box.Open,instance_required", [HANDLE], [ANY])
go_same = guest.load_entity("callable=Same", [ANY], [ANY])
is_box = guest.load_entity("callable=IsBox", [ANY], [BOOL])
go_collect = guest.load_entity("callable=Collect", None, None)


class Own:
    pass


def methods_and_fields():
    counter = new(1)
    assert isinstance(counter, MetaFFIHandle)
    assert (add(counter, 41), get(counter)) == (42, 42)
    put(counter, -(2**31))
    assert get(counter) == -(2**31)


def objects_that_come_back_are_the_originals():
    own = Own()
    assert java_same(own) is own
    assert go_same(own) is own
    assert open_box(new_box(own)) is own
    keep(own)
    assert kept() is own


def a_third_language_passes_it_on():
    counter = new(7)
    back = open_box(new_box(counter))  # Java's, kept by Go
    assert back == counter and add(back, 1) == 8 and get(counter) == 8
    box = new_box("content")
    keep(box)  # Go's, kept by Java
    again = kept()
    assert again == box and is_box(again) and open_box(again) == "content"
    assert not is_box(counter)


def they_have_their_methods():
    counter, box = new(7), new_box("content")
    assert (counter.add(1), counter.add(2), box.Open(), box.open()) == (8, 10, "content", "content")
    assert not hasattr(counter, "bark") and not hasattr(box, "bark")
    text = string_builder()
    for part in (1, "a", 2.5, True, counter):
        text.append(part)  # one of thirteen overloads
    assert text.toString().startswith("1a2.5trueObjects@")
    assert isinstance(text.insert(0, "first"), MetaFFIHandle)
    assert text.indexOf("1a") == text.indexOf("1a", 2) == 5
    try:
        text.charAt(-1)
        raise AssertionError("no exception")
    except RuntimeError as error:
        assert "IndexOutOfBoundsException" in str(error)


def eight_threads_at_once():
    failures = []

    def work(number):
        try:
            for i in range(300):
                own, counter = Own(), new(number)
                box = new_box(counter)
                assert add(open_box(box), i) == number + i
                assert java_same(own) is own and go_same(own) is own
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


def nothing_is_left():
    """Check that the runtimes hold nothing of one another once all have collected."""
    deadline = time.monotonic() + 20
    while True:
        gc.collect()
        java_collect()
        go_collect()
        java_same(None)
        counts = live_counts()
        if not any(counts.values()):
            return
        assert time.monotonic() < deadline, counts
        time.sleep(0.02)


def live_counts():
    return {owner: _native.live_objects(owner) for owner in OWNERS}


OWNERS = ["python3", "openjdk", f"go:{Path('objects_MetaFFIGuest.so').resolve()}"]


def the_counts_count():
    own = Own()
    held = [new(1), new_box(own)]
    assert all(live_counts().values()), live_counts()
    del held


methods_and_fields()
objects_that_come_back_are_the_originals()
a_third_language_passes_it_on()
they_have_their_methods()
eight_threads_at_once()
the_counts_count()
nothing_is_left()
print("ok")
