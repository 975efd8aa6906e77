"""Files that a spreadsheet opens as text: no cell of ours is ever run as a formula."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_SIGNS = frozenset("=+-@\u2212\t\r\n")  # with their wide, small and raised forms, by way of NFKC
UNSEEN = "ZC"  # spaces, controls and marks without a width, by the first letter of their category
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no file can hold it
SEPARATORS = re.compile(r'[,;|\t"\r\n]')  # of any country's spreadsheet, so that no cell is cut in two


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
    """Whether a formula starts here: spreadsheets trim the spaces and quotes before its first sign."""
    for sign in text:
        if unicodedata.normalize("NFKC", sign)[0] in FORMULA_SIGNS:
            return True
        if sign not in "'\"" and unicodedata.category(sign)[0] not in UNSEEN:
            return False
    return False


def csv_response(*, filename: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """With a byte order mark, because Excel reads UTF-8 only then."""
    response = _download(filename, "text/csv; charset=utf-8")
    response.write("\ufeff")
    for row in chain([header], rows):
        response.write(",".join(map(_field, row)) + "\r\n")
    return response


def xlsx_response(
    *, filename: str, title: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    from openpyxl import Workbook  # large, and few requests need it

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in chain([header], rows):
        sheet.append([safe_cell(cell) for cell in row])
    response = _download(filename, XLSX)
    book.save(response)
    return response


def _field(value: object) -> str:
    text = "" if value is None else str(safe_cell(value))
    return '"{}"'.format(text.replace('"', '""')) if SEPARATORS.search(text) else text


def _download(filename: str, content_type: str) -> HttpResponse:
    disposition = content_disposition_header(True, UNPRINTABLE.sub("", filename))
    return HttpResponse(content_type=content_type, headers={"Content-Disposition": disposition})
