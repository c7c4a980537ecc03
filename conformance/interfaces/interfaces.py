"""An abstract class, and two that implement it."""

import gc
from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self) -> float: ...

    def measured(self) -> float:
        return self.area()

    def describe(self) -> str:
        return "a shape"

    @staticmethod
    def unit() -> "Shape":
        return Square(1)


class Square(Shape):
    def __init__(self, side: float):
        self.side = side

    def area(self) -> float:
        return self.side * self.side

    def describe(self) -> str:
        return "a square"


class Circle(Shape):
    def __init__(self, radius: float):
        self.radius = radius

    def area(self) -> float:
        return 3.0 * self.radius * self.radius


def largest(a: Shape, b: Shape) -> Shape:
    return max(a, b, key=Shape.measured)


def total(shapes: list[Shape]) -> float:
    return float(sum(shape.area() for shape in shapes))


def collect() -> None:
    gc.collect()
