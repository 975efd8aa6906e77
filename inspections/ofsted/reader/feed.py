"""Reader of a file of Ofsted's register, whatever its year and layout, into plain rows.

Nothing is stored: the importer compares and writes. Data: Ofsted, Open Government Licence v3.0.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from inspections.ofsted.reader.cells import commonest_spellings
from inspections.ofsted.reader.columns import Header, HeaderMissing, find_header
from inspections.ofsted.reader.kinds import check_lists_registrations, kind_of_other_list, scope_of
from inspections.ofsted.reader.rows import RowReader
from inspections.ofsted.reader.shapes import (
    Feed,
    FeedFault,
    FeedInspection,
    FeedRow,
    RowFault,
    RowRefused,
    SheetLayout,
)
from inspections.ofsted.reader.tables import FileTable, is_blank, open_tables
from inspections.ofsted.reader.title import find_as_at

__all__ = ["Feed", "FeedFault", "FeedInspection", "FeedRow", "RowFault", "read_feed"]

Sheet = tuple[FileTable, Header]


def read_feed(content: bytes, *, filename: str, as_at: date | None = None) -> Feed:
    """Return a Feed from any bytes, or raise FeedFault. Unreadable rows are refused and the rest kept."""
    encoding, tables = open_tables(content, filename)
    sheets, left_out = _register_sheets(tables)
    day, source = find_as_at(as_at, _titles(sheets), filename)
    rows, refused, repeated = _read_rows(sheets)
    check_lists_registrations(rows=len(rows), repeated=repeated)
    return Feed(
        as_at=day,
        as_at_source=source,
        rows=tuple(fold_types(rows)),
        refused=tuple(refused),
        sha256=hashlib.sha256(content).hexdigest(),
        encoding=encoding,
        sheets=tuple(_layout(table, header) for table, header in sheets),
        left_out=left_out,
        scope=scope_of(rows),
    )


def fold_types(rows: list[FeedRow]) -> Iterator[FeedRow]:
    """Yield the rows with types that differ only in case made one, in the file's commonest spelling."""
    spellings = commonest_spellings(row.provision_type for row in rows)
    for row in rows:
        spelling = spellings[row.provision_type]
        yield row if spelling == row.provision_type else replace(row, provision_type=spelling)


def _register_sheets(tables: list[FileTable]) -> tuple[list[Sheet], tuple[str, ...]]:
    """Return the sheets that list registrations, and why the others do not (conditions, notes)."""
    sheets: list[Sheet] = []
    others: list[HeaderMissing] = []
    for table in tables:
        try:
            header = find_header(table)
            _check_is_register(table, header)
            sheets.append((table, header))
        except HeaderMissing as fault:
            others.append(fault)
    if not tables:
        raise FeedFault("The workbook has no sheet.")
    if not sheets:
        raise min(others, key=lambda fault: fault.lacking)
    if all(next(_records(sheet), None) is None for sheet in sheets):
        table, header = sheets[0]
        raise FeedFault(f"{table.at(header.line)} is the header, and there are no rows below it.")
    return sheets, tuple(fault.sentence for fault in others)


def _check_is_register(table: FileTable, header: Header) -> None:
    """Raise HeaderMissing for a list of something else that has a register's columns too."""
    above = [cell for _, cells in table.records[: header.position] for cell in cells if cell.strip()]
    headings = [column.heading for column in header.columns]
    if fault := kind_of_other_list(sheet=table.sheet, headings=headings, titles=above):
        raise HeaderMissing(fault, 0)


def _titles(sheets: list[Sheet]) -> list[str]:
    return [
        cell
        for table, header in sheets
        for _, cells in table.records[: header.position]
        for cell in cells
        if cell
    ]


def _records(sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    table, header = sheet
    for line, cells in table.records[header.position + 1 :]:
        if not is_blank(cells):
            yield line, cells


def _read_rows(sheets: list[Sheet]) -> tuple[list[FeedRow], list[RowFault], int]:
    """Return the rows, the faults of the others, and how many of those repeat the URN of a row."""
    rows: list[FeedRow] = []
    refused: list[RowFault] = []
    first_at: dict[str, str] = {}
    repeated = 0
    for table, header in sheets:
        reader = RowReader(table, header)
        for line, cells in _records((table, header)):
            at = table.at(line)
            try:
                row = reader.read(line, cells)
                if row.urn in first_at:
                    repeated += 1
                    raise RowRefused(f"the URN {row.urn} is already on {first_at[row.urn]}.")
            except RowRefused as fault:
                refused.append(RowFault(line, reader.urn_cell(cells), f"{at}: {fault.sentence}"))
                continue
            first_at[row.urn] = at[0].lower() + at[1:]
            rows.append(row)
    return rows, refused, repeated


def _layout(table: FileTable, header: Header) -> SheetLayout:
    return SheetLayout(
        sheet=table.sheet,
        header_line=header.line,
        recognised={column.heading: column.field for column in header.columns if column.field},
        unknown=tuple(column.heading for column in header.columns if not column.field),
        fields=_fields(header),
    )


def _fields(header: Header) -> tuple[str, ...]:
    by_index = {column.index: column.field or "" for column in header.columns}
    return tuple(by_index.get(index, "") for index in range(header.columns[-1].index + 1))
