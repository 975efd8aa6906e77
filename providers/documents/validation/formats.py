"""The kinds of file that are taken, and by which names and declarations they come."""

from dataclasses import dataclass
from enum import StrEnum

UNDECLARED = frozenset({"", "application/octet-stream", "binary/octet-stream"})
"""What a browser says of a file whose program is not installed."""
ZIPPED = frozenset({"application/zip", "application/x-zip-compressed"})
OLD_NAMES = frozenset({"application/msword", "application/vnd.ms-excel", "application/vnd.ms-office"})
"""What a sender's machine that has an old Office, or a mail program, says of the new kinds."""
OPEN_XML = "application/vnd.openxmlformats-officedocument"


class Family(StrEnum):
    PDF = "pdf"
    OFFICE = "office"
    PICTURE = "picture"
    TEXT = "text"


@dataclass(frozen=True)
class Format:
    """`content_type` is what it is served as, whatever the sender declared."""

    words: str
    family: Family
    content_type: str
    extensions: tuple[str, ...]
    also_declared: frozenset[str] = frozenset()

    def may_be_declared(self, content_type: str) -> bool:
        return content_type in {self.content_type, *self.also_declared, *UNDECLARED}


PDF = Format("a PDF", Family.PDF, "application/pdf", (".pdf",), frozenset({"application/x-pdf"}))
DOCX = Format(
    "a Word document", Family.OFFICE, f"{OPEN_XML}.wordprocessingml.document", (".docx",), ZIPPED | OLD_NAMES
)
XLSX = Format(
    "an Excel workbook", Family.OFFICE, f"{OPEN_XML}.spreadsheetml.sheet", (".xlsx",), ZIPPED | OLD_NAMES
)
ODT = Format(
    "an OpenDocument text", Family.OFFICE, "application/vnd.oasis.opendocument.text", (".odt",), ZIPPED
)
JPEG = Format(
    "a JPEG picture",
    Family.PICTURE,
    "image/jpeg",
    (".jpg", ".jpeg", ".jpe", ".jfif"),
    frozenset({"image/jpg", "image/pjpeg", "image/jfif"}),
)
PNG = Format("a PNG picture", Family.PICTURE, "image/png", (".png",), frozenset({"image/x-png"}))
CSV = Format(
    "a CSV file",
    Family.TEXT,
    "text/csv",
    (".csv",),
    frozenset({"text/plain", "application/csv", "application/vnd.ms-excel"}),
)
TXT = Format("a text file", Family.TEXT, "text/plain", (".txt",))

FORMATS = (PDF, DOCX, XLSX, ODT, JPEG, PNG, CSV, TXT)
BY_EXTENSION = {extension: one for one in FORMATS for extension in one.extensions}
ACCEPT = ",".join(BY_EXTENSION)
WORDS = "PDF, Word (docx), Excel (xlsx), OpenDocument (odt), CSV, text, JPG or PNG"
