"""Conversion of a file's bytes to lines of text cells; other modules decide what a cell means."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from inspections.ofsted.reader.shapes import FeedFault

MOST_BYTES = 20 * 1024 * 1024
MOST_BYTES_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 50_000
# Columns that hold something, and cells altogether: the widest file of Ofsted's has some 70, the longest a million.
MOST_COLUMNS = 256
MOST_CELLS = 2_000_000
# A workbook may claim a cell anywhere: Excel's own last row, and more columns than the widest list known.
MOST_WORKBOOK_LINES = 1_048_576
MOST_WORKBOOK_COLUMNS = 128
MOST_PARTS = 2_000
MOST_SHARED_STRINGS = 1_000_000
# Parts that are read whole before a line of a sheet is, and what is enough for them.
SHARED_PARTS = {"xl/sharedStrings.xml": 40, "xl/styles.xml": 10, "xl/workbook.xml": 5}
# The header is on one of these; blank lines among them are kept, so that they can be counted.
HEADER_LINES = 5

SAVE_AS = "open it and save it as CSV (File, Save as, “CSV UTF-8”)"


@dataclass(frozen=True, slots=True)
class FileTable:
    """A sheet, or a CSV file (`sheet` is ""). Records are (the line each starts on, its cells as text)."""

    sheet: str
    records: list[tuple[int, list[str]]]

    def at(self, line: int) -> str:
        """Return the start of a sentence about one of its lines."""
        return f"Sheet “{self.sheet}”, line {line}" if self.sheet else f"Line {line}"


def first_look(content: bytes, filename: str) -> None:
    """Raise FeedFault for what shows at once; only a workbook's name is checked, because opening it is slow."""
    is_workbook = content.startswith(b"PK") and not filename.casefold().endswith(".ods")
    if not is_workbook or len(content) > MOST_BYTES:
        open_tables(content, filename)


def open_tables(content: bytes, filename: str) -> tuple[str, list[FileTable]]:
    """Return the encoding ("utf-8", "windows-1252" or "xlsx") and the tables. Raises FeedFault."""
    suffix = filename.rpartition(".")[2].casefold()
    if len(content) > MOST_BYTES:
        raise FeedFault(f"The file is over {MOST_BYTES // 1024 // 1024} MB, the most that is read.")
    if suffix == "ods":
        raise FeedFault(f"This is an OpenDocument (.ods) spreadsheet, which is not read: {SAVE_AS}.")
    if content.startswith(b"PK"):
        return "xlsx", list(_workbook_tables(content))
    if suffix != "csv":
        raise FeedFault(f"This is neither a CSV file nor an Excel workbook (.xlsx): {SAVE_AS}.")
    text, encoding = _decoded(content)
    return encoding, [FileTable("", _kept(_csv_records(text)))]


def _decoded(content: bytes) -> tuple[str, str]:
    if (nul := content.find(b"\0")) >= 0:
        raise FeedFault(
            f"Line {_line_of(content, nul)} holds NUL bytes, so this is not a CSV file: {SAVE_AS}."
        )
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as fault:
        # A byte order mark promises UTF-8; without one, the older files are Windows-1252.
        if content.startswith(codecs.BOM_UTF8):
            line = _line_of(content, len(codecs.BOM_UTF8) + fault.start)
            raise FeedFault(
                f"Line {line} is not valid UTF-8, which the file says it is: {SAVE_AS}."
            ) from None
    try:
        return content.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError as fault:
        line = _line_of(content, fault.start)
        raise FeedFault(f"Line {line} is neither UTF-8 nor Windows-1252 text: {SAVE_AS}.") from None


def _line_of(content: bytes, position: int) -> int:
    return len((content[:position] + b".").splitlines())


def _csv_records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Parse strictly, because an open quotation mark would otherwise put the rest of the file in one cell."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise FeedFault(
            f"The record that starts on line {line} has a quotation mark that is not closed or not doubled, "
            f"or a cell that is far too long."
        ) from None


def is_blank(cells: Iterable[str]) -> bool:
    return not any(cell and not cell.isspace() for cell in cells)


def _kept(records: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return the records. Raise FeedFault as soon as there are too many, before the rest is read."""
    kept, count = [], 0
    for position, (line, cells) in enumerate(records):
        if len(cells) > MOST_COLUMNS:
            cells = _narrowed(line, cells)
        if position < HEADER_LINES or not is_blank(cells):
            kept.append((line, cells))
            count += len(cells)
        if len(kept) > MOST_ROWS:
            raise FeedFault(f"The file has over {MOST_ROWS:,} rows, the most that is read.")
        if count > MOST_CELLS:
            raise FeedFault(f"The file has over {MOST_CELLS:,} cells, the most that is read.")
    return kept


def _narrowed(line: int, cells: list[str]) -> list[str]:
    """Strip the empty cells that programs write to the right of a table."""
    if not is_blank(cells[MOST_COLUMNS:]):
        raise FeedFault(
            f"Line {line} has over {MOST_COLUMNS} columns, the most that is read:"
            f" delete those that are not Ofsted’s, and upload the file again."
        )
    return cells[:MOST_COLUMNS]


def _workbook_tables(content: bytes) -> Iterator[FileTable]:
    _check_package(content)
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            # What a sheet claims of its size is not to be trusted: read what is there.
            sheet.reset_dimensions()
            rows = sheet.iter_rows(
                max_row=MOST_WORKBOOK_LINES, max_col=MOST_WORKBOOK_COLUMNS, values_only=True
            )
            lines = enumerate(map(_texts, rows), start=1)
            yield FileTable(sheet.title, _kept(lines))
    except FeedFault:
        raise
    except Exception as fault:
        # The bytes are a stranger's, and openpyxl raises whatever a damaged part happens to cause.
        raise FeedFault(f"The workbook is damaged and cannot be read: {SAVE_AS}.") from fault


def _check_package(content: bytes) -> None:
    """Check before parsing that the package is of the right kind and size, without entity tricks."""
    if content.count(b"PK\x01\x02") > MOST_PARTS:
        raise FeedFault(f"The workbook has over {MOST_PARTS:,} parts, the most that is read: {SAVE_AS}.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {part.filename: part.file_size for part in package.infolist()}
            if "content.xml" in parts:
                raise FeedFault(f"This is an OpenDocument (.ods) spreadsheet, which is not read: {SAVE_AS}.")
            if "xl/workbook.xml" not in parts:
                raise FeedFault(f"This is neither a CSV file nor an Excel workbook (.xlsx): {SAVE_AS}.")
            if sum(part.file_size for part in package.infolist()) > MOST_BYTES_UNPACKED:
                raise FeedFault(
                    f"The workbook unpacks to over {MOST_BYTES_UNPACKED // 1024 // 1024} MB, the most that is read."
                )
            _check_shared(package, parts)
            if any(b"<!DOCTYPE" in package.read(name) for name in parts):
                raise FeedFault(f"The workbook holds a document type, which no workbook has: {SAVE_AS}.")
    except FeedFault:
        raise
    except Exception as fault:
        raise FeedFault(f"The workbook is damaged and cannot be read: {SAVE_AS}.") from fault


def _check_shared(package: zipfile.ZipFile, parts: dict[str, int]) -> None:
    """Check the size of what all sheets share: it is read whole, however little of it a sheet uses."""
    large = [name for name, most in SHARED_PARTS.items() if parts.get(name, 0) > most * 1024 * 1024]
    strings = "xl/sharedStrings.xml"
    if large or (strings in parts and package.read(strings).count(b"<si") > MOST_SHARED_STRINGS):
        raise FeedFault(f"The workbook holds far more texts or styles than a register needs: {SAVE_AS}.")


def _texts(cells: tuple[object, ...]) -> list[str]:
    # A stray cell on the last line of a sheet brings a million empty lines with it.
    return [] if cells.count(None) == len(cells) else [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    """Return a cell's text: a date in ISO form, a whole number without ".0"."""
    match cell:
        case None:
            return ""
        case bool():
            return "Yes" if cell else "No"
        case datetime():
            return cell.isoformat(sep=" ").removesuffix(" 00:00:00")
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)
