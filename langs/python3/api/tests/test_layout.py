"""Numbers and lists that are read from memory give the same results as by calls."""

import pytest

from metaffi import MetaFFIRuntime, MetaFFITypes, _native
from metaffi.metaffi_types import new_metaffi_type_info

EDGES = [
    *(
        sign * (1 << bits) + off
        for sign in (1, -1)
        for bits in (0, 15, 29, 30, 31, 59, 60, 61, 62)
        for off in (-1, 0, 1)
    ),
    0,
    2**63 - 1,
    -(2**63),
]


@pytest.fixture(scope="module")
def module():
    return MetaFFIRuntime("loopback").load_module("loopback")


def test_the_layout_of_this_version_is_known():
    assert _native.layout_is_known()


def test_numbers_are_returned_unchanged(module):
    int64 = [new_metaffi_type_info(MetaFFITypes.metaffi_int64_type)]
    echo = module.load_entity("callable=echo_int64", int64, int64)
    assert [echo(number) for number in EDGES] == EDGES
    for number in (2**63, -(2**63) - 1, 2**64, 10**40):
        with pytest.raises(Exception, match="out of the range of int64"):
            echo(number)


def test_instances_of_subclasses_are_read(module):
    class Port(int):
        pass

    keep, kept = module.load_entity("callable=keep"), module.load_entity("callable=kept")
    for number in EDGES:
        keep(Port(number))
        assert kept() == number
    keep(EDGES)
    assert kept() == EDGES


def test_a_list_that_shrinks_while_it_is_read_is_refused(module):
    total = module.load_entity("callable=sum")
    numbers = [1.5, 2.5]
    assert total(numbers) == 4.0

    class ShrinksAsFloat:
        def __float__(self):
            numbers.clear()
            return 1.0

    numbers = [ShrinksAsFloat(), 2.5]
    with pytest.raises(IndexError):
        total(numbers)
