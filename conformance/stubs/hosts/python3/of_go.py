"""A library of Go, through its stubs."""

import array

import books_MetaFFIHost as books
from books_MetaFFIHost import Book, Box_string, Described, Genre, MissingError, Novel, Reader, Tape
from check import raises
from metaffi import MetaFFIError


def binding() -> None:
    with raises(Exception) as raised:
        books.Add(1, 2)
    assert "bind_module_to_code" in str(raised.error)
    assert books.Most == 7


def functions() -> None:
    assert books.Add(-3, 5) == 2
    assert books.Half(5) == 2.5
    assert books.Negate(True) is False
    assert books.Greet("Gö") == "Hello, Gö"
    assert books.Divide(7, 2) == (3, 1)
    before = books.GetVisits()
    books.Visit()
    assert books.GetVisits() == before + 1


def parameters() -> None:
    assert books.Join("a") == "a"
    assert books.Join("a", "b", "c") == "a+b+c"


def overloads() -> None:
    assert books.Twice(4) == 8
    assert books.Twice("ab") == "abab"


def classes() -> None:
    book = Book("a", 100)
    assert book.Longer(5).Pages == 105
    assert books.ParseBook("b:7").Title() == "b"
    assert book.Me() == book
    assert book.IsSame(book.Me()) is True
    assert book.IsSame(Book("a", 100)) is False


def fields() -> None:
    book = Book("a", 5)
    assert (book.Title(), book.Pages) == ("a", 5)
    book.Pages = 6
    assert book.Longer(0).Pages == 6


def variables() -> None:
    books.SetVisits(40)
    books.Visit()
    assert books.GetVisits() == 41


def constants() -> None:
    assert (books.Most, books.Ratio, books.Name, books.Open) == (7, 0.5, "books", True)


def enums() -> None:
    assert books.GenreOf("Poems of a year") == books.Poems
    assert books.GenreName(books.Novels) == "Novels"
    assert books.Novels.Other() == books.Poems != books.Novels
    assert (books.Poems.String(), books.Poems) == ("Poems", Genre(2))


def inheritance() -> None:
    novel = Novel("a", "Ann")
    assert isinstance(novel, Described)
    assert (novel.Hero, novel.Title(), novel.Pages) == ("Ann", "a", 300)
    assert novel.Longer(1).Pages == 301
    assert novel.Book.Describe() == "the book a"
    assert books.Describe(novel) == "the novel of Ann"
    assert books.Describe(Book("b", 1)) == "the book b"
    assert books.Pick("c").Describe() == "the novel of Ann"


def interfaces() -> None:
    reader = books.ReaderOf("so")
    assert (reader.Read(1), reader.Pages()) == ("so 1", 2)
    assert books.Aloud(reader) == "so 0; so 1"
    assert books.Aloud(Tape("or")) == "or 0; or 1"


def implementing() -> None:
    class Singer(Reader):
        def Read(self, page: int) -> str:  # noqa: N802  the interface's name
            return "la" * page

        def Pages(self) -> int:  # noqa: N802
            return 3

    assert books.Aloud(Singer()) == "; la; lala"


def callbacks() -> None:
    assert books.Apply(lambda value: value * 2, 21) == 42
    assert books.Each(["a", "b"], str.upper) == ["A", "B"]
    books.Keep(lambda book: book.Title() + "!")
    assert books.RunKept(Book("a", 1)) == "a!"
    own = ValueError("mine")

    def fail(value: int) -> int:
        raise own

    with raises(ValueError) as raised:
        books.Apply(fail, 1)
    assert raised.error is own


def returned_functions() -> None:
    add = books.Adder(5)
    assert add(4) == 9
    assert books.Apply(add, 1) == 6

    def own(value: int) -> int:
        return value + 2

    assert books.Chosen(own)(1) == 3


def errors() -> None:
    with raises(MissingError) as raised:
        books.Lend("gone")
    assert raised.error.message == raised.error.Error() == "gone is missing"
    assert raised.error.Title == "gone"
    assert isinstance(raised.error.__cause__, MetaFFIError)
    assert raised.error.__cause__.type_name == "*strconv.NumError"
    with raises(MetaFFIError) as torn:
        books.Lend("torn")
    assert torn.error.message == "a page is torn"
    assert not isinstance(torn.error, MissingError)
    assert books.Lend("a") == "a"


def nullable() -> None:
    book = books.Find("a")
    assert book is not None and book.Title() == "a"
    assert books.Find("") is None
    assert (books.PagesOf(book), books.PagesOf(None)) == ((100, True), (0, False))


def lists() -> None:
    assert books.Titles("a b") == ["a", "b"]
    assert books.Titles("") == []
    assert books.Total([1, 2, 3]) == books.Total((1, 2, 3)) == 6
    made = books.BooksOf(["a", "b"])
    assert [book.Title() for book in made] == ["a", "b"]
    assert books.PagesIn(made) == 200


def sets() -> None:
    letters = books.Letters("abca")
    assert set(letters) == {"a", "b", "c"} and "a" in letters and "d" not in letters
    assert books.Distinct(letters) == 3


def maps() -> None:
    lengths = books.Lengths(["a", "ccc"])
    assert (len(lengths), lengths["ccc"], "b" in lengths) == (2, 3, False)
    assert dict(lengths.items()) == {"a": 1, "ccc": 3}
    assert books.Longest(lengths) == books.Longest({"bb": 2, "ccc": 3}) == "ccc"


def iteration() -> None:
    assert list(books.CountUp(3)) == [1, 2, 3]
    shelf = books.NewShelf(Book("a", 1), Book("b", 1))
    assert [book.Title() for book in shelf.All()] == ["a", "b"]
    assert (len(shelf), shelf.At(1).Title()) == (2, "b")
    assert shelf.Contains(Book("a", 1)) and not shelf.Contains(Book("c", 1))
    assert shelf.Add(Book("c", 1)) == 3
    shelf.Close()


def object_protocol() -> None:
    assert str(Book("a", 5)) == "a, 5 pages"
    assert Book("a", 5) == Book("a", 5) != Book("a", 6)
    assert Book("a", 5) < Book("a", 6)


def generics() -> None:
    box = Box_string("a")
    assert (box.Get(), box.Put("b"), box.Content) == ("a", "a", "b")
    assert books.First_string(["x", "y"]) == "x"
    assert books.First_int([7, 8]) == 7
    assert books.Boxed("c").Get().Title() == "c"


def binary() -> None:
    assert books.Reverse(b"\x00\x80\xff") == b"\xff\x80\x00"
    assert books.Reverse(b"") == b""


def arrays() -> None:
    assert books.Scale(array.array("d", [1, 2.5]), 2) == [2.0, 5.0]
    assert books.Mean([1.0, 2.0]) == 1.5
    assert books.Transpose([[1, 2], [3, 4]]) == [[1, 3], [2, 4]]


def untyped() -> None:
    assert books.Anything(5) == 5
    assert books.Anything("five") == "five"
    own = object()
    assert books.Anything(own) is own
    book = Book("a", 1)
    assert books.Anything(book) == book
    assert books.Something("number") == 5
    assert books.Something("list") == [1, "a"]
    assert isinstance(books.Something("book"), Book)
    assert books.Something("nothing") is None


def closing() -> None:
    before = books.GetOpenShelves()
    with books.NewShelf(Book("a", 1)) as shelf:
        assert books.GetOpenShelves() == before + 1
        assert len(shelf) == 1
    assert books.GetOpenShelves() == before
