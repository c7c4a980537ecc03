"""The page of the report, with a section for each kind of measurement."""

from __future__ import annotations

from pathlib import Path

LAST = "## Where the time goes"


def put_into(page: Path, title: str, section: str) -> None:
    """Put the section into the page, in place of the old one or before the last section."""
    text = page.read_text()
    before, _, rest = text.partition(title + "\n")
    if rest:
        after = "## " + rest.split("\n## ", 1)[1]
    else:
        before, _, rest = text.partition(LAST)
        after = LAST + rest
    page.write_text(f"{before}{section}\n{after}")
