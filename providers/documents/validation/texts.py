"""Text files: letters and nothing else, and not a page or a program under a plain name."""

import re
from typing import IO

import filetype

from providers.documents.validation.formats import Format
from qa_portal.core.rules import Refused

MARKUP = re.compile(rb"^\s*<(\?xml|!doctype|html|head|body|script|svg|iframe)", re.IGNORECASE)
NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"%PDF-", b"PK\x03\x04")
CHUNK = 1024 * 1024


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
