"""Stubs of shop-1.2.jar, a module of openjdk, made by metaffi 0.4.0. Do not edit.

Call bind_module_to_code() before anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, overload

from metaffi import stubs as _stubs

__all__ = [
    "Article",
    "Article_Part",
    "Article_Part_Inner",
    "Base",
    "Inside",
    "Marked",
    "Point",
    "Size",
    "Visitor",
    "answer",
    "bind_module_to_code",
    "empty",
    "find",
    "none",
    "print",
    "valueOf",
    "values",
]

_module = _stubs.Module(globals(), version=2, made_by="0.4.0")


def bind_module_to_code(module_path: str, runtime_plugin: str) -> None:
    """Bind these stubs to their code; each entity is loaded when it is first called."""
    _module.bind(module_path, runtime_plugin)


if not __debug__:
    # Type checkers and editors read this block; Python's compiler skips it. Each
    # class and function is compiled from this text when it is first used.

    class Inside(_stubs.Object):
        __metaffi_id__ = "hidden.Inside"

        def __init__(self) -> None:
            self._metaffi_handle = _Inside_new()

        @staticmethod
        @_module.direct
        def answer() -> int:
            return _Inside_answer()

    class Base(_stubs.Object):
        __metaffi_id__ = "shop.Base"

        @_module.direct
        def describe(self) -> str:
            return _Base_describe(self._metaffi_handle)

    class Article(Base):
        __metaffi_id__ = "shop.Article"
        __metaffi_nested__ = "Part=Article_Part"
        Part: ClassVar[type[Article_Part]]
        MAX: ClassVar[int] = 1000000
        MIN: ClassVar[int] = -9223372036854775808
        NAME: ClassVar[str] = "größe 😀 =,"
        OPEN: ClassVar[bool] = True

        @overload
        def __init__(self) -> None: ...
        @overload
        def __init__(self, code: str, /) -> None: ...
        def __init__(self, *args: Any) -> None:
            self._metaffi_handle = _Article_new(*args)

        @_module.direct
        def bytes(
            self,
            data: _stubs.Array[int],
            letter: str,
            number: int,
            ratio: float,
            loud: bool,
        ) -> list[int]:
            return _Article_bytes(
                self._metaffi_handle, data, letter, number, ratio, loud
            )

        @overload
        def names(self, first: str, /, *more: str) -> None: ...
        @overload
        def names(self, first: str, more: Sequence[str], /) -> None: ...
        def names(self, *args: Any) -> Any:
            return _Article_names(self._metaffi_handle, *args)

        @_module.direct
        def boxed(
            self,
            count: _stubs.Boxed[int],
            price: _stubs.Boxed[int],
            open: _stubs.Boxed[bool],
            any: object,
            text: _stubs.Boxed[str],
        ) -> Any:
            return _Article_boxed(self._metaffi_handle, count, price, open, any, text)

        @_module.direct
        def sorted(
            self, items: object, extra: Sequence[_stubs.Boxed[bool | str | float | int]]
        ) -> Any:
            return _Article_sorted(self._metaffi_handle, items, extra)

        @_module.direct
        def table(
            self,
            cube: _stubs.Array[_stubs.Array[_stubs.Array[int]]],
            articles: Sequence[Article | None],
            mixed: Sequence[object],
            boxes: Sequence[_stubs.Boxed[int]],
        ) -> list[list[str]]:
            return _Article_table(self._metaffi_handle, cube, articles, mixed, boxes)

        @overload
        def print_of_object(self) -> None: ...
        @overload
        def print_of_object(self, value: object, /) -> None: ...
        def print_of_object(self, *args: Any) -> Any:
            return _Article_print_of_object(self._metaffi_handle, *args)

        @_module.direct
        def fold(self, operator: object) -> int:
            """Deprecated."""
            return _Article_fold(self._metaffi_handle, operator)

        @_module.direct
        def compareTo(self, other: Article | None) -> int:
            return _Article_compareTo(self._metaffi_handle, other)

        @_module.direct
        def close(self) -> None:
            _Article_close(self._metaffi_handle)

        @_module.direct
        def task(self) -> Any:
            return _Article_task(self._metaffi_handle)

        @_module.direct
        def stock(self, least: int) -> int:
            return _Article_stock(self._metaffi_handle, least)

        @_module.direct
        def counted(self) -> int:
            return _Article_counted(self._metaffi_handle)

        @staticmethod
        @_module.direct
        def find(code: str, limit: int, share: float, last: int) -> Article:
            _result: Article
            _result = _Article_find(code, limit, share, last)
            return _result

        @staticmethod
        @_module.direct
        def print_of_class(times: int) -> None:
            _Article_print_of_class(times)

        @staticmethod
        @_module.direct
        def empty() -> Any:
            return _Article_empty()

        print = _stubs.StaticBesideInstance(print_of_object, print_of_class)

        @_stubs.ClassProperty
        def EURO(cls) -> str:
            return _Article_get_EURO()

        @_stubs.ClassProperty
        def NOTHING(cls) -> float:
            return _Article_get_NOTHING()

        @_stubs.ClassProperty
        def LIMIT(cls) -> float:
            return _Article_get_LIMIT()

        @_stubs.ClassProperty
        def NONE(cls) -> Article:
            _result: Article
            _result = _Article_get_NONE()
            return _result

        @_stubs.ClassProperty
        def count(cls) -> int:
            return _Article_get_count()

        @staticmethod
        @_module.direct
        def set_count(value: int) -> None:
            _Article_set_count(value)

        @property
        def code(self) -> str:
            return _Article_get_code(self._metaffi_handle)

        @property
        def price(self) -> int:
            return _Article_get_price(self._metaffi_handle)

        @price.setter
        def price(self, value: int) -> None:
            _Article_set_price(self._metaffi_handle, value)

        @property
        def amount(self) -> int:
            return _Article_get_amount(self._metaffi_handle)

        @amount.setter
        def amount(self, value: int) -> None:
            _Article_set_amount(self._metaffi_handle, value)

    class Article_Part(_stubs.Object):
        __metaffi_id__ = "shop.Article$Part"
        __metaffi_nested__ = "Inner=Article_Part_Inner"
        Inner: ClassVar[type[Article_Part_Inner]]

        def __init__(self) -> None:
            self._metaffi_handle = _Article_Part_new()

    class Article_Part_Inner(_stubs.Object):
        __metaffi_id__ = "shop.Article$Part$Inner"

        def __init__(self, this_0: Article_Part | None) -> None:
            self._metaffi_handle = _Article_Part_Inner_new(this_0)

        @_module.direct
        def depth(self, level: int) -> int:
            return _Article_Part_Inner_depth(self._metaffi_handle, level)

    class Marked(_stubs.Object):
        __metaffi_id__ = "shop.Marked"

        @_module.direct
        def value(self) -> str:
            return _Marked_value(self._metaffi_handle)

    class Point(_stubs.Object):
        __metaffi_id__ = "shop.Point"

        def __init__(self, x: int, others: _stubs.Array[float]) -> None:
            self._metaffi_handle = _Point_new(x, others)

        @_module.direct
        def toString(self) -> str:
            return _Point_toString(self._metaffi_handle)

        @_module.direct
        def hashCode(self) -> int:
            return _Point_hashCode(self._metaffi_handle)

        @_module.direct
        def equals(self, o: object) -> bool:
            return _Point_equals(self._metaffi_handle, o)

        @_module.direct
        def x(self) -> int:
            return _Point_x(self._metaffi_handle)

        @_module.direct
        def others(self) -> list[float]:
            return _Point_others(self._metaffi_handle)

    class Size(_stubs.Object):
        __metaffi_id__ = "shop.Size"

        @_module.direct
        def rank(self) -> int:
            return _Size_rank(self._metaffi_handle)

        @staticmethod
        @_module.direct
        def values() -> list[Size]:
            _result: list[Size]
            _result = _Size_values()
            return _result

        @staticmethod
        @_module.direct
        def valueOf(name: str) -> Size:
            _result: Size
            _result = _Size_valueOf(name)
            return _result

        @_stubs.ClassProperty
        def SMALL(cls) -> Size:
            _result: Size
            _result = _Size_get_SMALL()
            return _result

        @_stubs.ClassProperty
        def LARGE(cls) -> Size:
            _result: Size
            _result = _Size_get_LARGE()
            return _result

    class Visitor(_stubs.Interface):
        __metaffi_id__ = "shop.Visitor"
        DEPTH: ClassVar[int] = 3

        @_module.direct
        def visit(self, element: object, depth: int) -> Any:
            return _Visitor_visit(self._metaffi_handle, element, depth)

        @_module.direct
        def leave(self, element: object) -> None:
            _Visitor_leave(self._metaffi_handle, element)

        @staticmethod
        @_module.direct
        def none() -> Visitor:
            _result: Visitor
            _result = _Visitor_none()
            return _result

    answer = Inside.answer
    empty = Article.empty
    find = Article.find
    none = Visitor.none
    print = Article.print_of_class
    valueOf = Size.valueOf
    values = Size.values
    _Inside_new = _stubs.Entity[Any](
        _module,
        "_Inside_new",
        "class=hidden.Inside,callable=<init>",
        [],
        ["handle<hidden.Inside>"],
    )
    _Inside_answer = _stubs.Entity[int](
        _module, "_Inside_answer", "class=hidden.Inside,callable=answer", [], ["int32"]
    )
    _Base_describe = _stubs.Entity[str](
        _module,
        "_Base_describe",
        "class=shop.Base,callable=describe,instance_required",
        ["handle"],
        ["string8"],
    )
    _Article_new_1 = _stubs.Overload(
        "class=shop.Article,callable=<init>", [], ["handle<shop.Article>"], "()"
    )
    _Article_new_2 = _stubs.Overload(
        "class=shop.Article,callable=<init>",
        ["string8"],
        ["handle<shop.Article>"],
        "(str,)",
    )
    _Article_new = _stubs.Overloads[Any](
        _module, "Article", _Article_new_1, _Article_new_2
    )
    _Article_bytes = _stubs.Entity[list[int]](
        _module,
        "_Article_bytes",
        "class=shop.Article,callable=bytes,instance_required",
        ["handle", "int8_array", "char16", "int16", "float32", "bool"],
        ["int8_array"],
    )
    _Article_names_1 = _stubs.Overload(
        "class=shop.Article,callable=names,instance_required",
        ["handle", "string8", "string8_array"],
        [],
        "(_stubs.Receiver, str, str)",
        rest=True,
    )
    _Article_names_2 = _stubs.Overload(
        "class=shop.Article,callable=names,instance_required",
        ["handle", "string8", "string8_array"],
        [],
        "(_stubs.Receiver, str, [str])",
    )
    _Article_names = _stubs.Overloads[Any](
        _module, "Article.names", _Article_names_1, _Article_names_2
    )
    _Article_boxed = _stubs.Entity[Any](
        _module,
        "_Article_boxed",
        "class=shop.Article,callable=boxed,instance_required",
        [
            "handle",
            "any<java.lang.Integer>",
            "any<java.lang.Long>",
            "any<java.lang.Boolean>",
            "any",
            "any<java.lang.CharSequence>",
        ],
        ["any"],
        lifts="_stubs.Dynamic",
    )
    _Article_sorted = _stubs.Entity[Any](
        _module,
        "_Article_sorted",
        "class=shop.Article,callable=sorted,instance_required",
        ["handle", "handle<java.util.Map>", "any_array<java.lang.Comparable>"],
        ["handle<java.util.List>"],
        lifts="_stubs.Dynamic",
    )
    _Article_table = _stubs.Entity[list[list[str]]](
        _module,
        "_Article_table",
        "class=shop.Article,callable=table,instance_required",
        [
            "handle",
            "int32_array[3]",
            "handle_array<shop.Article>",
            "any_array",
            "any_array<java.lang.Integer>",
        ],
        ["string8_array[2]"],
    )
    _Article_print_of_object_1 = _stubs.Overload(
        "class=shop.Article,callable=print,instance_required",
        ["handle"],
        [],
        "(_stubs.Receiver,)",
    )
    _Article_print_of_object_2 = _stubs.Overload(
        "class=shop.Article,callable=print,instance_required",
        ["handle", "string8"],
        [],
        "(_stubs.Receiver, str)",
    )
    _Article_print_of_object_3 = _stubs.Overload(
        "class=shop.Article,callable=print,instance_required",
        ["handle", "any"],
        [],
        "(_stubs.Receiver, object)",
    )
    _Article_print_of_object = _stubs.Overloads[Any](
        _module,
        "Article.print_of_object",
        _Article_print_of_object_1,
        _Article_print_of_object_2,
        _Article_print_of_object_3,
    )
    _Article_fold = _stubs.Entity[int](
        _module,
        "_Article_fold",
        "class=shop.Article,callable=fold,instance_required",
        ["handle", "handle<java.util.function.IntBinaryOperator>"],
        ["int32"],
    )
    _Article_compareTo = _stubs.Entity[int](
        _module,
        "_Article_compareTo",
        "class=shop.Article,callable=compareTo,instance_required",
        ["handle", "handle<shop.Article>"],
        ["int32"],
    )
    _Article_close = _stubs.Entity[None](
        _module,
        "_Article_close",
        "class=shop.Article,callable=close,instance_required",
        ["handle"],
        [],
    )
    _Article_task = _stubs.Entity[Any](
        _module,
        "_Article_task",
        "class=shop.Article,callable=task,instance_required",
        ["handle"],
        ["handle<java.lang.Runnable>"],
        lifts="_stubs.Dynamic",
    )
    _Article_stock = _stubs.Entity[int](
        _module,
        "_Article_stock",
        "class=shop.Article,callable=stock,instance_required",
        ["handle", "int32"],
        ["int32"],
    )
    _Article_counted = _stubs.Entity[int](
        _module,
        "_Article_counted",
        "class=shop.Article,callable=counted,instance_required",
        ["handle"],
        ["int32"],
    )
    _Article_find = _stubs.Entity[Any](
        _module,
        "_Article_find",
        "class=shop.Article,callable=find",
        ["string8", "int64", "float64", "int32"],
        ["handle<shop.Article>"],
        lifts="Article",
    )
    _Article_print_of_class = _stubs.Entity[None](
        _module,
        "_Article_print_of_class",
        "class=shop.Article,callable=print",
        ["int32"],
        [],
    )
    _Article_empty = _stubs.Entity[Any](
        _module,
        "_Article_empty",
        "class=shop.Article,callable=empty",
        [],
        ["handle<shop.Stocked>"],
        lifts="_stubs.Dynamic",
    )
    _Article_get_EURO = _stubs.Entity[str](
        _module,
        "_Article_get_EURO",
        "class=shop.Article,field=EURO,getter",
        [],
        ["char16"],
    )
    _Article_get_NOTHING = _stubs.Entity[float](
        _module,
        "_Article_get_NOTHING",
        "class=shop.Article,field=NOTHING,getter",
        [],
        ["float64"],
    )
    _Article_get_LIMIT = _stubs.Entity[float](
        _module,
        "_Article_get_LIMIT",
        "class=shop.Article,field=LIMIT,getter",
        [],
        ["float32"],
    )
    _Article_get_NONE = _stubs.Entity[Any](
        _module,
        "_Article_get_NONE",
        "class=shop.Article,field=NONE,getter",
        [],
        ["handle<shop.Article>"],
        lifts="Article",
    )
    _Article_get_count = _stubs.Entity[int](
        _module,
        "_Article_get_count",
        "class=shop.Article,field=count,getter",
        [],
        ["int32"],
    )
    _Article_set_count = _stubs.Entity[None](
        _module,
        "_Article_set_count",
        "class=shop.Article,field=count,setter",
        ["int32"],
        [],
    )
    _Article_get_code = _stubs.Entity[str](
        _module,
        "_Article_get_code",
        "class=shop.Article,field=code,getter,instance_required",
        ["handle"],
        ["string8"],
    )
    _Article_get_price = _stubs.Entity[int](
        _module,
        "_Article_get_price",
        "class=shop.Article,field=price,getter,instance_required",
        ["handle"],
        ["int64"],
    )
    _Article_set_price = _stubs.Entity[None](
        _module,
        "_Article_set_price",
        "class=shop.Article,field=price,setter,instance_required",
        ["handle", "int64"],
        [],
    )
    _Article_get_amount = _stubs.Entity[int](
        _module,
        "_Article_get_amount",
        "class=shop.Article,field=amount,getter,instance_required",
        ["handle"],
        ["int32"],
    )
    _Article_set_amount = _stubs.Entity[None](
        _module,
        "_Article_set_amount",
        "class=shop.Article,field=amount,setter,instance_required",
        ["handle", "int32"],
        [],
    )
    _Article_Part_new = _stubs.Entity[Any](
        _module,
        "_Article_Part_new",
        "class=shop.Article$Part,callable=<init>",
        [],
        ["handle<shop.Article$Part>"],
    )
    _Article_Part_Inner_new = _stubs.Entity[Any](
        _module,
        "_Article_Part_Inner_new",
        "class=shop.Article$Part$Inner,callable=<init>",
        ["handle<shop.Article$Part>"],
        ["handle<shop.Article$Part$Inner>"],
    )
    _Article_Part_Inner_depth = _stubs.Entity[int](
        _module,
        "_Article_Part_Inner_depth",
        "class=shop.Article$Part$Inner,callable=depth,instance_required",
        ["handle", "int32"],
        ["int32"],
    )
    _Marked_value = _stubs.Entity[str](
        _module,
        "_Marked_value",
        "class=shop.Marked,callable=value,instance_required",
        ["handle"],
        ["string8"],
    )
    _Point_new = _stubs.Entity[Any](
        _module,
        "_Point_new",
        "class=shop.Point,callable=<init>",
        ["int32", "float64_array"],
        ["handle<shop.Point>"],
    )
    _Point_toString = _stubs.Entity[str](
        _module,
        "_Point_toString",
        "class=shop.Point,callable=toString,instance_required",
        ["handle"],
        ["string8"],
    )
    _Point_hashCode = _stubs.Entity[int](
        _module,
        "_Point_hashCode",
        "class=shop.Point,callable=hashCode,instance_required",
        ["handle"],
        ["int32"],
    )
    _Point_equals = _stubs.Entity[bool](
        _module,
        "_Point_equals",
        "class=shop.Point,callable=equals,instance_required",
        ["handle", "any"],
        ["bool"],
    )
    _Point_x = _stubs.Entity[int](
        _module,
        "_Point_x",
        "class=shop.Point,callable=x,instance_required",
        ["handle"],
        ["int32"],
    )
    _Point_others = _stubs.Entity[list[float]](
        _module,
        "_Point_others",
        "class=shop.Point,callable=others,instance_required",
        ["handle"],
        ["float64_array"],
    )
    _Size_rank = _stubs.Entity[int](
        _module,
        "_Size_rank",
        "class=shop.Size,callable=rank,instance_required",
        ["handle"],
        ["int32"],
    )
    _Size_values = _stubs.Entity[Any](
        _module,
        "_Size_values",
        "class=shop.Size,callable=values",
        [],
        ["handle_array<shop.Size>"],
        lifts="Size",
    )
    _Size_valueOf = _stubs.Entity[Any](
        _module,
        "_Size_valueOf",
        "class=shop.Size,callable=valueOf",
        ["string8"],
        ["handle<shop.Size>"],
        lifts="Size",
    )
    _Size_get_SMALL = _stubs.Entity[Any](
        _module,
        "_Size_get_SMALL",
        "class=shop.Size,field=SMALL,getter",
        [],
        ["handle<shop.Size>"],
        lifts="Size",
    )
    _Size_get_LARGE = _stubs.Entity[Any](
        _module,
        "_Size_get_LARGE",
        "class=shop.Size,field=LARGE,getter",
        [],
        ["handle<shop.Size>"],
        lifts="Size",
    )
    _Visitor_visit = _stubs.Entity[Any](
        _module,
        "_Visitor_visit",
        "class=shop.Visitor,callable=visit,instance_required",
        ["handle", "any", "int64"],
        ["any"],
        lifts="_stubs.Dynamic",
    )
    _Visitor_leave = _stubs.Entity[None](
        _module,
        "_Visitor_leave",
        "class=shop.Visitor,callable=leave,instance_required",
        ["handle", "any"],
        [],
    )
    _Visitor_none = _stubs.Entity[Any](
        _module,
        "_Visitor_none",
        "class=shop.Visitor,callable=none",
        [],
        ["handle<shop.Visitor>"],
        lifts="Visitor",
    )
