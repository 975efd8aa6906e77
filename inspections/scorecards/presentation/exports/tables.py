"""CSV and XLSX of figures. Numbers are numbers in the file; all else is text that cannot run as a formula."""

import re
from decimal import Decimal

from inspections.scorecards.presentation.export_rows import Figures, figures
from inspections.scorecards.presentation.serializers import digest
from inspections.scorecards.scoring.results import Scorecard
from qa_portal.core.exports import Sheet, csv_bytes, xlsx_bytes

NUMBER = re.compile(r"\d{1,3}(\.\d)?")
NAMES = {"Name", "URN", "Type", "Authority", "Provider", "In words", "Evidence", "Source", "Recorded by"}
"""Columns of words: a home may be called 1.5."""
WIDE = {"Name": 34, "In words": 46, "Evidence": 46, "Type": 22, "Authority": 22, "Provider": 26, "Source": 30}


def as_csv(told: Figures) -> bytes:
    return csv_bytes(header=told.header, rows=typed(told))


def as_xlsx(scorecard: Scorecard) -> bytes:
    """Return the workbook. The digest is on a second sheet, so that the first is a table and nothing else."""
    told = figures(scorecard)
    widths = {letter(place): WIDE.get(name, 14) for place, name in enumerate(told.header)}
    about = Sheet(
        "About",
        ("What", "Says"),
        [("Digest of the figures (SHA-256)", digest(scorecard)), ("Rows", Decimal(len(told.rows)))],
        widths={"A": 34, "B": 70},
    )
    return xlsx_bytes(Sheet("Scorecard", told.header, typed(told), freeze="B2", widths=widths), about)


def typed(told: Figures) -> list[list[object]]:
    return [[value(*one) for one in zip(told.header, row, strict=True)] for row in told.rows]


def value(column: str, text: str) -> object:
    return Decimal(text) if column not in NAMES and NUMBER.fullmatch(text) else text


def letter(place: int) -> str:
    """Return the letters of a column, counted from 0: A to Z, AA to ZZ."""
    first, last = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)
