"""Python objects as values of Go interfaces."""

import io

from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes, metaffi_type_info

T = MetaFFITypes
HANDLE = metaffi_type_info(T.metaffi_handle_type)
ANY = metaffi_type_info(T.metaffi_any_type)

guest = MetaFFIRuntime("go").load_module("interfaces_MetaFFIGuest")
total = guest.load_entity("callable=Total", [ANY], [ANY])
double = guest.load_entity("callable=Double", [HANDLE], [HANDLE])
same = guest.load_entity("callable=Same", [HANDLE], [HANDLE])
copy = guest.load_entity("callable=Copy", [HANDLE, HANDLE], [ANY])
refused = guest.load_entity("callable=IsRefused", [HANDLE], [ANY])
square = guest.load_entity("callable=Square.EmptyStruct", None, [HANDLE])


class Mine:
    def __init__(self, area):
        self.area = area

    def Area(self):  # noqa: N802
        return self.area

    def Scale(self, by, names):  # noqa: N802
        if by == 0:
            raise ValueError("not by nothing")
        assert list(names) == ["a", "b"]
        return Mine(self.area * by)


mine = Mine(5.0)
assert total([square(), mine, Mine(4.0)]) == 9.0
assert double(mine).area == 10.0, "what comes back is Python's own"
assert same(mine) is mine
assert refused(mine) is True


class Source:
    """A Go io.Reader whose Read raises EOFError."""

    def Read(self, room):  # noqa: N802
        raise EOFError(len(room))


out = io.BytesIO()
write = guest.load_entity("callable=Greet", [HANDLE], None)
write(out)
assert out.getvalue() == b"hello", "BytesIO has write, with a small letter"
try:
    copy(out, Source())
except EOFError as error:
    assert error.args == (32768,)
else:
    raise AssertionError("the source's exception was lost")


class Empty:
    pass


for what, missing in [(Empty(), "Area"), (object(), "Area")]:
    try:
        total([what])
    except MetaFFIError as error:
        assert f"has no method {missing}" in str(error), error
    else:
        raise AssertionError("it was taken")
assert same(None) is None
print("ok")
