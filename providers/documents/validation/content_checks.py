"""What the child process checks in a document; each family of files has its own checks."""

import io
from pathlib import Path
from typing import IO

from providers.documents.validation.archives import check_office_file
from providers.documents.validation.formats import BY_EXTENSION, Family, Format
from providers.documents.validation.pdfs import check_pdf
from providers.documents.validation.pictures import redrawn
from providers.documents.validation.texts import check_text


def check_content(source: bytes | Path, extension: str) -> bytes | None:
    """Return a picture drawn again, and nothing for a file that stays as it came. Raise Refused."""
    wanted = BY_EXTENSION[extension]
    if isinstance(source, bytes):
        return _check_by_family(io.BytesIO(source), wanted)
    with source.open("rb") as file:
        return _check_by_family(file, wanted)


def _check_by_family(file: IO[bytes], wanted: Format) -> bytes | None:
    if wanted.family is Family.PICTURE:
        return redrawn(file, wanted)
    if wanted.family is Family.PDF:
        check_pdf(file)
    elif wanted.family is Family.OFFICE:
        check_office_file(file, wanted)
    else:
        check_text(file, wanted)
    return None
