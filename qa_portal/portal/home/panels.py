"""Parts of a home page: plain values that its templates draw, without database access."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.formats import date_format

SOON = dt.timedelta(days=7)


@dataclass(frozen=True)
class Link:
    words: str
    href: str


@dataclass(frozen=True)
class Figure:
    """A number at the head of the page. `is_alert` shows it in red, and its words say why."""

    count: int
    words: str
    href: str
    is_alert: bool = False


@dataclass(frozen=True)
class PanelTag:
    """A word in a coloured box. For a band, `level` is green, amber, red or none and gives it a shape."""

    text: str
    colour: str = "grey"
    level: str = ""


@dataclass(frozen=True)
class PanelLine:
    """One item of a list. `detail` is a second line in lighter type."""

    words: str
    href: str = ""
    detail: str = ""
    on: dt.date | None = None
    mark: PanelTag | None = None


@dataclass(frozen=True)
class Cell:
    words: str
    href: str = ""
    hint: str = ""
    mark: PanelTag | None = None
    bar: str = ""
    is_numeric: bool = False
    is_day: bool = False


@dataclass(frozen=True)
class Panel:
    """A panel of the page. `nothing` says what to do if it is empty; `more` links to the full list.

    `name` is the target of links within the page.
    """

    title: str
    name: str = ""
    nothing: str = ""
    to_do: Link | None = None
    more: Sequence[Link] = ()
    note: str = ""


@dataclass(frozen=True)
class Lines(Panel):
    lines: Sequence[PanelLine] = ()
    template: ClassVar[str] = "portal/home/_lines.html"

    @property
    def has_any(self) -> bool:
        return bool(self.lines)


@dataclass(frozen=True)
class Table(Panel):
    """A table. The first cell of a row is its heading; on a phone each other cell shows its column's name."""

    columns: Sequence[str] = ()
    cells: Sequence[Sequence[Cell]] = ()
    template: ClassVar[str] = "portal/home/_table.html"

    @property
    def has_any(self) -> bool:
        return bool(self.cells)

    @property
    def rows(self) -> list[list[tuple[str, Cell]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self.cells]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """Return each column's name, and whether its figures are right-aligned."""
        first = self.cells[0] if self.cells else ()
        return [(column, cell.is_numeric) for column, cell in zip(self.columns, first, strict=False)]


@dataclass(frozen=True)
class BarShare:
    """One part of a bar. `colour` is its colour; a band has a `level` instead, which gives it a shape."""

    words: str
    count: int
    colour: str = ""
    level: str = ""
    href: str = ""


@dataclass(frozen=True)
class Shares(Panel):
    """A bar cut into parts, and each part in words."""

    bar: str = ""
    shares: Sequence[BarShare] = ()
    template: ClassVar[str] = "portal/home/_shares.html"

    @property
    def has_any(self) -> bool:
        return bool(self.shares)


@dataclass(frozen=True)
class HomePage:
    """A home page. On a phone `main` comes before `side`."""

    figures: Sequence[Figure] = ()
    main: Sequence[Panel] = ()
    side: Sequence[Panel] = ()


def day_words(day: dt.date | None) -> str:
    return date_format(day, "j M Y") if day else ""


def due_mark(due_on: dt.date | None, on: dt.date) -> PanelTag | None:
    if due_on is None or due_on > on + SOON:
        return None
    if due_on < on:
        return PanelTag("Overdue", "red")
    return PanelTag("Due today", "orange") if due_on == on else PanelTag("Due soon", "yellow")


def counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
