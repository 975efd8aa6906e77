"""Draws docs/data-model.svg from the tables that Django knows: `make docs`.

    python tools/draw_data_model.py            draws it
    python tools/draw_data_model.py --check    fails when the committed drawing is not the one it would draw

On top, which slice's tables refer to which other slice's; below, each slice with its tables and their columns. Tables
of history, of the workflow engine and of libraries are left out.
"""

import os
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DRAWING = ROOT / "docs" / "data-model.svg"

WIDTH, MARGIN, GAP = 1880, 30, 16
COLUMNS = 6
BOX = (WIDTH - 2 * MARGIN - (COLUMNS + 1) * GAP) // COLUMNS
LINE, HEAD = 16, 24
KINDS = {
    "audited": ("#1d70b8", "audited: every state is kept in a table of history"),
    "append-only": ("#00703c", "append-only: rows are added, never changed"),
    "operational": ("#505a5f", "operational: the state of the machinery"),
}
ON_EVERY_AUDITED_TABLE = {"id", "public_id", "row_version", "created_at", "history"}


@dataclass
class Table:
    """One table: `rows` are its columns in words, `refers_to` the (slice, table) of its foreign keys."""

    name: str
    slice: str
    kind: str
    rows: list[str] = field(default_factory=list)
    refers_to: list[tuple[str, str]] = field(default_factory=list)

    @property
    def height(self) -> int:
        return HEAD + LINE * max(len(self.rows), 1) + 8


def slice_of(model: type) -> str:
    """Return app and slice: `providers.people` of `providers.people.models.leads`."""
    parts = model.__module__.split(".")
    return ".".join(parts[:2]) if parts[1] != "models" else f"{parts[0]}.links"


def tables() -> list[Table]:
    """Return the tables of our own, by slice and name."""
    from django.apps import apps

    found = [model for model in apps.get_models() if is_ours(model)]
    return sorted((table_of(model) for model in found), key=lambda table: (table.slice, table.name))


def is_ours(model: type) -> bool:
    ours = {"core", "providers", "inspections", "workflows"}
    meta = model._meta
    return meta.app_label in ours and not meta.proxy and not model.__name__.startswith("Historical")


def table_of(model: type) -> Table:
    table = Table(model.__name__, slice_of(model), kind_of(model))
    for column in model._meta.fields:
        if column.name in ON_EVERY_AUDITED_TABLE or column.name.endswith("_ptr"):
            continue
        if column.is_relation:
            target = column.related_model
            table.rows.append(f"{column.name} → {target.__name__}{' ?' if column.null else ''}")
            if is_ours(target):
                table.refers_to.append((slice_of(target), target.__name__))
        else:
            table.rows.append(f"{column.name}: {words_of(column)}{' ?' if column.null else ''}")
    return table


def kind_of(model: type) -> str:
    from qa_portal.core.audit.models import AppendOnlyModel, AuditedModel

    if issubclass(model, AuditedModel):
        return "audited"
    return "append-only" if issubclass(model, AppendOnlyModel) else "operational"


def words_of(column) -> str:
    kind = column.get_internal_type().removesuffix("Field")
    words = {"Char": "text", "Text": "long text", "DateTime": "moment", "Date": "day", "UUID": "id"}
    return words.get(kind, "number" if kind.endswith("Integer") else kind.lower())


class Drawing:
    """Collects shapes from the top down; `y` is where the next one goes."""

    def __init__(self) -> None:
        self.shapes: list[str] = []
        self.y = MARGIN

    def text(self, x: float, y: float, words: str, style: str = "") -> None:
        self.shapes.append(f'<text x="{x:.0f}" y="{y:.0f}"{style}>{escape(words)}</text>')

    def box(self, x: float, y: float, width: float, height: float, style: str) -> None:
        self.shapes.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" {style}/>'
        )

    def svg(self) -> str:
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.y + MARGIN}" role="img" '
            'aria-labelledby="title" font-family="Arial, Liberation Sans, sans-serif" font-size="12">\n'
            '<title id="title">The tables of the portal, slice by slice</title>\n'
            '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
            'orient="auto"><path d="M0 0L8 4L0 8z" fill="#505a5f"/></marker></defs>\n'
            f'<rect width="{WIDTH}" height="{self.y + MARGIN}" fill="#ffffff"/>\n'
        )
        return head + "\n".join(self.shapes) + "\n</svg>\n"


def draw(found: list[Table]) -> str:
    """Return the whole drawing as SVG."""
    drawing = Drawing()
    drawing.text(MARGIN, drawing.y + 16, "The tables of the portal", ' font-size="24" font-weight="bold"')
    drawing.y += 48
    draw_legend(drawing)
    draw_overview(drawing, found)
    by_slice: dict[str, list[Table]] = defaultdict(list)
    for table in found:
        by_slice[table.slice].append(table)
    for name in sorted(by_slice, key=lambda name: (levels(found)[name], name)):
        draw_slice(drawing, name, by_slice[name])
    return drawing.svg()


def draw_legend(drawing: Drawing) -> None:
    x = MARGIN
    for colour, words in KINDS.values():
        drawing.box(x, drawing.y - 11, 14, 14, f'fill="{colour}"')
        drawing.text(x + 20, drawing.y, words)
        x += 420
    drawing.y += 20
    says = "→ leads to another table; ? may be empty; every audited table also has "
    drawing.text(MARGIN, drawing.y, says + ", ".join(sorted(ON_EVERY_AUDITED_TABLE)) + ".")
    drawing.y += 30


def references(found: list[Table]) -> dict[str, set[str]]:
    """Return, for each slice, the other slices to whose tables its own refer."""
    leads: dict[str, set[str]] = {table.slice: set() for table in found}
    for table in found:
        leads[table.slice] |= {slice_ for slice_, _ in table.refers_to} - {table.slice}
    return leads


def levels(found: list[Table]) -> dict[str, int]:
    """Return how high each slice stands: one above the highest that it refers to."""
    leads = references(found)
    level = dict.fromkeys(leads, 0)
    for _ in leads:
        level = {name: max((level[to] + 1 for to in leads[name]), default=0) for name in leads}
    return level


def draw_overview(drawing: Drawing, found: list[Table]) -> None:
    level, leads = levels(found), references(found)
    rows: dict[int, list[str]] = defaultdict(list)
    for name in sorted(level):
        rows[level[name]].append(name)
    top, step, width, height = drawing.y, 84, 210, 36
    places: dict[str, tuple[float, float]] = {}
    for number, names in rows.items():
        share = (WIDTH - 2 * MARGIN) / len(names)
        shift = share / 4 if number % 2 and len(names) > 1 else 0
        for at, name in enumerate(names):
            places[name] = (
                MARGIN + share * (at + 0.5) - shift,
                top + (max(rows) - number) * step + height / 2,
            )
    for name, targets in sorted(leads.items()):
        for to in sorted(targets):
            (x, y), (to_x, to_y) = places[name], places[to]
            drawing.shapes.append(
                f'<path d="M{x:.0f} {y + height / 2:.0f}C{x:.0f} {y + step * 0.6:.0f} {to_x:.0f} '
                f'{to_y - step * 0.6:.0f} {to_x:.0f} {to_y - height / 2:.0f}" fill="none" stroke="#505a5f" '
                'stroke-opacity="0.55" marker-end="url(#arrow)"/>'
            )
    for name, (x, y) in places.items():
        drawing.box(x - width / 2, y - height / 2, width, height, 'fill="#f4f8fb" stroke="#1d70b8"')
        drawing.text(x, y + 5, name, ' text-anchor="middle" font-size="14" font-weight="bold"')
    drawing.y = top + (max(rows) + 1) * step


def draw_slice(drawing: Drawing, name: str, found: list[Table]) -> None:
    """Draw a slice's tables in columns, the next one always where there is most room."""
    drawing.text(MARGIN, drawing.y + 18, name, ' font-size="18" font-weight="bold"')
    top = drawing.y + 30
    ends = [top + GAP] * COLUMNS
    shapes_before = len(drawing.shapes)
    for table in found:
        column = ends.index(min(ends))
        draw_table(drawing, table, MARGIN + GAP + column * (BOX + GAP), ends[column])
        ends[column] += table.height + GAP
    frame = f'<rect x="{MARGIN}" y="{top}" width="{WIDTH - 2 * MARGIN}" height="{max(ends) - top}" '
    drawing.shapes.insert(shapes_before, frame + 'fill="#f8f8f8" stroke="#cecece"/>')
    drawing.y = max(ends) + 30


def draw_table(drawing: Drawing, table: Table, x: float, y: float) -> None:
    colour = KINDS[table.kind][0]
    drawing.box(x, y, BOX, table.height, f'fill="#ffffff" stroke="{colour}"')
    drawing.box(x, y, BOX, HEAD, f'fill="{colour}"')
    drawing.text(x + 8, y + 17, table.name, ' fill="#ffffff" font-weight="bold"')
    for at, row in enumerate(table.rows):
        drawing.text(x + 8, y + HEAD + LINE * (at + 1), row if len(row) < 46 else row[:44] + "…")


def whole() -> str:
    """Return the drawing as it should be."""
    return draw(tables())


def main(arguments: list[str]) -> int:
    import django

    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_portal.settings")
    django.setup()
    if "--check" in arguments:
        is_current = DRAWING.read_text() == whole()
        print("docs/data-model.svg is current" if is_current else "docs/data-model.svg is old: run make docs")
        return 0 if is_current else 1
    DRAWING.write_text(whole())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
