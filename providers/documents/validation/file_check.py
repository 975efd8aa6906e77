"""Name, declared type and content must agree; the content is looked into in a child process."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core.files.uploadedfile import UploadedFile

from providers.documents.file_limits import READ_CPU_SECONDS, READ_MEMORY, READ_WALL_SECONDS, REDRAWN
from providers.documents.upload_limits import TOO_LARGE, UPLOAD
from providers.documents.validation.content_checks import check_content
from providers.documents.validation.formats import BY_EXTENSION, WORDS, Family, Format
from providers.documents.validation.names import extension_of, safe_filename
from qa_portal.core.rules import Refused
from qa_portal.core.untrusted import Budget, read_in_child

BUDGET = Budget(READ_CPU_SECONDS, READ_WALL_SECONDS, READ_MEMORY, answer_bytes=REDRAWN)
TOO_COSTLY = {
    Family.PDF: "This PDF takes too long to check: print it to PDF and upload the new copy.",
    Family.OFFICE: "This file takes too long to check: save it as a PDF and upload that.",
    Family.PICTURE: "This picture takes too long to read: save it again as a plain JPG, smaller, and upload that.",
    Family.TEXT: "This file takes too long to check: save it in smaller parts and upload those.",
}


@dataclass(frozen=True)
class CheckedFile:
    """A file that is what its name says. `content_type` is ours, never the sender's."""

    filename: str
    content_type: str
    content: IO[bytes]


def check_file(upload: UploadedFile) -> CheckedFile:
    """Raise Refused with what to do about it. Pictures come out drawn again, other files as they came."""
    filename = safe_filename(upload.name or "")
    wanted = format_of(filename, upload.content_type or "")
    if not upload.size:
        raise Refused("The file is empty.")
    if upload.size > UPLOAD:
        raise Refused(TOO_LARGE)
    told = (contents(upload), wanted.extensions[0])
    drawn = read_in_child(check_content, *told, budget=BUDGET, refusal=TOO_COSTLY[wanted.family])
    content = io.BytesIO(drawn) if isinstance(drawn, bytes) else _file_of(upload)
    return CheckedFile(filename, wanted.content_type, content)


def contents(upload: UploadedFile) -> bytes | Path:
    """Return the bytes, or the path of a large upload that already lies on the disk, for the child to read."""
    if hasattr(upload, "temporary_file_path"):
        return Path(upload.temporary_file_path())
    file = _file_of(upload)
    file.seek(0)
    return file.read()


def _file_of(upload: UploadedFile) -> IO[bytes]:
    assert upload.file is not None  # noqa: S101 Django opened it when it arrived
    return upload.file


def format_of(filename: str, declared: str) -> Format:
    wanted = BY_EXTENSION.get(extension_of(filename))
    if wanted is None:
        raise Refused(f"Files of this kind are not taken: upload {WORDS}.")
    declared = declared.split(";", 1)[0].strip().lower()
    if not wanted.may_be_declared(declared):
        raise Refused(f"The name of this file says it is {wanted.words}, but it was sent as {declared}.")
    return wanted
