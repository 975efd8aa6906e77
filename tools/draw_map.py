"""Writes the first part of docs/map.md, page to file, from the portal's own addresses: `make docs`.

    python tools/draw_map.py            writes it
    python tools/draw_map.py --check    fails when the committed map is not the one it would write

What stands below the line `KEPT_BY_HAND` is left as it is.
"""

import inspect
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAP = ROOT / "docs" / "map.md"
KEPT_BY_HAND = "<!-- Below this line the map is kept by hand. -->"
HEAD = """# Map: which file makes which page

The tables are drawn from the addresses of the portal (`make docs`; a test says when they are old). A page without a template of its own is a download, sends the reader on, or draws its slice's form page. Templates named are those of the view itself; they extend `templates/base.html` and include the files beside them that begin with `_`.
"""


@dataclass(frozen=True, order=True)
class Page:
    """One address: the file and class that answer it, and the template that class names."""

    address: str
    name: str
    file: str
    view: str
    template: str


def pages() -> list[Page]:
    """Return every page of our own, by address; those of libraries and of the demo are left out."""
    from django.urls import get_resolver

    found = {page for page in walk(get_resolver().url_patterns, "/") if not page.address.startswith("/demo/")}
    return sorted(found)


def walk(patterns: list, prefix: str) -> Iterator[Page]:
    from django.urls import URLResolver

    for pattern in patterns:
        address = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, address)
        elif (page := page_at(address, pattern)) is not None:
            yield page


def page_at(address: str, pattern) -> Page | None:
    view = inspect.unwrap(getattr(pattern.callback, "view_class", pattern.callback))
    source = Path(inspect.getsourcefile(view) or "")
    if not source.is_relative_to(ROOT) or ".venv" in source.parts:
        return None
    template = getattr(view, "template_name", None) or ""
    return Page(address, pattern.name or "", str(source.relative_to(ROOT)), view.__name__, template)


def area_of(page: Page) -> str:
    """Return the slice whose file answers: two parts of the path, three for parts of the portal's pages."""
    parts = Path(page.file).parts
    deep = 3 if parts[0] == "qa_portal" and len(parts) > 3 else 2
    return "/".join(parts[:deep]).removesuffix(".py")


def drawn() -> str:
    """Return the generated part of the map."""
    areas: dict[str, list[Page]] = defaultdict(list)
    for page in pages():
        areas[area_of(page)].append(page)
    lines = [HEAD, *menu()]
    for area in sorted(areas):
        lines.append(f"## {area}\n\n| address | name | view | template |\n|---|---|---|---|")
        lines += [row(page, area) for page in areas[area]]
        lines.append("")
    return "\n".join(lines)


def menu() -> Iterator[str]:
    """Return the table of the menu: each area's pages in their order, from the portal's own table."""
    from qa_portal.portal.navigation import AREAS

    yield "## The menu (`qa_portal/portal/navigation.py`)\n\n| in the menu | page | address | what it is for |\n|---|---|---|---|"
    for area in AREAS:
        yield from (f"| {area.label} | {one.label} | `{one.url}` | {one.why} |" for one in area.entries)
    yield ""


def row(page: Page, area: str) -> str:
    file = page.file.removeprefix(area).removeprefix("/") or Path(page.file).name
    template = f"`{page.template}`" if page.template else ""
    return f"| `{page.address}` | `{page.name}` | `{file}: {page.view}` | {template} |"


def whole() -> str:
    """Return the map as it should be: the generated part, and what was written by hand."""
    by_hand = MAP.read_text().partition(KEPT_BY_HAND)[2] if MAP.exists() else "\n"
    return f"{drawn()}\n{KEPT_BY_HAND}{by_hand}"


def main(arguments: list[str]) -> int:
    import django

    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_portal.settings")
    django.setup()
    if "--check" in arguments:
        is_current = MAP.read_text() == whole()
        print("docs/map.md is current" if is_current else "docs/map.md is old: run make docs")
        return 0 if is_current else 1
    MAP.write_text(whole())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
