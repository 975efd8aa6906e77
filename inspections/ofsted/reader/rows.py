"""Conversion of one record to one registration, with its inspections."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from inspections.ofsted.reader.cells import clean, is_grade, read_count, read_day, read_urn, says_yes
from inspections.ofsted.reader.columns import Column, Header
from inspections.ofsted.reader.headings import JUDGEMENTS
from inspections.ofsted.reader.shapes import FeedInspection, FeedRow, InspectionKind, RowRefused
from inspections.ofsted.reader.tables import FileTable

ADDRESS = ("address_1", "address_2", "address_3", "town", "county")
HEADLINE_FIELDS = ("latest:overall_experiences_and_progress", "latest:supported_accommodation_outcome")
OTHER_SCALES = {"interim": "INTERIM-3", "assurance": "ASSURANCE", "monitoring": ""}
DAYS = {
    "registered_on": "registration date",
    "closed_on": "closing date",
    "inspected_on": "{kind} inspection date",
    "published_on": "{kind} inspection's publication date",
}
COUNTS = {"places": "number of places", "premises": "number of premises"}


@dataclass(frozen=True, slots=True)
class Cells:
    """A record's cells by our name for their column, without spaces, REDACTED and the like."""

    by_field: Mapping[str, str]

    def text(self, field: str) -> str:
        return self.by_field.get(field, "")

    def day(self, field: str) -> date | None:
        kind, _, part = field.rpartition(":")
        return read_day(self.text(field), DAYS[part].format(kind=kind))

    def count(self, field: str) -> int | None:
        return read_count(self.text(field), COUNTS[field])


class RowReader:
    """Reader of the records below one header."""

    def __init__(self, table: FileTable, header: Header) -> None:
        self.sheet = table.sheet
        self.width = header.columns[-1].index + 1
        self.names = _names(header.columns, self.width)
        self.fields = [(column.index, column.field) for column in header.columns if column.field]
        self.kinds = _kinds(header)
        self.considerations = _indexes(header, "consideration")
        self.enforcement = _indexes(header, "enforcement")
        self.urn_index = next(index for index, field in self.fields if field == "urn")

    def read(self, line: int, record: list[str]) -> FeedRow:
        """Read one row. Raises RowRefused with the rest of a sentence that begins with the line."""
        # Also when the extra cell stands under an unnamed heading: a comma too many has moved the rest.
        if any(cell.strip() for cell in record[self.width :]):
            raise RowRefused(f"the row has more cells than the header's {self.width} columns.")
        record = [*record[: self.width], *[""] * (self.width - len(record))]
        cells = Cells({field: clean(record[index]) for index, field in self.fields})
        urn = read_urn(cells.text("urn"))
        inspections = [one for kind in self.kinds if (one := _inspection(cells, kind))]
        return FeedRow(
            line=line,
            sheet=self.sheet,
            urn=urn,
            education_urn=cells.text("education_urn"),
            provision_type=cells.text("provision_type"),
            provision_subtype=cells.text("provision_subtype"),
            sector=cells.text("sector"),
            registration_status=cells.text("registration_status"),
            registered_on=cells.day("registered_on"),
            closed_on=cells.day("closed_on"),
            local_authority=cells.text("local_authority"),
            region=cells.text("region"),
            ofsted_region=cells.text("ofsted_region"),
            constituency=cells.text("constituency"),
            owner=cells.text("owner"),
            owner_id=cells.text("owner_id"),
            owner_type=cells.text("owner_type"),
            top_company=cells.text("top_company"),
            places=cells.count("places"),
            premises=cells.count("premises"),
            short_break_only=says_yes(cells.text("short_break_only")),
            multi_building=says_yes(cells.text("multi_building")),
            name=cells.text("name"),
            address=tuple(filter(None, map(cells.text, ADDRESS))),
            postcode=cells.text("postcode"),
            conditions=cells.text("conditions"),
            report_link=_link(cells.text("report_link")),
            latest=next((one for one in inspections if one.kind == "latest"), None),
            others=tuple(one for one in inspections if one.kind != "latest"),
            not_graded=next(
                (text for text in map(cells.text, HEADLINE_FIELDS) if text and not is_grade(text)), ""
            ),
            considerations=self._said(record, self.considerations),
            enforcement=self._said(record, self.enforcement),
            raw=dict(zip(self.names, record, strict=True)),
        )

    def urn_cell(self, record: list[str]) -> str:
        return record[self.urn_index] if self.urn_index < len(record) else ""

    def _said(self, record: list[str], indexes: list[int]) -> dict[str, str]:
        cells = {self.names[index]: clean(record[index]) for index in indexes}
        return {name: cell for name, cell in cells.items() if says_yes(cell)}


def _names(columns: tuple[Column, ...], width: int) -> list[str]:
    """Return the published headings for `FeedRow.raw`, numbered where one is repeated or missing."""
    headings = {column.index: column.heading for column in columns}
    names: list[str] = []
    taken: set[str] = set()
    for index in range(width):
        name = headings.get(index, f"column {index + 1}")
        names.append(f"{name} (column {index + 1})" if name in taken else name)
        taken.add(names[-1])
    return names


def _indexes(header: Header, field: str) -> list[int]:
    return [column.index for column in header.columns if column.field == field]


def _kinds(header: Header) -> list[InspectionKind]:
    present = {field.partition(":")[0] for field in header.fields if ":" in field}
    return [kind for kind in get_args(InspectionKind) if kind in present]


def _inspection(cells: Cells, kind: InspectionKind) -> FeedInspection | None:
    """Return the inspection; None if it has no number, day or grade, only a type ("Full inspection")."""
    judged = (*JUDGEMENTS, "outcome")
    grades = {key: grade for key in judged if is_grade(grade := cells.text(f"{kind}:{key}"))}
    event_number = cells.text(f"{kind}:event_number")
    inspected_on = cells.day(f"{kind}:inspected_on")
    published_on = cells.day(f"{kind}:published_on")
    if not (event_number or inspected_on or grades):
        return None
    return FeedInspection(
        kind=kind,
        event_number=event_number,
        event_type=cells.text(f"{kind}:event_type"),
        inspected_on=inspected_on,
        published_on=published_on,
        scale=_scale(kind, grades),
        judgements=grades,
    )


def _scale(kind: InspectionKind, grades: Mapping[str, str]) -> str:
    """Return the scale by the column of the grade, never by the grade's words or the provider's type."""
    if kind in OTHER_SCALES:
        return OTHER_SCALES[kind]
    return "SA-3" if "supported_accommodation_outcome" in grades else "SCCIF-4"


def _link(cell: str) -> str:
    """Return the link if it is an address: the yearly files keep only its words."""
    return cell if cell.startswith(("https://", "http://")) else ""
