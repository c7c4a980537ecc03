"""The runtime support of generated stubs: choosing among overloads, lowering and lifting."""

import array
import gc
import weakref
from collections.abc import Callable

import pytest

from metaffi import MetaFFIRuntime, MetaFFITypes, stubs
from metaffi.stubs import Overload


class Animal(stubs.Object):
    pass


class Dog(Animal):
    pass


def made(kind):
    instance = kind.__new__(kind)
    instance._metaffi_handle = object()
    return instance


def chosen(*takes, of):
    """Return the index of the overload that is chosen for ``of``, among those with one argument."""
    costs = [Overload("", [], [], (kind,)).cost((of,)) for kind in takes]
    fitting = [(cost, index) for index, cost in enumerate(costs) if cost is not None]
    return min(fitting)[1] if fitting else None


@pytest.mark.parametrize(
    ("takes", "value", "index"),
    [
        ((str, (str,), object), "text", 0),
        (((str,), object), "text", 0),
        (((str,), object), 5, 1),
        ((int, float), True, 0),
        ((bool, int), True, 0),
        ((bool, int), 1, 1),
        ((float, str), 1, 0),
        ((int, str), 1.5, None),
        ((Animal, Dog, object), Dog, 1),
        ((Animal, object), Dog, 0),
        ((Dog, object), Animal, 1),
        ((Dog, str), Animal, 0),
        ((Animal, str), {}, 0),
        ((Animal, object), {}, 1),
        ((Animal, Callable), print, 1),
        ((int, Animal), None, 1),
        (([int], [float], [str]), [1, 2], 0),
        (([int], [float], [str]), [1, 2.5], 1),
        (([int], [float], [str]), ("a",), 2),
        (([int], [float]), [1, "a"], None),
        (([int], [float]), array.array("d", [1.0]), 1),
        (([int], [float]), memoryview(b"ab"), 0),
        ((bytes, [int]), b"ab", 0),
        (([[int]], [int]), [[1], [2]], 0),
        ((None, str), None, 0),
    ],
)
def test_the_nearest_type_is_chosen(takes, value, index):
    value = made(value) if isinstance(value, type) else value
    assert chosen(*takes, of=value) == index


def test_numpy_numbers_and_arrays_are_numbers():
    import numpy

    assert chosen(str, int, float, of=numpy.int32(5)) == 1
    assert chosen(str, int, float, of=numpy.float32(5)) == 2
    assert chosen([int], [float], of=numpy.zeros(3)) == 1


def test_variadic_overloads_come_last_and_take_any_number():
    one = Overload("", [], [], (str,))
    many = Overload("", [], [], (str, object), rest=True)
    assert one.cost(("a",)) < many.cost(("a",))
    assert many.cost(("a", 1, None)) is not None
    assert many.cost(()) is None
    assert str(many) == "(str, *object)"


def test_objects_in_lists_are_lowered_and_lifted():
    dog = made(Dog)
    handle = dog._metaffi_handle
    assert stubs.lower([dog, (dog, 1)]) == [handle, [handle, 1]]
    module = MetaFFIRuntime("loopback").load_module("loopback")
    make = module.load_entity(
        "callable=Counter.new",
        [stubs._module._type_info("int64")],
        [stubs._module._type_info("handle")],
    )
    counter = make(5)
    lifted = stubs.lift_results((None, Animal), (1, [counter, None]))
    assert lifted[0] == 1 and lifted[1][1] is None
    assert isinstance(lifted[1][0], Animal) and stubs.lower(lifted[1][0]) is counter
    assert stubs.lift(Animal, counter) == lifted[1][0]


@pytest.mark.parametrize(
    ("text", "alias", "dims"),
    [
        ("int64", None, 0),
        ("handle<java.util.Map<K, V[]>>", "java.util.Map<K, V[]>", 0),
        ("string8_array<x>[2]", "x", 2),
        ("any_array[-1]", None, -1),
    ],
)
def test_types_are_parsed_from_stubs(text, alias, dims):
    info = stubs._module._type_info(text)
    assert (info.alias, info.dims) == (alias, dims)
    assert info.metaffi_type.name == f"metaffi_{text.split('<')[0].split('[')[0]}_type"


def module():
    """Make a stub's module for a file that defines nothing."""
    return stubs.Module({"__name__": "nothing_MetaFFIHost", "__file__": __file__})


@pytest.mark.parametrize("kind", [object, Animal, [Animal], stubs.Function((Animal,))])
def test_a_function_is_wrapped_once_and_only_while_it_is_held(kind):
    one, calls = module(), []

    def function(*args):
        calls.append(args)

    wrapped = one.wrapped(stubs.Function((kind,)), function)
    assert one.wrapped(stubs.Function((kind,)), function) is wrapped
    wrapped(5)
    assert calls == [(5,)]
    gone = weakref.ref(function)
    del function, wrapped
    gc.collect()
    assert gone() is None


def test_objects_of_a_guest_without_class_names_have_one_class():
    one = module()
    make = (
        MetaFFIRuntime("loopback")
        .load_module("loopback")
        .load_entity(
            "callable=Counter.new",
            [MetaFFITypes.metaffi_int64_type],
            [MetaFFITypes.metaffi_handle_type],
        )
    )
    first, second = one.lift_any([make(1), make(2)])
    assert type(first) is type(second)
