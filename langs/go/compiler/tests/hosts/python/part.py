"""A typical Python module."""

import asyncio
import dataclasses
import enum
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, overload

LIMIT = 5


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Bad(ValueError):
    """Bad value."""


class Worse(Bad):
    pass


@dataclasses.dataclass
class Point:
    x: int
    y: float = 0.0

    def norm(self) -> float:
        return (self.x**2 + self.y**2) ** 0.5


class Shape(Protocol):
    def area(self) -> float: ...


class Till(Protocol):
    def open(self, name: str) -> int: ...

    def pay_all(self, points: list[Point], amount: float) -> Point: ...


class Base:
    """A base."""

    def __init__(self, name: str) -> None:
        self.name = name

    def hello(self, loud: bool = False) -> str:
        return self.name

    def __len__(self) -> int:
        return 3

    def __iter__(self) -> Iterator[int]:
        return iter([1, 2, 3])

    @property
    def size(self) -> int:
        return 7

    @staticmethod
    def make(n: str) -> "Base":
        return Base(n)


class Derived(Base):
    def more(self, other: Base | None) -> "Base | None":
        return other


def add(a: int, b: int = 1, *, scale: float = 1.0) -> int:
    """Adds."""
    return a + b


def many(*args: int, **kw: str) -> int:
    return sum(args)


def apply(f: Callable[[int], int], x: int) -> int:
    return f(x)


def adder(n: int) -> Callable[[int], int]:
    return lambda x: x + n


def words(text: str) -> list[str]:
    return text.split()


def counts(words: list[str]) -> dict[str, int]:
    return {w: 1 for w in words}


def total(items: Iterable[float]) -> float:
    return sum(items)


def gen(n: int) -> Iterator[int]:
    yield from range(n)


def fail(kind: str) -> None:
    raise Worse(kind)


def pick(color: Color) -> Color:
    return color


def maybe(x: int | None) -> str | None:
    return None


def area(shape: Shape) -> float:
    return shape.area()


def sell(till: Till, point: Point) -> str:
    number = till.open("a till")
    return f"{number} {till.pay_all([point], 1.5) is point}"


def same_till(till: Till) -> Till:
    return till


async def later(text: str, *, delay: float = 0.0) -> str:
    await asyncio.sleep(delay)
    if not text:
        raise Bad("nothing to say")
    return text + "!"


async def nothing() -> None:
    await asyncio.sleep(0)


def thing(x):
    return x


def pair() -> tuple[int, str]:
    return (1, "a")


def positions(first: int, second: int = 2, /) -> int:
    return first * 10 + second


def keywords(*, left: str, right: str = "r") -> str:
    return left + right


def bottles(kind: str, *sizes: int, unit: str = "l", **extra: str) -> str:
    return f"{kind}: {list(sizes)} {unit} {extra}"


def entries(of: Any) -> list[str]:
    """Read a mapping."""
    return [str(dict(of)), str(dict(**of)), str(of["z"])]


@overload
def read(path: str, size: None = None, *, loud: bool = False) -> str: ...
@overload
def read(path: str, size: int, *, loud: bool = False) -> list[str]: ...
def read(path: Any, size: Any = None, *, loud: bool = False) -> Any:
    """Read it, in one or in parts."""
    text = path.upper() if loud else path
    return text if size is None else [text] * size


@overload
def find(name: None = None, deep: bool = True) -> str | None: ...
@overload
def find(name: None = None, deep: bool = True, *, text: object) -> int: ...
@overload
def find(name: object, deep: bool = True) -> str | None: ...
def find(name: Any = None, deep: bool = True, *, text: Any = None) -> Any:
    """Find it."""
    return name if text is None else len(text)
