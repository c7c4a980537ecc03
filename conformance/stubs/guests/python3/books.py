"""Books, and shelves that hold them: a typical Python module."""

from __future__ import annotations

import enum
import functools
import gc
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any, ClassVar, Final, Generic, Protocol, Self, TypeVar, overload

T = TypeVar("T")

MOST: Final = 7
RATIO: Final = 0.5
NAME: Final = "books"
OPEN: Final = True

visits: int = 0


def visit() -> None:
    """Count a visit."""
    global visits
    visits += 1


def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


def half(value: float) -> float:
    return value / 2


def negate(value: bool) -> bool:
    return not value


def greet(name: str) -> str:
    return f"Hello, {name}"


def divide(a: int, b: int) -> tuple[int, int]:
    """Return the quotient and the remainder."""
    return divmod(a, b)


def label(title: str, pages: int = 100, *, kind: str = "novel") -> str:
    return f"{title}/{pages}/{kind}"


def join(first: str, *more: str) -> str:
    return "+".join([first, *more])


def tagged(title: str, **tags: str) -> str:
    return title + "".join(f" {name}={tags[name]}" for name in sorted(tags))


@overload
def twice(value: int) -> int: ...
@overload
def twice(value: str) -> str: ...
def twice(value: Any) -> Any:
    return value + value


class Genre(enum.Enum):
    """The genre of a book."""

    NOVEL = 1
    POEMS = 2

    def other(self) -> Genre:
        return Genre.POEMS if self is Genre.NOVEL else Genre.NOVEL


def genre_of(title: str) -> Genre:
    return Genre.POEMS if "Poems" in title else Genre.NOVEL


def genre_name(genre: Genre) -> str:
    return genre.name


class BookError(Exception):
    """An error about books."""


class Missing(BookError):
    """A book is missing."""

    def __init__(self, title: str) -> None:
        super().__init__(f"{title} is missing")
        self.title = title


def lend(title: str) -> str:
    """Lend a book, if it exists."""
    if title == "torn":
        raise BookError("a page is torn")
    if title == "gone":
        try:
            return {}[title]
        except KeyError as error:
            raise Missing(title) from error
    return title


@functools.total_ordering
class Book:
    """A book has a title and pages."""

    made: ClassVar[int] = 0

    def __init__(self, title: str, pages: int = 100) -> None:
        Book.made += 1
        self._title = title
        self.pages = pages

    @property
    def title(self) -> str:
        """Its title."""
        return self._title

    @staticmethod
    def parse(text: str) -> Book:
        title, pages = text.split(":")
        return Book(title, int(pages))

    def longer(self, by: int) -> Book:
        return Book(self.title, self.pages + by)

    def me(self) -> Book:
        return self

    def is_same(self, other: Book) -> bool:
        return other is self

    def describe(self) -> str:
        return f"the book {self.title}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Book) and (other.title, other.pages) == (self.title, self.pages)

    def __hash__(self) -> int:
        return self.pages

    def __lt__(self, other: Book) -> bool:
        return self.pages < other.pages

    def __str__(self) -> str:
        return f"{self.title}, {self.pages} pages"


class Novel(Book):
    """A novel has a hero."""

    def __init__(self, title: str, hero: str) -> None:
        super().__init__(title, 300)
        self.hero = hero

    def describe(self) -> str:
        return f"the novel of {self.hero}"


def describe(book: Book) -> str:
    return book.describe()


def pick(title: str) -> Book:
    """Return a novel, which is a book."""
    return Novel(title, "Ann")


class Reader(Protocol):
    """Reads aloud."""

    @abstractmethod
    def read(self, page: int) -> str: ...

    @abstractmethod
    def pages(self) -> int: ...


class Tape(Reader):
    """Reads a recorded text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self, page: int) -> str:
        return f"{self.text} {page}"

    def pages(self) -> int:
        return 2


def reader(text: str) -> Reader:
    return Tape(text)


def aloud(reader: Reader) -> str:
    """Read all pages."""
    return "; ".join(reader.read(page) for page in range(reader.pages()))


def apply(function: Callable[[int], int], value: int) -> int:
    return function(value)


def each(titles: Sequence[str], function: Callable[[str], str]) -> list[str]:
    return [function(title) for title in titles]


def keep(function: Callable[[Book], str]) -> None:
    """Store a function until it is called."""
    _kept.append(function)


def run_kept(book: Book) -> str:
    return _kept.pop()(book)


_kept: list[Callable[[Book], str]] = []


def adder(number: int) -> Callable[[int], int]:
    return lambda value: value + number


def chosen(function: Callable[[int], int]) -> Callable[[int], int]:
    return function


def find(title: str | None) -> Book | None:
    """Find a book, if there is a title."""
    return None if title is None else Book(title)


def pages_of(book: Book | None) -> int | None:
    return None if book is None else book.pages


def loud(text: str | None) -> str | None:
    return None if text is None else text.upper()


def titles(text: str) -> list[str]:
    return text.split()


def total(pages: Sequence[int]) -> int:
    return sum(pages)


def books_of(titles: Sequence[str]) -> list[Book]:
    return [Book(title) for title in titles]


def pages_in(books: Sequence[Book]) -> int:
    return sum(book.pages for book in books)


def letters(text: str) -> set[str]:
    return set(text)


def distinct(letters: Set[str]) -> int:
    return len(letters)


def lengths(titles: Sequence[str]) -> dict[str, int]:
    return {title: len(title) for title in titles}


def longest(lengths: Mapping[str, int]) -> str:
    return max(lengths, key=lambda title: lengths[title])


def count_up(to: int) -> Iterator[int]:
    yield from range(1, to + 1)


class Shelf:
    """A shelf holds books, and has to be closed."""

    open: ClassVar[int] = 0

    def __init__(self, *books: Book) -> None:
        Shelf.open += 1
        self._books = list(books)

    def add(self, book: Book) -> int:
        self._books.append(book)
        return len(self)

    def __len__(self) -> int:
        return len(self._books)

    def __iter__(self) -> Iterator[Book]:
        return iter(self._books)

    def __contains__(self, book: object) -> bool:
        return book in self._books

    def __getitem__(self, index: int) -> Book:
        return self._books[index]

    def close(self) -> None:
        Shelf.open -= 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class Box(Generic[T]):
    """A box holds one thing."""

    def __init__(self, content: T) -> None:
        self.content = content

    def get(self) -> T:
        return self.content

    def put(self, content: T) -> T:
        old, self.content = self.content, content
        return old


def first(items: Sequence[T]) -> T:
    return items[0]


def boxed(title: str) -> Box[Book]:
    return Box(Book(title))


def anything(value: Any) -> Any:
    return value


def something(what: str) -> Any:
    """Create a value of an undeclared type."""
    return {"number": 5, "text": "five", "book": Book("Any"), "list": [1, "a"]}.get(what)


def reverse(data: bytes) -> bytes:
    return data[::-1]


def scale(values: Sequence[float], by: float) -> list[float]:
    return [value * by for value in values]


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def transpose(rows: list[list[int]]) -> list[list[int]]:
    return [list(column) for column in zip(*rows, strict=True)]


def collect() -> None:
    gc.collect()
