"""A library."""

from collections.abc import Iterator
from typing import Protocol


class Book:
    """A book has a title and pages."""

    def __init__(self, title: str, pages: int = 100) -> None:
        self.title = title
        self.pages = pages

    def __str__(self) -> str:
        return f"{self.title}, {self.pages} pages"


class Shelf:
    """A shelf holds books, in their order."""

    def __init__(self, *books: Book) -> None:
        self._books = list(books)
        self.by_title = {book.title: book for book in books}

    def longest(self, at_least: int = 0) -> Book | None:
        """Return the longest book."""
        found = [book for book in self._books if book.pages >= at_least]
        return max(found, key=lambda book: book.pages, default=None)

    def __len__(self) -> int:
        return len(self._books)

    def __getitem__(self, index: int) -> Book:
        return self._books[index]

    def __iter__(self) -> Iterator[Book]:
        return iter(self._books)


class Reader(Protocol):
    """Someone who reads."""

    def read(self, book: Book) -> str: ...


def aloud(reader: Reader, shelf: Shelf) -> list[str]:
    """Let a reader read all books."""
    return [reader.read(book) for book in shelf]
