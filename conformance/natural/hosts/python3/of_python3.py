"""A Python module in Python: its members are those that an import returns."""

from __future__ import annotations

from typing import Any

import metaffi
from check import raises
from metaffi import MetaFFIModule


class Program:
    def __init__(self, module: MetaFFIModule) -> None:
        self.module = module
        self.books: Any = module

    def functions(self) -> None:
        books = self.books
        assert (books.add(-3, 5), books.half(5), books.negate(True)) == (2, 2.5, False)
        assert books.greet("Gö") == books["greet"]("Gö") == "Hello, Gö"

    def overloads(self) -> None:
        assert (self.books.twice(4), self.books.twice("ab")) == (8, "abab")

    def parameters(self) -> None:
        assert self.books.label("a") == "a/100/novel"
        assert self.books.label(title="a", pages=5, kind="poem") == "a/5/poem"
        assert self.books.join("a", "b", "c") == "a+b+c"

    def classes(self) -> None:
        book = self.books.Book("a")
        assert type(book) is self.module["Book"] and book.me() is book

    def fields(self) -> None:
        book = self.books.Book("a", 5)
        book.pages = 6
        assert book.longer(0).pages == 6

    def variables(self) -> None:
        self.books.visits = 40
        self.books.visit()
        assert self.books.visits == 41

    def object_protocol(self) -> None:
        assert str(self.books.Book("a", 5)) == "a, 5 pages"
        assert "longer" in dir(self.books.Book) and "Book" in dir(self.module)

    def lists(self) -> None:
        assert self.books.titles("a b") == metaffi.to_python(self.books.titles("a b")) == ["a", "b"]

    def maps(self) -> None:
        assert self.books.lengths(["a", "ccc"]) == {"a": 1, "ccc": 3}

    def iteration(self) -> None:
        assert list(self.books.count_up(3)) == [1, 2, 3]

    def callbacks(self) -> None:
        assert self.books.apply(lambda value: value * 2, 21) == 42
        assert self.books.adder(5)(4) == 9

    def implementing(self) -> None:
        class Singer:
            def read(self, page: int) -> str:
                return "la" * page

            def pages(self) -> int:
                return 3

        assert self.books.aloud(Singer()) == "; la; lala"

    def errors(self) -> None:
        missing: Any = self.books.Missing
        with raises(missing):
            self.books.lend("gone")
        assert self.books.lend("a") == "a"

    def untyped(self) -> None:
        add = self.module.load_entity("callable=add")
        assert add is self.module["add"] and add(2, 3) == 5
        own = object()
        assert self.books.anything(own) is own

    def refusals(self) -> None:
        with raises(AttributeError, "longr"):
            self.books.Book("a").longr(5)
        with raises(KeyError, "Bok"):
            self.module["Bok"]
        with raises(TypeError):
            self.books.add(1)

    def closing(self) -> None:
        before = self.books.Shelf.open
        with self.books.Shelf(self.books.Book("a")) as shelf:
            assert len(shelf) == 1
        assert self.books.Shelf.open == before
