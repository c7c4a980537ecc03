"""Classes: members of every kind, inheritance, protocols, generics."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Final, Generic, Protocol, Self, TypeVar

T = TypeVar("T")
S = TypeVar("S", bound="Shape")
Pairs = list[tuple[T, T]]


class Drawable(Protocol):
    """What can be drawn."""

    def draw(self, on: str) -> None:
        """Draw it."""


class Shape(ABC):
    """A shape.

    Attributes
    ----------
    name : str
        What it is called.
    """

    sides: ClassVar[int] = 0
    MOST = 5

    def __init__(self, name: str) -> None:
        self.name = name
        self.count: int = 0
        self._private = 1

    @abstractmethod
    def area(self) -> float:
        """Tell the area."""

    @property
    def title(self) -> str:
        """The title."""
        return self.name.title()

    @title.setter
    def title(self, value: str) -> None:
        self.name = value

    @classmethod
    def made(cls, name: str) -> Self:
        """Make one."""
        return cls(name)

    @staticmethod
    def unit() -> float:
        """Tell the unit."""
        return 1.0

    def __len__(self):
        return self.sides

    class Corner:
        """A corner of it."""

        def of(self) -> Shape | None:
            """Tell the shape."""


class _Grown:
    """Not for others: its members are those of what derives from it."""

    def grown(self, by: float) -> Circle:
        """Make a larger one."""
        return Circle(self.radius + by)


class Circle(_Grown, Shape):
    """A circle."""

    def __init__(self, radius: float = 1.0) -> None:
        super().__init__("circle")
        self.radius = radius

    def area(self) -> float:
        """Tell the area of the circle."""
        return 3.0 * self.radius**2

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it."""


class _Pile(Generic[T]):
    def top(self) -> T:
        return self.items[-1]


class _Ordered(_Pile[list[T]]):
    def first(self) -> T:
        return self.items[0][0]


class Shapes(_Ordered[S]):
    """Gives its own parameter to bases that are not described."""

    items: list[S]


class Box(Generic[T]):
    """Holds a value."""

    kind: Final = "box"

    def __init__(self, value: T) -> None:
        self.value = value

    def get(self) -> T:
        """Give it back."""
        return self.value


class ShapeError(ValueError):
    """A shape that cannot be."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class DeepError(ShapeError):
    """A worse one."""


def total(shapes: list[Shape], largest: S | None = None) -> float:
    """Add the areas."""
    return sum(shape.area() for shape in shapes)


def draw(what: Drawable, on: str = "paper") -> None:
    """Draw it."""
    what.draw(on)


def paired(numbers: Pairs[int]) -> Pairs:
    """Take an alias with its type argument, and give it without."""
    return numbers
