"""Stubs whose calls go to their entity without a Python frame."""

import gc
import inspect
import math
import pickle
import sys
import types
import weakref

import pytest

from metaffi import stubs
from metaffi._native import direct

STUBS = '''
from __future__ import annotations

_module = _stubs.Module(globals())

@_module.direct
def root(x: float) -> float:
    """The square root."""
    return _root(x)

class Number(_stubs.Object):
    @_module.direct
    def plus(self, x: float) -> float:
        return _plus(self._metaffi_handle, x)

    @staticmethod
    @_module.direct
    def of(x: float) -> float:
        return _root(x)

_root = _stubs.Entity(_module, "_root", "callable=sqrt", ["float64"], ["float64"])
_plus = _stubs.Entity(_module, "_plus", "callable=pow", ["any", "float64"], ["float64"])
'''


@pytest.fixture
def file():
    """Stubs of Python's ``math``."""
    file = types.ModuleType("direct_stubs")
    file._stubs = stubs
    sys.modules[file.__name__] = file
    exec(STUBS, file.__dict__)
    file._module.bind("math", "python3")
    yield file
    del sys.modules[file.__name__]


def frames(call):
    """Return the names of the Python functions that a call enters."""
    entered = []
    sys.setprofile(lambda frame, event, _: event == "call" and entered.append(frame.f_code.co_name))
    try:
        call()
    finally:
        sys.setprofile(None)
    return [name for name in entered if name != "<lambda>"]


def number(file, value):
    made = file.Number.__new__(file.Number)
    made._metaffi_handle = value
    return made


def test_once_loaded_a_call_enters_no_python_function(file):
    two = number(file, 2)
    assert "root" in frames(lambda: file.root(4.0))
    assert frames(lambda: file.root(4.0)) == []
    assert two.plus(3.0) == 8.0
    assert frames(lambda: two.plus(3.0)) == []
    assert file.Number.of(9.0) == 3.0
    assert file.Number.plus(two, 4.0) == two.plus(x=4.0) == 16.0


def test_it_looks_like_a_function(file):
    assert str(inspect.signature(file.root)) == "(x: 'float') -> 'float'"
    assert str(inspect.signature(number(file, 2).plus)) == "(x: 'float') -> 'float'"
    assert inspect.getdoc(file.root) == "The square root."
    assert (file.root.__name__, file.root.__module__) == ("root", "direct_stubs")
    assert file.Number.plus.__qualname__ == "Number.plus"
    assert inspect.isroutine(file.root) and callable(file.root)
    assert repr(file.root) == repr(file.root.__wrapped__)
    assert pickle.loads(pickle.dumps(file.root)) is file.root


def test_wrong_arguments_are_refused_by_the_function(file):
    file.root(4.0)
    with pytest.raises(TypeError, match=r"root\(\) missing 1 required positional argument: 'x'"):
        file.root()
    with pytest.raises(TypeError, match="unexpected keyword argument 'y'"):
        file.root(y=1)
    with pytest.raises(TypeError, match="expected float64"):
        file.root("four")
    with pytest.raises(AttributeError, match="_metaffi_handle"):
        file.Number.plus(2, 3.0)
    assert file.root(x=16.0) == 4.0


def test_stubs_that_are_bound_again_load_again(file):
    assert file.root(4.0) == file.root(4.0) == 2.0
    file._module.bind("cmath", "python3")
    with pytest.raises(Exception, match="complex"):
        file.root(4.0)
    file._module.bind("math", "python3")
    assert file.root(4.0) == 2.0


def test_an_unreachable_cycle_is_collected():
    file = {"_root": math.sqrt}
    exec("def root(x): return _root(x)", file)
    module = types.SimpleNamespace(loaded=lambda _, name, file=file: file[name])
    root = file["root"] = direct(module, file["root"], "_root", 1, False)
    assert root(4.0) == root(4.0) == 2.0
    gone = weakref.ref(root)
    del root, file, module
    gc.collect()
    assert gone() is None
