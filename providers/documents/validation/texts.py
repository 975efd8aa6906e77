"""Text files: letters and nothing else, and not a page or a program under a plain name."""

import codecs
import csv
import re
from collections.abc import Iterator
from typing import IO

import filetype

from providers.documents.validation.formats import CSV, Format
from providers.documents.validation.open_xml_fields import check_formula
from qa_portal.core.rules import Refused

MARKUP = re.compile(rb"^\s*<(\?xml|!doctype|html|head|body|script|svg|iframe)", re.IGNORECASE)
NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"%PDF-", b"PK\x03\x04")
MOST_BYTES = 2**30
NO_TABLE = "This is not a CSV file: open it in Excel and save it as CSV again."
CHUNK = 1024 * 1024
FORMULA = re.compile(r"\s*(=|[+\-@](?=.*([\w.]\(|![\w'$])))", re.DOTALL)
"""A dash or plus begins notes and numbers as well: only with a call written as Excel writes it is it a formula."""
SEPARATORS = ",;\t"
"""Excel takes the one of its own country; a semicolon in Germany, a tabulator when text is pasted."""


def check_text(file: IO[bytes], wanted: Format) -> None:
    file.seek(0)
    start = file.read(4096).removeprefix(b"\xef\xbb\xbf")
    if start.startswith(PROGRAMS) or MARKUP.match(start) or filetype.guess(start):
        raise Refused(
            f"The name of this file says it is {wanted.words}, but its contents are something else."
        )
    file.seek(0)
    while chunk := file.read(CHUNK):
        if NOT_TEXT.search(chunk):
            raise Refused(f"This is not {wanted.words}: open it and save it as text with the encoding UTF-8.")
    if wanted is CSV:
        check_cells(file)


def check_cells(file: IO[bytes]) -> None:
    """Refuse a CSV whose cells call a program: Excel runs a cell that begins as a formula."""
    csv.field_size_limit(MOST_BYTES)
    for separator in SEPARATORS:
        file.seek(0)
        try:
            for row in csv.reader(codecs.iterdecode(lines(file), "latin-1"), delimiter=separator):
                for cell in row:
                    if FORMULA.match(cell):
                        check_formula(cell)
        except csv.Error as error:
            raise Refused(NO_TABLE) from error


def lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield lines by any ending: a lone carriage return is one too."""
    for line in file:
        yield from line.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
