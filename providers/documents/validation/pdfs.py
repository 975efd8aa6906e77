"""PDFs: whole, readable by anybody, and without programs, files or anything else that acts."""

import io
import zipfile
from typing import IO, Any

from providers.documents.validation.pdf_content import Content
from providers.documents.validation.pdf_objects import Objects
from providers.documents.validation.pdf_syntax import TooMuch
from qa_portal.core.rules import Refused

START, TAIL = 1024, 2048
BEFORE = b"\xef\xbb\xbf\x00\t\n\x0c\r "
"""What programs write before the header: a byte order mark, line ends. Anything else is another file."""
DAMAGED = "This PDF is damaged or was cut short: open it, print it to PDF and upload the new copy."
LOCKED = "This PDF is protected by a password: print it to PDF without one and upload the new copy."
NOT_A_PDF = "The name of this file says it is a PDF, but its contents are something else."
TOO_MUCH = "This PDF is too complicated to be checked: print it to PDF and upload the new copy."


def check_pdf(file: IO[bytes]) -> None:
    """Raise Refused with what to do about it."""
    file.seek(0)
    if not file.read(START).lstrip(BEFORE).startswith(b"%PDF-"):
        raise Refused(NOT_A_PDF)
    if zipfile.is_zipfile(file):
        raise Refused(NOT_A_PDF)
    file.seek(0)
    content = file.read().lstrip(BEFORE).rstrip(b"\x00\t\n\x0c\r ")
    if b"%%EOF" not in content[-TAIL:]:
        raise Refused(DAMAGED)
    check_inside(content)


def check_inside(content: bytes) -> None:
    """Many things go wrong in a PDF, and the reader raises as many exceptions: all of them say damaged."""
    try:
        reader = opened(content)
        Content(Objects(content, reader)).check()
        pages = len(reader.pages)
    except Refused:
        raise
    except TooMuch as error:
        raise Refused(TOO_MUCH) from error
    except Exception as error:
        raise Refused(DAMAGED) from error
    if not pages:
        raise Refused(DAMAGED)


def opened(content: bytes) -> Any:
    """Its reader, with the empty password where only what may be done with it is protected."""
    from pypdf import PdfReader  # large, and few requests need it

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(LOCKED)
    except NotImplementedError as error:  # a lock of another make
        raise Refused(LOCKED) from error
    return reader
