"""Recognition of columns by their headings: Ofsted renames, misspells and moves them from year to year."""

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product

from inspections.ofsted.reader.headings import (
    ENFORCEMENT_WORDS,
    FIELDS,
    INSPECTION_PARTS,
    INSPECTIONS,
    JUDGEMENTS,
    KEPT_AS_PUBLISHED,
    OUTCOMES,
)
from inspections.ofsted.reader.shapes import FeedFault
from inspections.ofsted.reader.tables import HEADER_LINES, FileTable

REQUIRED = {
    "urn": "URN",
    "provision_type": "provision type",
    "registration_status": "registration status",
    "local_authority": "local authority",
}
# These gather several columns each; every other field may be claimed once.
GATHERED = {"kept", "consideration", "enforcement"}


class HeaderMissing(FeedFault):
    """Raised if a table has no header of a register; `lacking` counts the missing required columns."""

    def __init__(self, sentence: str, lacking: int) -> None:
        super().__init__(sentence)
        self.lacking = lacking


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `field` is our name for it ("places", "latest:inspected_on"); None if the heading is unknown.
    """

    index: int
    heading: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Header:
    position: int
    line: int
    columns: tuple[Column, ...]

    @property
    def fields(self) -> set[str]:
        return {column.field for column in self.columns if column.field}

    @property
    def missing(self) -> list[str]:
        return [name for field, name in REQUIRED.items() if field not in self.fields]


@lru_cache(maxsize=4_096)
def fold(heading: str) -> str:
    """Return lower case, words and digits only.

    "\\nMulti-building Children's Home" becomes "multi building childrens home".
    """
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"['’`]", "", heading.casefold())).split())


def known_headings() -> dict[str, str]:
    known = {fold(alias): field for field, aliases in FIELDS.items() for alias in aliases}
    for kind, prefixes in INSPECTIONS.items():
        judged = JUDGEMENTS if kind in ("latest", "previous") else {"outcome": OUTCOMES}
        for part, aliases in {**INSPECTION_PARTS, **judged}.items():
            known |= {
                fold(f"{prefix} {alias}"): f"{kind}:{part}" for prefix, alias in product(prefixes, aliases)
            }
    # A bare "date" could be any day, so it is known only with its prefix.
    return {heading: field for heading, field in known.items() if heading not in ("date", "start date")}


KNOWN = known_headings()
KNOWN_BY_WORDS: dict[int, list[str]] = {}
for _name in KNOWN:
    KNOWN_BY_WORDS.setdefault(len(_name.split()), []).append(_name)
KEPT = {fold(heading) for heading in KEPT_AS_PUBLISHED}


def field_for(heading: str, group: str = "") -> str | None:
    """Return our field. `group` is the title above the header for this column ("Latest Full Inspection")."""
    folded = fold(heading)
    if known := KNOWN.get(f"{fold(group)} {folded}") or KNOWN.get(folded):
        return known
    if folded in KEPT:
        return "kept"
    return "enforcement" if ENFORCEMENT_WORDS & set(folded.split()) else None


def misspelt_field(heading: str, claimed: set[str | None]) -> str | None:
    """Return the one field that the heading nearly names, unless a column names that field outright."""
    meant = misspelt_fields(fold(heading)) - claimed
    return next(iter(meant)) if len(meant) == 1 else None


@lru_cache(maxsize=4_096)
def misspelt_fields(folded: str) -> frozenset[str]:
    """Return near matches.

    Compares by word, so a heading with one more ("Interim overall …") is not mistaken.
    """
    words = folded.split()
    alike = (
        name
        for name in KNOWN_BY_WORDS.get(len(words), [])
        if all(map(_nearly_the_same_word, words, name.split()))
    )
    return frozenset(KNOWN[name] for name in alike)


@lru_cache(maxsize=65_536)
def _nearly_the_same_word(word: str, known: str) -> bool:
    if word == known:
        return True
    long_enough = min(len(word), len(known)) >= 5 and abs(len(word) - len(known)) <= 1
    return long_enough and SequenceMatcher(None, word, known).ratio() >= 0.8


def find_header(table: FileTable) -> Header:
    """Return the first of the opening lines that has every required column.

    Raises HeaderMissing, naming the line that comes nearest and what it lacks; or FeedFault when two
    columns of the header mean the same.
    """
    candidates = []
    above: list[str] = []
    for position, (line, cells) in enumerate(table.records[:HEADER_LINES]):
        header = Header(position, line, columns_of(cells, above))
        if not header.missing:
            _check_claimed_once(header, table)
            return header
        candidates.append(header)
        above = cells
    raise _not_found(candidates, table)


def columns_of(cells: list[str], above: list[str]) -> tuple[Column, ...]:
    """Return the columns; a group's name, written over its first column only, holds until the next name."""
    columns, group = [], ""
    for index, cell in enumerate(cells):
        group = (above[index].strip() if index < len(above) else "") or group
        if cell.strip():
            columns.append(Column(index, cell, field_for(cell, group)))
    claimed = {column.field for column in columns}
    return tuple(
        column if column.field else replace(column, field=misspelt_field(column.heading, claimed))
        for column in columns
    )


def _check_claimed_once(header: Header, table: FileTable) -> None:
    seen: dict[str, Column] = {}
    for column in header.columns:
        if not column.field or column.field in GATHERED:
            continue
        if first := seen.get(column.field):
            raise FeedFault(
                f"{table.at(header.line)}: columns {first.index + 1} (“{_one_line(first.heading)}”) and "
                f"{column.index + 1} (“{_one_line(column.heading)}”) mean the same; remove or rename one."
            )
        seen[column.field] = column


def _not_found(candidates: list[Header], table: FileTable) -> HeaderMissing:
    nearest = min(candidates, key=lambda header: len(header.missing), default=None)
    if nearest is None or len(nearest.missing) == len(REQUIRED):
        columns = _listed(list(REQUIRED.values()))
        what = f"Sheet “{table.sheet}”" if table.sheet else "The file"
        sentence = (
            f"{what} is not a register: none of its lines 1 to {HEADER_LINES} has columns for {columns}."
        )
        return HeaderMissing(sentence, len(REQUIRED))
    lacks = _listed(nearest.missing)
    sentence = f"{table.at(nearest.line)} is the nearest to a header, but has no column for {lacks}."
    return HeaderMissing(sentence, len(nearest.missing))


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _one_line(heading: str) -> str:
    return " ".join(heading.split())
