"""Callables of every kind, for functions of Java and Go."""

import functools
import io
import operator
from contextlib import redirect_stdout
from unittest.mock import Mock

from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes

CALLABLE = [MetaFFITypes.metaffi_callable_type]
INT = [MetaFFITypes.metaffi_int32_type]
ANY = [MetaFFITypes.metaffi_any_type]


class Adder:
    def __call__(self, n):
        return n + 4

    def method(self, n, more=1):
        return n + more

    @staticmethod
    def twice(n):
        return n * 2


@functools.lru_cache
def cached(n, more=0):
    return n + 7


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **named):
        return function(*args, **named)

    return wrapper


def undecided(function):
    return lambda *args, **named: function(*args, **named)


def keywords(n, *, more=5):
    return n + more


def annotated(first: int, *others: int) -> int:
    return first * 10 + sum(others)


class Named:
    def __init__(self, name, size=1):
        self.name = name


ONE = [
    (int, 20),
    (abs, 20),
    (operator.neg, -20),
    (functools.partial(operator.add, 5), 25),
    (Adder(), 24),
    (Adder().method, 21),
    (Adder.twice, 40),
    (staticmethod(cached), 27),
    (cached, 27),
    (keywords, 25),
    (Mock(return_value=7), 7),
    (logged(cached), 27),
    (undecided(cached), 27),
    (lambda *args: sum(args), 20),
    (lambda n, k=2: n * k, 40),
    (annotated, 200),
]
TWO = [
    (max, 4),
    (pow, 81),
    (operator.add, 7),
    (Adder().method, 7),
    (Mock(return_value=7), 7),
    (undecided(max), 4),
    (lambda *args: sum(args), 7),
    (lambda n, *args: n + sum(args), 7),
    (lambda a, b=2: a + b, 7),
    (lambda a=1, b=2: a + b, 7),
    (annotated, 34),
]


def all_shapes(one, two, thing, say):
    for wants, shapes in ((one, ONE), (two, TWO)):
        for function, expected in shapes:
            assert wants(function) == expected, (wants, function)
    assert thing(str.upper) == "TEXT"
    assert thing(list) == list("text")
    assert thing(Named).name == "text"
    said = io.StringIO()
    with redirect_stdout(said):
        say(print)
        say(print)
    assert said.getvalue() == "hello\nhello\n"
    for function in (lambda: 0, lambda a: 0, lambda a, b, c: 0):
        try:
            two(function)
        except MetaFFIError as error:
            assert "2" in error.message, error.message
        else:
            raise AssertionError(function)


java = MetaFFIRuntime("openjdk").load_module(".")
go = MetaFFIRuntime("go").load_module("shapes_MetaFFIGuest")
all_shapes(
    java.load_entity("class=Shapes,callable=one", CALLABLE, INT),
    java.load_entity("class=Shapes,callable=two", CALLABLE, INT),
    java.load_entity("class=Shapes,callable=object", CALLABLE, ANY),
    java.load_entity("class=Shapes,callable=say", CALLABLE, None),
)
all_shapes(
    go.load_entity("callable=One", CALLABLE, INT),
    go.load_entity("callable=Two", CALLABLE, INT),
    go.load_entity("callable=Object", CALLABLE, ANY),
    go.load_entity("callable=Say", CALLABLE, None),
)
print("ok")
