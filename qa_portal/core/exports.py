"""Files that a spreadsheet opens as text: no cell of ours is ever run as a formula."""

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_SIGNS = frozenset("=+-@\u2212\t\r\n")  # with their wide, small and raised forms, by way of NFKC
UNSEEN = "ZC"  # spaces, controls and marks without a width, by the first letter of their category
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no file can hold it
SEPARATORS = re.compile(r'[,;|\t"\r\n]')  # of any country's spreadsheet, so that no cell is cut in two


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook. `freeze` is the first cell that moves; `widths` by the letter of a column."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[object]]
    freeze: str | None = None
    widths: Mapping[str, int] = field(default_factory=dict)


def safe_cell(value: object) -> object:
    """Text that a spreadsheet might run gets an apostrophe; numbers and days stay what they are.

    A moment is London time without its zone, which a workbook cannot hold.
    """
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.replace(tzinfo=None, microsecond=0)
    if value is None or isinstance(value, int | float | Decimal | dt.date | dt.time):
        return value
    text = UNPRINTABLE.sub("", str(value))
    return f"'{text}" if may_be_run(text) else text


def may_be_run(text: str) -> bool:
    """Return whether a formula starts here: spreadsheets trim the spaces and quotes before its first sign."""
    for sign in text:
        if unicodedata.normalize("NFKC", sign)[0] in FORMULA_SIGNS:
            return True
        if sign not in "'\"" and unicodedata.category(sign)[0] not in UNSEEN:
            return False
    return False


def csv_bytes(*, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return the file as bytes with a byte order mark, because Excel reads UTF-8 only then."""
    lines = (",".join(map(_field, row)) + "\r\n" for row in chain([header], rows))
    return "".join(["\ufeff", *lines]).encode()


def csv_response(*, filename: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    return download(csv_bytes(header=header, rows=rows), filename, "text/csv; charset=utf-8")


def xlsx_bytes(*sheets: Sheet) -> bytes:
    from openpyxl import Workbook  # large, and few requests need it

    book = Workbook(write_only=True)
    for given in sheets:
        sheet = book.create_sheet(given.title)
        sheet.freeze_panes = given.freeze
        for letter, width in given.widths.items():
            sheet.column_dimensions[letter].width = width
        for row in chain([given.header], given.rows):
            sheet.append([_workbook_cell(sheet, cell) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xlsx_response(
    *, filename: str, title: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    return download(xlsx_bytes(Sheet(title, header, rows)), filename, XLSX)


def download(content: bytes, filename: str, content_type: str) -> HttpResponse:
    """Return a download whose file name cannot break out of its header."""
    disposition = content_disposition_header(True, UNPRINTABLE.sub("", filename))
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


def _workbook_cell(sheet: Any, value: object) -> object:
    """Return the cell; a decimal keeps its places, so that 100.0 is never shown as 100."""
    if not isinstance(value, Decimal):
        return safe_cell(value)
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    cell.number_format = "0" + "." * bool(places := max(0, -int(value.as_tuple().exponent))) + "0" * places
    return cell


def _field(value: object) -> str:
    text = "" if value is None else str(safe_cell(value))
    return '"{}"'.format(text.replace('"', '""')) if SEPARATORS.search(text) else text
