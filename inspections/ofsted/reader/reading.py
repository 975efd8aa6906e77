"""The only call of the reader, which reads files of the register in a child process.

A page's first look is short, because somebody waits for it; the whole file is read in the background.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from inspections.ofsted.reader import tables as feed_tables
from inspections.ofsted.reader.feed import Feed, read_feed
from qa_portal.core.untrusted import BACKGROUND, MEGABYTE, Budget, read_in_child

A_LOOK = Budget(cpu_seconds=10, wall_seconds=20, memory_bytes=1024 * MEGABYTE)
A_FILE = Budget(cpu_seconds=90, wall_seconds=240, memory_bytes=2048 * MEGABYTE, answer_bytes=256 * MEGABYTE)
TOO_COSTLY = (
    "This file takes too long to read: keep only Ofsted’s own columns and rows, save it as CSV"
    " (File, Save as, “CSV UTF-8”) and upload that."
)


@dataclass(frozen=True)
class Offered:
    """A file that has passed the first look, and has not been read yet."""

    content: bytes
    filename: str


def offered(upload: UploadedFile) -> Offered:
    """Check what a short look at the upload shows. Raises Refused."""
    # One byte more than is read is enough for the reader to say that it is too many.
    content = upload.read(feed_tables.MOST_BYTES + 1)
    read_in_child(feed_tables.first_look, content, upload.name, budget=A_LOOK, refusal=TOO_COSTLY)
    return Offered(content, upload.name or "")


def feed_of(content: bytes, *, filename: str, as_at: dt.date | None = None) -> Feed:
    """Read the whole file in a child process. Raises Refused, in the reader's words."""
    return read_in_child(
        read_feed,
        content,
        filename=filename,
        as_at=as_at,
        budget=A_FILE,
        refusal=TOO_COSTLY,
        door=BACKGROUND,
    )
