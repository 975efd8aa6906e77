"""A CSV of URN and count, as a placements team can export it; read to plain values."""

import csv
import io
from dataclasses import dataclass

from qa_portal.core.rules import Refused

MOST_BYTES = 1024 * 1024
MOST_LINES = 5_000
MOST_FAULTS = 20
MOST_CHILDREN = 999
SHOWN = 40
HEADINGS = ("urn", "count")


@dataclass(frozen=True)
class CountsFile:
    """`counts` maps URN to number; `faults` has a sentence for each of the first lines that could not be read."""

    counts: dict[str, int]
    faults: tuple[str, ...]


def read_counts(content: bytes) -> CountsFile:
    """Read a file of counts; a heading line is optional. Raises Refused when the file cannot be read."""
    lines = [(number, cells) for number, cells in _lines(content) if any(cells)]
    if len(lines) > MOST_LINES:
        raise Refused(f"The file has over {MOST_LINES:,} lines, the most that is read.")
    if lines and tuple(cell.casefold() for cell in lines[0][1][:2]) == HEADINGS:
        lines = lines[1:]
    if not lines:
        raise Refused("The file has no rows: each line needs a URN and a count.")
    counts: dict[str, int] = {}
    faults = []
    for number, cells in lines:
        if fault := _fault(cells, counts):
            faults.append(f"Line {number}: {fault}")
        else:
            counts[cells[0].upper()] = int(cells[1])
    return CountsFile(counts, _first(faults))


def _first(faults: list[str]) -> tuple[str, ...]:
    if len(faults) <= MOST_FAULTS:
        return tuple(faults)
    rest = len(faults) - MOST_FAULTS
    return (*faults[:MOST_FAULTS], f"{rest} more line{' has' if rest == 1 else 's have'} faults too.")


def _lines(content: bytes) -> list[tuple[int, list[str]]]:
    if len(content) > MOST_BYTES:
        raise Refused("The file is over 1 MB, the most that is read.")
    if b"\0" in content or content.startswith(b"PK"):
        raise Refused("This is not a CSV file: open it and save it as CSV.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:
        raise Refused(f"Line {reader.line_num} has a quotation mark that is not closed.") from None


def _fault(cells: list[str], counts: dict[str, int]) -> str:
    if len(cells) < 2 or any(cells[2:]):
        return "it needs two cells, a URN and a count."
    urn, count = cells[:2]
    if not urn:
        return "there is no URN."
    if urn.upper() in counts:
        return f"the URN {urn[:SHOWN]} is already on an earlier line."
    if not (count.isascii() and count.isdigit() and int(count[:6]) <= MOST_CHILDREN):
        return f"the count “{count[:SHOWN]}” is not a whole number up to {MOST_CHILDREN}."
    return ""
