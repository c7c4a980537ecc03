"""A Java library, used by the names of its members."""

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
        self.books = module.books
        self.Books: Any = module["books.Books"]
        self.Book: Any = module["books.Book"]
        self.Shelf: Any = module["books.Shelf"]

    def functions(self) -> None:
        Books = self.Books
        assert (Books.add(-3, 5), Books.half(5), Books.negate(True)) == (2, 2.5, False)
        assert Books.greet("Gö") == self.books.Books.greet("Gö") == "Hello, Gö"
        before = Books.visits
        assert Books.visit() is None
        assert Books.visits == before + 1

    def overloads(self) -> None:
        assert (self.Books.twice(4), self.Books.twice("ab")) == (8, "abab")
        assert self.Book.describe(self.Book("a")) == self.Book("a").describe() == "the book a"

    def parameters(self) -> None:
        Books = self.Books
        assert (Books.label("a"), Books.label("a", 5)) == ("a/100", "a/5")
        assert (Books.join("a"), Books.join("a", "b", "c")) == ("a", "a+b+c")
        with raises(TypeError, "keyword"):
            Books.label(title="a")
        with raises(TypeError, "keyword"):
            self.Book(title="a")

    def classes(self) -> None:
        Book = self.Book
        book = Book("a")
        assert type(book) is Book and isinstance(book, Book)
        assert (book.longer(5).pages, Book.parse("b:7").title) == (105, "b")
        assert book.isSame(book.me()) is True and book.isSame(Book("a")) is False
        novel = self.books.Novel("n", "Ann")
        assert isinstance(novel, Book) and issubclass(type(novel), Book)
        assert isinstance(novel, self.module["java.lang.Comparable"])
        assert novel.describe() == "the novel of Ann"
        Genre = self.books.Genre
        assert [str(genre) for genre in Genre] == ["NOVEL", "POEMS"]
        assert Genre.NOVEL.other() == Genre.POEMS

    def fields(self) -> None:
        book = self.Book("a", 5)
        assert (book.title, book.pages) == ("a", 5)
        book.pages = 6
        assert book.longer(0).pages == 6
        before = self.Book.made
        self.Book("b")
        assert self.Book.made == before + 1
        self.Book.made = 50
        assert self.Book.made == 50
        with raises(AttributeError, "title"):
            book.title = "b"

    def variables(self) -> None:
        Books = self.Books
        assert (Books.MOST, Books.RATIO, Books.NAME, Books.OPEN) == (7, 0.5, "books", True)
        Books.visits = 40
        Books.visit()
        assert Books.visits == 41

    def object_protocol(self) -> None:
        Book = self.Book
        assert str(Book("a", 5)) == "a, 5 pages"
        assert repr(Book("a", 5)) == "<books.Book a, 5 pages>"
        assert Book("a", 5) == Book("a", 5) != Book("a", 6)
        assert len({Book("a", 5), Book("a", 5), Book("b", 5)}) == 2
        assert Book("a", 5) < Book("a", 6) and sorted([Book("b", 2), Book("a", 1)])[0].pages == 1
        assert "longer" in dir(Book("a")) and "parse" in dir(Book)
        assert list(inspect.signature(Book("a").longer).parameters) == ["by"]
        assert "longer(int by)" in Book.longer.__doc__
        match Book("a", 5):
            case Book(title="a", pages=pages):
                assert pages == 5
            case _:
                raise AssertionError("it is a Book")
        assert bool(Book("a")) is True and not isinstance(Book("a"), collections.abc.Sized)

    def lists(self) -> None:
        titles = self.Books.titles("a b c")
        assert isinstance(titles, collections.abc.MutableSequence)
        assert (len(titles), titles[0], titles[-1], titles[1:]) == (3, "a", "c", ["b", "c"])
        assert titles == ["a", "b", "c"] and "b" in titles and list(reversed(titles))[0] == "c"
        titles.append("d")
        titles[0] = "x"
        del titles[1]
        assert (titles, titles.pop(), titles.index("c")) == (["x", "c"], "d", 1)
        titles += ["y"]
        copied = metaffi.to_python(titles)
        assert type(copied) is list and copied == copy.copy(titles) == ["x", "c", "y"]
        with raises(IndexError):
            titles[9]
        assert self.Books.total([1, 2, 3]) == self.Books.total({1, 2, 3}) == 6
        made = self.Books.booksOf("a", "b")
        assert self.Books.pagesIn(made) == self.Books.pagesIn([self.Book("a"), self.Book("b")])
        letters = self.Books.letters("abca")
        assert letters == {"a", "b", "c"} and letters & {"a", "z"} == {"a"}

    def maps(self) -> None:
        lengths = self.Books.lengths(["a", "ccc"])
        assert isinstance(lengths, dict) and isinstance(lengths, self.module["java.util.Map"])
        assert (len(lengths), lengths["ccc"], "b" in lengths) == (2, 3, False)
        assert dict(lengths) == lengths == {"a": 1, "ccc": 3}
        lengths["dd"] = 2
        assert (lengths.pop("a"), lengths.get("a", 0), lengths.containsKey("dd")) == (1, 0, True)
        assert sorted(lengths.items()) == [("ccc", 3), ("dd", 2)]
        with raises(KeyError, "zz"):
            lengths["zz"]
        assert self.Books.longest(lengths) == self.Books.longest({"bb": 2, "ccc": 3}) == "ccc"
        nested = self.module.java.util.HashMap()
        nested["list"] = self.Books.titles("a b")
        assert metaffi.to_python(nested) == {"list": ["a", "b"]}

    def iteration(self) -> None:
        assert list(self.Books.countUp(3)) == [1, 2, 3]
        shelf = self.Shelf(self.Book("a"), self.Book("b"))
        assert [book.title for book in shelf] == ["a", "b"]
        stream = self.module["java.util.stream.IntStream"].range(0, 3)
        assert sum(stream) == 3
        shelf.close()

    def callbacks(self) -> None:
        Books, Book = self.Books, self.Book
        assert Books.apply(lambda value: value * 2, 21) == 42
        assert list(Books.each(["a", "b"], str.upper)) == ["A", "B"]
        assert Books.fits(Book("a", 5), lambda book: book.pages == 5) is True
        Books.keep(lambda book: book.title + "!")
        assert Books.runKept(Book("a")) == "a!"
        assert Books.adder(5)(4) == 9
        assert Books.apply(Books.adder(5), 1) == 6
        own = ValueError("mine")

        def fail(_: int) -> int:
            raise own

        with raises(ValueError) as raised:
            Books.apply(fail, 1)
        assert raised.error is own

    def implementing(self) -> None:
        Reader = self.books.Reader

        @metaffi.implements(Reader)
        class Singer:
            def read(self, page: int) -> str:
                return "la" * page

            def pages(self) -> int:
                return 3

        assert isinstance(Singer(), Reader)
        assert self.Books.aloud(Singer()) == "; la; lala"

        class Plain(Reader):
            def read(self, page: int) -> str:
                return f"p{page}"

            def pages(self) -> int:
                return 1

        assert self.Books.aloud(Plain()) == "p0"

        @metaffi.implements(self.module.java.util.Comparator)  # which declares equals, too
        class ByLength:
            def compare(self, one: str, other: str) -> int:
                return len(one) - len(other)

        words = self.module.java.util.ArrayList(["ccc", "a", "bb"])
        words.sort(ByLength())
        assert list(words) == ["a", "bb", "ccc"]
        with raises(TypeError, "lacks", "pages"):

            @metaffi.implements(Reader)
            class Silent:
                def read(self, page: int) -> str:
                    return ""

    def errors(self) -> None:
        missing, broken = self.books.MissingException, self.books.BookException
        with raises(missing) as raised:
            self.Books.lend("gone")
        assert isinstance(raised.error, broken) and isinstance(raised.error, MetaFFIError)
        assert str(raised.error) == raised.error.getMessage() == "gone is missing"
        assert raised.error.getTitle() == "gone"
        assert raised.error.__cause__.type_name == "java.util.NoSuchElementException"
        with raises(OSError, "nowhere"):
            self.module.java.io.FileInputStream("/nowhere")
        assert self.Books.lend("a") == "a"
        own = broken("mine", None)

        def fail(_: int) -> int:
            raise own

        with raises(broken) as again:
            self.Books.apply(fail, 1)
        assert str(again.error) == "mine"

    def untyped(self) -> None:
        add = self.module.load_entity("class=books.Books,callable=add")
        assert add(2, 3) == 5
        longer = self.module.load_entity("class=books.Book,callable=longer,instance_required")
        assert longer(self.Book("a"), 5).pages == 105
        twice = self.module.load_entity("class=books.Books,callable=twice")
        assert (twice(4), twice("ab")) == (8, "abab")
        assert self.Books.anything(5) == 5
        own = object()
        assert self.Books.anything(own) is own
        assert isinstance(self.Books.something("book"), self.Book)
        assert self.Books.something("nothing") is None

    def refusals(self) -> None:
        with raises(AttributeError, "did you mean 'longer'"):
            self.Book("a").longr(5)
        with raises(AttributeError, "did you mean 'parse'"):
            self.Book.parze("a:1")
        with raises(KeyError, "Bok", "Book"):
            self.module["books.Bok"]
        with raises(MetaFFIError, "twice(int", "twice(java.lang.String"):
            self.Books.twice(object())
        with raises(MetaFFIError):
            self.Books.add(1)
        book = self.Book("a")
        book.release()
        with raises(MetaFFIError, "released"):
            book.longer(5)
        with raises(TypeError, "cannot pickle"):
            copy.deepcopy(self.Book("a"))
        assert self.Book("a").longer(1).pages == 101

    def closing(self) -> None:
        before = self.Shelf.open
        with self.Shelf(self.Book("a")) as shelf:
            assert self.Shelf.open == before + 1
            assert shelf.size() == 1
        assert self.Shelf.open == before
