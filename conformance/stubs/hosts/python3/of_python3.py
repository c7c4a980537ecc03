"""A library of Python, through its stubs."""

import array

import books_MetaFFIHost as books
from books_MetaFFIHost import Book, Box, Genre, Novel, Reader, Shelf
from check import raises


def binding() -> None:
    with raises(Exception) as raised:
        books.add(1, 2)
    assert "bind_module_to_code" in str(raised.error)
    assert books.MOST == 7


def functions() -> None:
    assert books.add(-3, 5) == 2
    assert books.half(5) == 2.5
    assert books.negate(True) is False
    assert books.greet("Gö") == "Hello, Gö"
    assert books.divide(7, 2) == (3, 1)
    before = books.get_visits()
    books.visit()
    assert books.get_visits() == before + 1


def parameters() -> None:
    assert books.label("a") == "a/100/novel"
    assert books.label("a", 5) == "a/5/novel"
    assert books.label(title="a", kind="poems") == "a/100/poems"
    assert books.join("a") == "a"
    assert books.join("a", "b", "c") == "a+b+c"
    assert books.tagged("a", {"year": "1", "by": "b"}) == "a by=b year=1"


def overloads() -> None:
    assert books.twice(4) == 8
    assert books.twice("ab") == "abab"


def classes() -> None:
    book = Book("a")
    assert book.longer(5).pages == 105
    assert Book.parse("b:7").title == "b"
    assert book == book.me()
    assert book.is_same(book.me()) is True
    assert book.is_same(Book("a")) is False


def fields() -> None:
    book = Book("a", 5)
    assert (book.title, book.pages) == ("a", 5)
    book.pages = 6
    assert book.longer(0).pages == 6
    before = Book.made
    Book("b")
    assert Book.made == before + 1


def variables() -> None:
    books.set_visits(40)
    books.visit()
    assert books.get_visits() == 41


def constants() -> None:
    assert (books.MOST, books.RATIO, books.NAME, books.OPEN) == (7, 0.5, "books", True)


def enums() -> None:
    assert books.genre_of("Poems of a year") == Genre.POEMS
    assert books.genre_name(Genre.NOVEL) == "NOVEL"
    assert Genre.NOVEL.other() == Genre.POEMS != Genre.NOVEL
    assert (Genre.POEMS.name, Genre.POEMS.value) == ("POEMS", 2)


def inheritance() -> None:
    novel = Novel("a", "Ann")
    assert isinstance(novel, Book)
    assert (novel.hero, novel.title, novel.pages) == ("Ann", "a", 300)
    assert novel.longer(1).pages == 301
    assert books.describe(novel) == "the novel of Ann"
    assert books.describe(Book("b")) == "the book b"
    assert books.pick("c").describe() == "the novel of Ann"


def interfaces() -> None:
    reader = books.reader("so")
    assert (reader.read(1), reader.pages()) == ("so 1", 2)
    assert books.aloud(reader) == "so 0; so 1"
    assert books.aloud(books.Tape("or")) == "or 0; or 1"


def implementing() -> None:
    class Singer(Reader):
        def read(self, page: int) -> str:
            return "la" * page

        def pages(self) -> int:
            return 3

    assert books.aloud(Singer()) == "; la; lala"


def callbacks() -> None:
    assert books.apply(lambda value: value * 2, 21) == 42
    assert books.each(["a", "b"], str.upper) == ["A", "B"]
    books.keep(lambda book: book.title + "!")
    assert books.run_kept(Book("a")) == "a!"
    own = ValueError("mine")

    def fail(value: int) -> int:
        raise own

    with raises(ValueError) as raised:
        books.apply(fail, 1)
    assert raised.error is own


def returned_functions() -> None:
    add = books.adder(5)
    assert add(4) == 9
    assert books.apply(add, 1) == 6

    def own(value: int) -> int:
        return value

    assert books.chosen(own) is own


def errors() -> None:
    with raises(Exception) as raised:
        books.lend("gone")
    assert type(raised.error).__name__ == "Missing"
    assert str(raised.error) == "gone is missing"
    assert isinstance(raised.error.__cause__, KeyError)
    with raises(Exception) as raised:
        books.lend("torn")
    assert type(raised.error).__name__ == "BookError"
    assert books.lend("a") == "a"


def nullable() -> None:
    book = books.find("a")
    assert book is not None and book.title == "a"
    assert books.find(None) is None
    assert (books.pages_of(book), books.pages_of(None)) == (100, None)
    assert (books.loud("a"), books.loud(None)) == ("A", None)


def lists() -> None:
    assert books.titles("a b") == ["a", "b"]
    assert books.total([1, 2, 3]) == books.total((1, 2, 3)) == 6
    made = books.books_of(["a", "b"])
    assert [book.title for book in made] == ["a", "b"]
    assert books.pages_in(made) == 200
    assert books.titles("") == []


def sets() -> None:
    letters = books.letters("abca")
    assert letters == {"a", "b", "c"}
    assert books.distinct(letters) == books.distinct({"x", "y", "z"}) == 3


def maps() -> None:
    lengths = books.lengths(["a", "ccc"])
    assert dict(lengths) == {"a": 1, "ccc": 3}
    assert books.longest(lengths) == books.longest({"bb": 2, "ccc": 3}) == "ccc"


def iteration() -> None:
    assert list(books.count_up(3)) == [1, 2, 3]
    shelf = Shelf(Book("a"), Book("b"))
    assert [book.title for book in shelf] == ["a", "b"]
    assert (len(shelf), shelf[1].title) == (2, "b")
    assert Book("a") in shelf and Book("c") not in shelf
    assert shelf.add(Book("c")) == 3
    shelf.close()


def object_protocol() -> None:
    assert str(Book("a", 5)) == "a, 5 pages"
    assert Book("a", 5) == Book("a", 5) != Book("a", 6)
    assert len({Book("a", 5), Book("a", 5), Book("b", 5)}) == 2


def generics() -> None:
    box = Box("a")
    assert (box.get(), box.put("b"), box.content) == ("a", "a", "b")
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
    book = Book("a")
    assert book == books.anything(book)
    assert books.something("number") == 5
    assert books.something("list") == [1, "a"]
    assert books.something("book").title == "Any"
    assert books.something("nothing") is None


def closing() -> None:
    before = Shelf.open
    with Shelf(Book("a")) as shelf:
        assert Shelf.open == before + 1
        assert len(shelf) == 1
    assert Shelf.open == before
