"""Draws charts as SVG, which differ between runs only in the figures."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .section import TITLES, Chart, Panel

COLUMNS = 3
COLOURS = {
    "metaffi": "#2f7de1",
    "floor": "#8b8f98",
    "jpype": "#d98a1f",
    "ctypes": "#2fa36b",
    "jep": "#c2559d",
}
INK = "#80868f"
"""Readable on white and on black; the background is transparent."""

STYLE = {
    "svg.hashsalt": "metaffi",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.titlesize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "lines.linewidth": 1.5,
    "lines.markersize": 3,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": INK,
    "grid.alpha": 0.25,
}


def draw(charts: Iterable[Chart], folder: Path) -> None:
    """Write each chart to a file with its name."""
    # A separate folder, searched after everything that the others are measured with.
    sys.path.append(os.environ.get("METAFFI_BENCH_PEERS", ""))
    try:
        import matplotlib
    except ImportError:
        print("    matplotlib is not installed: the plots are skipped", file=sys.stderr)
        return
    matplotlib.use("svg")
    folder.mkdir(parents=True, exist_ok=True)
    with matplotlib.rc_context(STYLE):
        for chart in charts:
            _draw(chart, folder / f"{chart.name}.svg")


def _draw(chart: Chart, file: Path) -> None:
    from matplotlib import pyplot

    rows = -(-len(chart.panels) // COLUMNS)
    columns = min(COLUMNS, len(chart.panels))
    figure, grid = pyplot.subplots(
        rows,
        columns,
        figsize=(3.1 * columns, 2.3 * rows + 0.5),
        squeeze=False,
        sharex=True,
        sharey=chart.log_y,
    )
    for axes, panel in zip(grid.flat, chart.panels, strict=False):
        _draw_panel(axes, panel, chart)
    for axes in list(grid.flat)[len(chart.panels) :]:
        axes.set_visible(False)
    figure.supxlabel(chart.x, fontsize=9, color=INK)
    figure.supylabel(chart.y, fontsize=9, color=INK)
    _legend(figure, chart)
    figure.tight_layout(rect=(0, 0, 1, 1 - 0.3 / figure.get_figheight()))
    figure.savefig(file, transparent=True, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)


def _draw_panel(axes: Any, panel: Panel, chart: Chart) -> None:
    for line in panel.lines:
        axes.plot(
            *zip(*line.points, strict=True),
            "o--" if line.contestant == "floor" else "o-",
            color=COLOURS[line.contestant],
        )
    axes.set_title(panel.title)
    axes.set_xscale("log", base=2 if chart.x == "threads" else 10)
    if chart.x == "threads":
        ticks = [x for x, _ in panel.lines[0].points]
        axes.set_xticks(ticks, [f"{x:.0f}" for x in ticks])
    if chart.log_y:
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
    axes.tick_params(labelbottom=True)
    axes.grid(visible=True)


def _legend(figure: Any, chart: Chart) -> None:
    """One legend for all panels, with the contestants that take part."""
    from matplotlib.lines import Line2D

    there = {line.contestant for panel in chart.panels for line in panel.lines}
    names = [name for name in TITLES if name in there]
    handles = [
        Line2D([], [], color=COLOURS[name], linestyle="--" if name == "floor" else "-")
        for name in names
    ]
    titles = [TITLES[name] for name in names]
    figure.legend(handles, titles, loc="upper center", ncols=len(names), frameon=False)
