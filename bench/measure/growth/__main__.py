"""`python -m measure.growth BUILT`: measures, and prints the section."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from .. import page
from . import entities, plots, sizes, startup, threads
from .section import Section

TITLE = "## Growth"

HEAD = """\
How calls behave with more threads, more loaded entities, larger arrays and longer text, and what \
the first call takes. All contestants of a table took turns in one run; JPype needs a process of \
its own and ran afterwards."""

PARTS: dict[str, Callable[[Path], list[Section]]] = {
    "threads": lambda built: [threads.section(built)],
    "entities": lambda built: [entities.section(built)],
    "sizes": sizes.sections,
    "startup": lambda built: [startup.section(built)],
}


def main() -> None:
    """Measures all parts, or one."""
    parser = argparse.ArgumentParser(prog="measure.growth")
    parser.add_argument("built", type=Path, help="the folder of the built fixtures")
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--page", type=Path, help="the page to put the section into")
    options = parser.parse_args()
    built = options.built.resolve()
    parts = [options.part] if options.part else PARTS
    sections = [section for part in parts for section in PARTS[part](built)]
    folder = options.page.with_suffix("") if options.page else built / "performance"
    plots.draw((chart for section in sections for chart in section.charts), folder)
    texts = [section.markdown(folder.name) for section in sections]
    text = "\n\n".join([TITLE, HEAD, *texts]) + "\n"
    print(text)
    if options.page:
        page.put_into(options.page, TITLE, text)


if __name__ == "__main__":
    main()
