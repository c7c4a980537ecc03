"""What the book needs beyond MkDocs: see `mkdocs.yml`.

- A navigation entry that ends with `/` stands for every page of that folder.
- Links that leave `docs/` lead to the repository; one whose target is missing
  fails the strict build.
- Generated references, which `cargo xtask book` puts into the folder that
  `METAFFI_BOOK_API` names, become part of the site below `reference/api/`.
"""

import logging
import os
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.hooks.book")

GO_MARKER = "<!-- go doc -->"
# The target of a Markdown link or image, with an anchor; not inside of code.
LINK = re.compile(
    r"(?P<code>`+)(?:(?!(?P=code)).)+(?P=code)"
    r"|(?<=\]\()(?P<target>[^)\s#]+)(?P<rest>[^)]*)"
)


# A row of a table, and code in it.
ROW = re.compile(r"^ *\|.*$", re.MULTILINE)
CODE = re.compile(r"`[^`]+`")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Expand folders in the navigation."""
    config.nav = _expanded(config.nav, Path(config.docs_dir))
    return config


def _expanded(entry: Any, docs: Path) -> Any:
    match entry:
        case list():
            return [_expanded(each, docs) for each in entry]
        case dict():
            return {title: _expanded(each, docs) for title, each in entry.items()}
        case str() if entry.endswith("/"):
            pages = sorted((docs / entry).glob("*.md"))
            return [page.relative_to(docs).as_posix() for page in pages]
        case _:
            return entry


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated references."""
    api = _generated()
    if api is None:
        return files
    for path in sorted(api.rglob("*")):
        name = path.relative_to(api).as_posix()
        # Licences of what the tools bring are Markdown, but no pages.
        if path.is_file() and "/" in name and path.suffix != ".md":
            files.append(File.generated(config, f"reference/api/{name}", abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Insert Go's reference, and lead links that leave the book to the repository."""
    if GO_MARKER in markdown:
        api = _generated()
        reference = (api / "go.md").read_text() if api else ""
        markdown = markdown.replace(GO_MARKER, reference)
    root = Path(config.config_file_path).parent
    docs = Path(config.docs_dir)
    here = Path(page.file.abs_src_path).parent
    repository = config.repo_url.rstrip("/")

    def link(match: re.Match[str]) -> str:
        target, rest = match["target"], match["rest"]
        if target is None or ":" in target or target.startswith("/"):
            return match[0]
        path = Path(os.path.normpath(here / target))
        if path.is_relative_to(docs) and not path.is_relative_to(docs / "code"):
            return match[0]
        if not path.is_relative_to(root) or not path.exists():
            log.warning("%s links to `%s`, which does not exist", page.file.src_uri, target)
            return match[0]
        kind = "tree" if path.is_dir() else "blob"
        return f"{repository}/{kind}/main/{path.relative_to(root).as_posix()}{rest}"

    return ROW.sub(_with_plain_bars, LINK.sub(link, markdown))


def _with_plain_bars(row: re.Match[str]) -> str:
    """Unescape bars in code: GitHub needs the backslash there, and Python's Markdown shows it."""
    return CODE.sub(lambda code: code[0].replace("\\|", "|"), row[0])


def _generated() -> Path | None:
    folder = os.environ.get("METAFFI_BOOK_API")
    return Path(folder) if folder else None
