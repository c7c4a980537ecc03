"""A library of Java, through its stubs."""

import array

import books_MetaFFIHost as books
from books_MetaFFIHost import (
    Book,
    BookException,
    Books,
    Box,
    Genre,
    MissingException,
    Novel,
    Reader,
    Rule,
    Shelf,
    Tape,
)
from check import raises
from metaffi import MetaFFIError


def binding() -> None:
    with raises(Exception) as raised:
        books.add(1, 2)
    assert "bind_module_to_code" in str(raised.error)
    assert Books.MOST == 7


def functions() -> None:
    assert books.add(-3, 5) == Books.add(-3, 5) == 2
    assert books.half(5) == 2.5
    assert books.negate(True) is False
    assert books.greet("Gö") == "Hello, Gö"
    before = Books.visits
    books.visit()
    assert Books.visits == before + 1


def parameters() -> None:
    assert books.label("a") == "a/100"
    assert books.label("a", 5) == "a/5"
    assert books.join("a") == "a"
    assert books.join("a", "b", "c") == "a+b+c"


def overloads() -> None:
    assert books.twice(4) == 8
    assert books.twice("ab") == "abab"


def classes() -> None:
    book = Book("a")
    assert book.longer(5).pages == 105
    assert Book.parse("b:7").title == "b"
    assert book.me() == book
    assert book.isSame(book.me()) is True
    assert book.isSame(Book("a")) is False
    assert Book.describe(book) == book.describe()


def fields() -> None:
    book = Book("a", 5)
    assert (book.title, book.pages) == ("a", 5)
    book.pages = 6
    assert book.longer(0).pages == 6
    before = Book.made
    Book("b")
    assert Book.made == before + 1
    Book.set_made(50)
    assert Book.made == 50


def variables() -> None:
    Books.set_visits(40)
    books.visit()
    assert Books.visits == 41


def constants() -> None:
    assert (Books.MOST, Books.RATIO, Books.NAME, Books.OPEN) == (7, 0.5, "books", True)


def enums() -> None:
    assert books.genreOf("Poems of a year") == Genre.POEMS
    assert books.genreName(Genre.NOVEL) == "NOVEL"
    assert Genre.NOVEL.other() == Genre.POEMS != Genre.NOVEL
    assert (str(Genre.POEMS), Genre.POEMS.ordinal()) == ("POEMS", 1)
    assert Genre.values() == [Genre.NOVEL, Genre.POEMS]
    assert Genre.valueOf("POEMS") == Genre.POEMS


def inheritance() -> None:
    novel = Novel("a", "Ann")
    assert isinstance(novel, Book)
    assert (novel.hero, novel.title, novel.pages) == ("Ann", "a", 300)
    assert novel.longer(1).pages == 301
    assert Books.describe(novel) == "the novel of Ann"
    assert Books.describe(Book("b")) == "the book b"
    assert books.pick("c").describe() == "the novel of Ann"


def interfaces() -> None:
    reader = books.reader("so")
    assert (reader.read(1), reader.pages()) == ("so 1", 2)
    assert books.aloud(reader) == "so 0; so 1"
    assert books.aloud(Tape("or")) == "or 0; or 1"


def implementing() -> None:
    class Singer(Reader):
        def read(self, page: int) -> str:
            return "la" * page

        def pages(self) -> int:
            return 3

    assert books.aloud(Singer()) == "; la; lala"


def callbacks() -> None:
    assert books.apply(lambda value: value * 2, 21) == 42
    assert list(books.each(["a", "b"], str.upper)) == ["A", "B"]
    assert books.fits(Book("a", 5), lambda book: book.pages == 5) is True
    books.keep(lambda book: book.title + "!")
    assert books.runKept(Book("a")) == "a!"
    own = ValueError("mine")

    def fail(value: int) -> int:
        raise own

    with raises(ValueError) as raised:
        books.apply(fail, 1)
    assert raised.error is own


def returned_functions() -> None:
    add = books.adder(5)
    assert add(4) == add.applyAsInt(4) == 9
    assert books.apply(add, 1) == 6
    rule: Rule = books.longerThan(5)
    assert rule.fits(Book("a", 6)) and not rule.fits(Book("a", 5))

    def own(value: int) -> int:
        return value + 2

    assert books.apply(books.chosen(own), 1) == 3


def errors() -> None:
    with raises(MissingException) as raised:
        books.lend("gone")
    assert isinstance(raised.error, BookException)
    assert raised.error.message == raised.error.getMessage() == "gone is missing"
    assert raised.error.getTitle() == "gone"
    assert isinstance(raised.error.__cause__, MetaFFIError)
    assert raised.error.__cause__.type_name == "java.util.NoSuchElementException"
    with raises(BookException) as torn:
        books.lend("torn")
    assert not isinstance(torn.error, MissingException)
    assert books.lend("a") == "a"


def nullable() -> None:
    assert books.find("a").get().title == "a"
    assert (books.pagesOf(Book("a")), books.pagesOf(None)) == (100, None)
    assert books.loud("a") == "A"


def lists() -> None:
    assert list(books.titles("a b")) == ["a", "b"]
    assert books.total([1, 2, 3]) == books.total({1, 2, 3}) == 6
    made = books.booksOf("a", "b")
    assert [book.title for book in made] == ["a", "b"]
    assert (len(made), made[1].title, made[-2].title) == (2, "b", "a")
    assert books.pagesIn(made) == books.pagesIn([Book("a"), Book("b")]) == 200


def sets() -> None:
    letters = books.letters("abca")
    assert set(letters) == {"a", "b", "c"} and "a" in letters and "d" not in letters
    assert books.distinct(letters) == books.distinct({"x", "y", "z"}) == 3


def maps() -> None:
    lengths = books.lengths(["a", "ccc"])
    assert (len(lengths), lengths["ccc"], "b" in lengths) == (2, 3, False)
    assert dict(lengths) == {"a": 1, "ccc": 3}
    assert books.longest(lengths) == books.longest({"bb": 2, "ccc": 3}) == "ccc"


def iteration() -> None:
    assert list(books.countUp(3)) == [1, 2, 3]
    shelf = Shelf(Book("a"), Book("b"))
    assert [book.title for book in shelf] == ["a", "b"]
    assert (shelf.size(), shelf.get(1).title) == (2, "b")
    assert shelf.contains(Book("a")) and not shelf.contains(Book("c"))
    assert shelf.add(Book("c")) == 3
    shelf.close()


def object_protocol() -> None:
    assert str(Book("a", 5)) == "a, 5 pages"
    assert Book("a", 5) == Book("a", 5) != Book("a", 6)
    assert len({Book("a", 5), Book("a", 5), Book("b", 5)}) == 2
    assert Book("a", 5) < Book("a", 6)


def generics() -> None:
    box: Box[str] = Box("a")
    assert (box.get(), box.put("b"), box.get()) == ("a", "a", "b")
    assert books.first(["x", "y"]) == "x"
    assert books.first([Book("z")]).title == "z"
    assert books.boxed("c").get().title == "c"


def binary() -> None:
    assert books.reverse(b"\x00\x80\xff") == b"\xff\x80\x00"
    assert books.reverse(b"") == b""


def arrays() -> None:
    assert books.scale(array.array("d", [1, 2.5]), 2) == [2.0, 5.0]
    assert books.mean([1.0, 2.0]) == 1.5
    assert books.transpose([[1, 2], [3, 4]]) == [[1, 3], [2, 4]]


def untyped() -> None:
    assert books.anything(5) == 5
    assert books.anything("five") == "five"
    own = object()
    assert books.anything(own) is own
    assert books.anything(Book("a")) == Book("a")
    assert books.something("number") == 5
    assert list(books.something("list")) == [1, "a"]
    assert isinstance(books.something("book"), Book)
    assert books.something("nothing") is None


def closing() -> None:
    before = Shelf.open
    with Shelf(Book("a")) as shelf:
        assert Shelf.open == before + 1
        assert shelf.size() == 1
    assert Shelf.open == before
