"""Name, declared type and content must agree; then each family of files is looked into."""

from dataclasses import dataclass
from typing import IO

from django.core.files.uploadedfile import UploadedFile

from providers.documents.limits import UPLOAD, UPLOAD_WORDS
from providers.documents.validation.archives import check_office_file
from providers.documents.validation.formats import BY_EXTENSION, WORDS, Family, Format
from providers.documents.validation.names import extension_of, safe_filename
from providers.documents.validation.pdfs import check_pdf
from providers.documents.validation.pictures import redrawn
from providers.documents.validation.texts import check_text
from qa_portal.core.rules import Refused

TOO_LARGE = f"The file is larger than {UPLOAD_WORDS}: make it smaller, or send it in parts."


@dataclass(frozen=True)
class CheckedFile:
    """A file that is what its name says. `content_type` is ours, never the sender's."""

    filename: str
    content_type: str
    content: IO[bytes]


def inspect(upload: UploadedFile) -> CheckedFile:
    """Raises Refused with what to do about it. Pictures come out drawn again, other files as they came."""
    filename = safe_filename(upload.name or "")
    wanted = format_of(filename, upload.content_type or "")
    if not upload.size:
        raise Refused("The file is empty.")
    if upload.size > UPLOAD:
        raise Refused(TOO_LARGE)
    return CheckedFile(filename, wanted.content_type, looked_into(upload.file, wanted))


def format_of(filename: str, declared: str) -> Format:
    wanted = BY_EXTENSION.get(extension_of(filename))
    if wanted is None:
        raise Refused(f"Files of this kind are not taken: upload {WORDS}.")
    declared = declared.split(";", 1)[0].strip().lower()
    if not wanted.may_be_declared(declared):
        raise Refused(f"The name of this file says it is {wanted.words}, but it was sent as {declared}.")
    return wanted


def looked_into(file: IO[bytes], wanted: Format) -> IO[bytes]:
    if wanted.family is Family.PICTURE:
        return redrawn(file, wanted)
    if wanted.family is Family.PDF:
        check_pdf(file)
    elif wanted.family is Family.OFFICE:
        check_office_file(file, wanted)
    else:
        check_text(file, wanted)
    return file
