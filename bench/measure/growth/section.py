"""The parts of the report's sections."""

from __future__ import annotations

from dataclasses import dataclass, field

TITLES = {
    "metaffi": "MetaFFI",
    "floor": "floor",
    "jpype": "JPype",
    "ctypes": "ctypes",
    "jep": "Jep",
}


@dataclass(frozen=True)
class Line:
    """The figures of one contestant: the variable and the measured values."""

    contestant: str
    points: list[tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    """Lines that belong together."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Chart:
    """Panels with the same axes, in one file."""

    name: str
    about: str
    x: str
    y: str
    panels: list[Panel]
    log_y: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the report."""

    title: str
    text: str
    tables: list[str]
    charts: list[Chart] = field(default_factory=list)

    def markdown(self, plots: str) -> str:
        """With links to the plots, which are in that folder."""
        images = [f"![{chart.about}]({plots}/{chart.name}.svg)" for chart in self.charts]
        return "\n\n".join([f"### {self.title}", self.text, *self.tables, *images])
