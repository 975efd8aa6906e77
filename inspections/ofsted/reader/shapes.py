"""Contents of a file of the register as plain values: nothing is stored and nothing is judged here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qa_portal.core.rules import Refused

InspectionKind = Literal["latest", "previous", "interim", "assurance", "monitoring"]
DateSource = Literal["given", "title", "file name"]
FileKind = Literal["whole", "authority", "region", "owner"]

# The judgement that stands for the whole inspection, by scale.
HEADLINES = {
    "SCCIF-4": "overall_experiences_and_progress",
    "SA-3": "supported_accommodation_outcome",
    "INTERIM-3": "outcome",
    "ASSURANCE": "outcome",
}


class FeedFault(Refused):
    """Raised if the whole file cannot be read. The sentence names the line or column and says what to do."""


class RowRefused(Refused):
    """Raised if one row cannot be read; the rest of the file can."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row left out. `urn` is the cell as published, so it may be blank or not a URN at all."""

    line: int
    urn: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FeedInspection:
    """One inspection in a row.

    `latest` and `previous` are full inspections. `judgements` holds the grades as published, without
    the blank ones; its keys are those of `feed_columns.JUDGEMENTS`. The restricted lists give no event
    number or publication date. `scale` is "" where no published scale fits (a monitoring visit).
    """

    kind: InspectionKind
    event_number: str
    event_type: str
    inspected_on: date | None
    published_on: date | None
    scale: str
    judgements: Mapping[str, str]

    @property
    def grade(self) -> str:
        """Return the headline grade on this inspection's own scale; "" if it gave none."""
        return self.judgements.get(HEADLINES.get(self.scale, "outcome"), "")


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One registration. Text is "" and a number or day is None where the file is blank or says REDACTED.

    `line` is where the record starts in the file (1-based). `provision_type` has the spelling that is
    commonest in the file; `owner` is as published, so it may be `0` or a date (see `owner_key`).
    `not_graded` is what the file prints in place of a grade, for example that the service is inspected
    with its council. `considerations` and `enforcement` map a heading to its cell, without the blank
    ones and the ones that say no. `raw` maps every named heading to its cell, both as published.
    """

    line: int
    sheet: str
    urn: str
    education_urn: str
    provision_type: str
    provision_subtype: str
    sector: str
    registration_status: str
    registered_on: date | None
    closed_on: date | None
    local_authority: str
    region: str
    ofsted_region: str
    constituency: str
    owner: str
    owner_id: str
    owner_type: str
    top_company: str
    places: int | None
    premises: int | None
    short_break_only: bool
    multi_building: bool
    name: str
    address: tuple[str, ...]
    postcode: str
    conditions: str
    report_link: str
    latest: FeedInspection | None
    others: tuple[FeedInspection, ...]
    not_graded: str
    considerations: Mapping[str, str]
    enforcement: Mapping[str, str]
    raw: Mapping[str, str]

    @property
    def inspections(self) -> tuple[FeedInspection, ...]:
        return self.others if self.latest is None else (self.latest, *self.others)

    @property
    def previous(self) -> FeedInspection | None:
        return next((one for one in self.others if one.kind == "previous"), None)


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """How one sheet was read: `recognised` maps a heading to our name for it, `unknown` are the rest.

    `fields` has our name for each cell of `FeedRow.raw`, in its order; "" where the heading says nothing.
    """

    sheet: str
    header_line: int
    recognised: Mapping[str, str]
    unknown: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileScope:
    """The part of the register that a file lists: all of it, or what one council, region or owner has.

    A row is inside when its authority is one of `authorities` and its owner is `owner`, both folded;
    an empty part narrows nothing. `name` is how a page calls it: "Lancashire".
    """

    kind: FileKind = "whole"
    name: str = ""
    authorities: tuple[str, ...] = ()
    owner: str = ""

    @property
    def is_whole(self) -> bool:
        return self.kind == "whole"


@dataclass(frozen=True, slots=True)
class Feed:
    """A file as it was read. `encoding` is "utf-8", "windows-1252" or "xlsx"; `sheets` has one entry for a CSV.

    `left_out` has a sentence for each sheet of a workbook that is not a register.
    """

    as_at: date
    as_at_source: DateSource
    rows: tuple[FeedRow, ...]
    refused: tuple[RowFault, ...]
    sha256: str
    encoding: str
    sheets: tuple[SheetLayout, ...]
    left_out: tuple[str, ...]
    scope: FileScope = FileScope()

    @property
    def scales(self) -> tuple[str, ...]:
        """Return the scales of full inspections that the file has a headline column for, blank or not."""
        fields = {field for sheet in self.sheets for field in sheet.recognised.values()}
        return tuple(scale for scale, key in HEADLINES.items() if f"latest:{key}" in fields)

    @property
    def unknown_columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(heading for sheet in self.sheets for heading in sheet.unknown))
