"""A Go library, used by the names of its members."""

from __future__ import annotations

import collections.abc
import copy
import inspect
from typing import Any

import metaffi
from check import raises
from metaffi import MetaFFIError, MetaFFIModule


class Program:
    def __init__(self, module: MetaFFIModule) -> None:
        self.module = module
        self.books: Any = module

    def functions(self) -> None:
        books = self.books
        assert (books.Add(-3, 5), books.Half(5), books.Negate(True)) == (2, 2.5, False)
        assert books.Greet("Gö") == books["Greet"]("Gö") == books.greet("Gö") == "Hello, Gö"
        assert books.Divide(7, 2) == (3, 1)
        before = books.Visits
        assert books.Visit() is None
        assert books.Visits == before + 1

    def overloads(self) -> None:
        assert (self.books.Twice(4), self.books.Twice("ab")) == (8, "abab")

    def parameters(self) -> None:
        books = self.books
        assert (books.Join("a"), books.Join("a", "b", "c")) == ("a", "a+b+c")
        with raises(TypeError, "keyword"):
            books.Greet(name="a")

    def classes(self) -> None:
        books = self.books
        book = books.NewBook("a", 100)
        assert (book.Longer(5).Pages, books.ParseBook("b:7").Title()) == (105, "b")
        assert book.IsSame(book.Me()) is True and book.IsSame(books.NewBook("a", 100)) is False
        novel = books.NewNovel("n", "Ann")
        assert (novel.Describe(), novel.Title(), novel.Hero) == ("the novel of Ann", "n", "Ann")
        assert books.Describe(novel) == "the novel of Ann"

    def fields(self) -> None:
        book = self.books.NewBook("a", 5)
        assert book.Pages == 5
        book.Pages = 6
        assert book.Longer(0).Pages == 6
        tape = self.books.NewTape("so")
        tape.Text = "or"
        assert tape.Read(1) == "or 1"

    def variables(self) -> None:
        books = self.books
        assert (books.Most, books.Ratio, books.Name, books.Open) == (7, 0.5, "books", True)
        books.Visits = 40
        books.Visit()
        assert books.Visits == 41
        with raises(AttributeError, "Most"):
            books.Most = 8

    def object_protocol(self) -> None:
        new = self.books.NewBook
        assert str(new("a", 5)) == "a, 5 pages"
        assert "a, 5 pages" in repr(new("a", 5)) and "Book" in repr(new("a", 5))
        assert new("a", 5) == new("a", 5) != new("a", 6)
        assert new("a", 5) < new("a", 6)
        assert sorted([new("b", 2), new("a", 1)])[0].Pages == 1
        assert "Longer" in dir(new("a", 5)) and "NewBook" in dir(self.module)
        assert len(inspect.signature(new("a", 5).Longer).parameters) == 1
        assert not isinstance(new("a", 5), collections.abc.Sized)

    def lists(self) -> None:
        titles = self.books.Titles("a b c")
        assert titles == ["a", "b", "c"] and titles[-1] == "c" and titles[1:] == ["b", "c"]
        assert self.books.Total([1, 2, 3]) == self.books.Total({1, 2, 3}) == 6
        made = self.books.BooksOf(["a", "b"])
        assert [book.Title() for book in made] == ["a", "b"]
        assert self.books.PagesIn(made) == self.books.PagesIn([self.books.NewBook("a", 200)]) == 200
        assert metaffi.to_python(titles) == copy.copy(titles) == ["a", "b", "c"]

    def maps(self) -> None:
        lengths = self.books.Lengths(["a", "ccc"])
        assert isinstance(lengths, dict)
        assert (len(lengths), lengths["ccc"], "b" in lengths) == (2, 3, False)
        assert dict(lengths) == lengths == {"a": 1, "ccc": 3}
        lengths["dd"] = 2
        assert (lengths.pop("a"), lengths.get("a", 0)) == (1, 0)
        assert sorted(lengths.items()) == [("ccc", 3), ("dd", 2)]
        with raises(KeyError, "zz"):
            lengths["zz"]
        assert self.books.Longest(lengths) == self.books.Longest({"bb": 2, "ccc": 3}) == "ccc"

    def iteration(self) -> None:
        assert list(self.books.CountUp(3)) == [1, 2, 3]
        shelf = self.books.NewShelf(self.books.NewBook("a", 1), self.books.NewBook("b", 1))
        assert [book.Title() for book in shelf.All()] == ["a", "b"]
        assert len(shelf) == 2
        shelf.Close()

    def callbacks(self) -> None:
        books = self.books
        assert books.Apply(lambda value: value * 2, 21) == 42
        assert list(books.Each(["a", "b"], str.upper)) == ["A", "B"]
        books.Keep(lambda book: book.Title() + "!")
        assert books.RunKept(books.NewBook("a", 1)) == "a!"
        assert books.Adder(5)(4) == 9
        own = ValueError("mine")

        def fail(_: int) -> int:
            raise own

        with raises(ValueError) as raised:
            books.Apply(fail, 1)
        assert raised.error is own

    def implementing(self) -> None:
        class Singer:
            def read(self, page: int) -> str:
                return "la" * page

            def pages(self) -> int:
                return 3

        assert self.books.Aloud(Singer()) == "; la; lala"

        class Silent:
            def read(self, page: int) -> str:
                return ""

        with raises(MetaFFIError, "Pages"):
            self.books.Aloud(Silent())

    def errors(self) -> None:
        with raises(MetaFFIError, "gone is missing") as raised:
            self.books.Lend("gone")
        assert raised.error.type_name.endswith("MissingError")
        error: Any = raised.error
        assert error.Title == "gone"
        with raises(MetaFFIError, "a page is torn"):
            self.books.Lend("torn")
        assert self.books.Lend("a") == "a"

    def untyped(self) -> None:
        add = self.module.load_entity("callable=Add")
        assert add(2, 3) == 5
        longer = self.module.load_entity("callable=Book.Longer,instance_required")
        assert longer(self.books.NewBook("a", 100), 5).Pages == 105
        assert self.books.Anything(5) == 5
        own = object()
        assert self.books.Anything(own) is own
        assert self.books.Something("book").Pages == 100
        assert self.books.Something("nothing") is None

    def refusals(self) -> None:
        book = self.books.NewBook("a", 1)
        with raises(AttributeError, "did you mean 'Longer'"):
            book.Longr(5)
        with raises(AttributeError, "did you mean 'NewBook'"):
            assert self.module.NewBok
        with raises(KeyError, "Greeet"):
            assert self.module["Greeet"]
        with raises(MetaFFIError):
            self.books.Add("a", 1)
        with raises(MetaFFIError):
            self.books.Add(1)
        book.release()
        with raises(MetaFFIError, "released"):
            book.Longer(5)
        assert self.books.NewBook("a", 100).Longer(1).Pages == 101

    def closing(self) -> None:
        before = self.books.OpenShelves
        with self.books.NewShelf() as shelf:
            assert self.books.OpenShelves == before + 1
            assert shelf.Len() == 0
        assert self.books.OpenShelves == before
