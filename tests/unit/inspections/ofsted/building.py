"""Small register files, built cell by cell, for the tests that need one thing wrong."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from inspections.ofsted.reader.feed import Feed, read_feed

HEADER = (
    "URN",
    "Provision type",
    "Registration date",
    "Registration status",
    "Name",
    "Local authority",
    "Places",
    "Organisation which owns the provider",
    "Latest full inspection event type",
    "Latest full inspection date",
    "Latest full inspection publication date",
    "Latest full inspection event number",
    "Overall experiences and progress of children and young people",
)
GOOD_ROW = {
    "URN": "SC009423",
    "Provision type": "Children's home",
    "Registration date": "24/05/2017",
    "Registration status": "Active",
    "Name": "REDACTED",
    "Local authority": "Lancashire",
    "Places": "4",
    "Organisation which owns the provider": "Fellside Care Ltd",
    "Latest full inspection event type": "Full inspection",
    "Latest full inspection date": "06/02/2024",
    "Latest full inspection publication date": "12/03/2024",
    "Latest full inspection event number": "10332501",
    "Overall experiences and progress of children and young people": "Good",
}
AS_AT = date(2024, 3, 31)


def row(**cells: str) -> list[str]:
    """A good row, with some cells changed: row(urn="2590934", places="x")."""
    by_keyword = {
        "urn": "URN",
        "kind": "Provision type",
        "registered": "Registration date",
        "status": "Registration status",
        "name": "Name",
        "authority": "Local authority",
        "places": "Places",
        "owner": "Organisation which owns the provider",
        "event_type": "Latest full inspection event type",
        "inspected": "Latest full inspection date",
        "published": "Latest full inspection publication date",
        "event": "Latest full inspection event number",
        "grade": "Overall experiences and progress of children and young people",
    }
    changed = {by_keyword[keyword]: cell for keyword, cell in cells.items()}
    return list((GOOD_ROW | changed).values())


def csv_bytes(rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def register(*rows: Sequence[str], header: Sequence[str] = HEADER, titles: Sequence[str] = ()) -> bytes:
    return csv_bytes([*([title] for title in titles), header, *rows])


def read(*rows: Sequence[str], header: Sequence[str] = HEADER) -> Feed:
    return read_feed(register(*rows, header=header), filename="register.csv", as_at=AS_AT)


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for cells in rows:
            sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
