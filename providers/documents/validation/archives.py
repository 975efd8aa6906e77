"""Office files are zip archives: what is in them, how large it gets, and what must not be there."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from providers.documents.validation.formats import DOCX, ODT, XLSX, Format
from providers.documents.validation.open_document import check_open_document
from providers.documents.validation.open_xml import check_open_xml, embedded_workbooks
from providers.documents.validation.reading_limits import MOST_MEMBERS, MOST_TIMES_SMALLER, UNPACKED
from providers.documents.validation.xml_reading import DAMAGED, Reading
from qa_portal.core.rules import Refused

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = (
    "This file is protected by a password or is in an old Office format:"
    " save it without a password as .docx, .xlsx or PDF."
)
TOO_LARGE_INSIDE = "This file unpacks to far more than it should hold: save it as a PDF and upload that."
NESTED = "This file has files within files: save it as a PDF and upload that."
ENCRYPTED_FLAG = 0x1
LINK, FILE_TYPE = 0o120000, 0o170000
CHUNK = 64 * 1024


def check_office_file(file: IO[bytes], wanted: Format) -> None:
    """Raise Refused with what to do about it."""
    check_archive(file, wanted, Reading(), within=False)


def check_archive(file: IO[bytes], wanted: Format, reading: Reading, *, within: bool) -> None:
    """`within` another file it is the workbook of a chart, which has none of its own."""
    file.seek(0)
    if file.read(len(OLD_OFFICE)) == OLD_OFFICE:
        raise Refused(LOCKED)
    with opened(file) as archive:
        members = archive.infolist()
        check_sizes(members)
        for member in members:
            check_member(member)
        check_is(archive, wanted)
        check_reads_to_the_end(archive, members)
        if wanted is ODT:
            check_open_document(archive, reading)
            return
        check_open_xml(archive, reading)
        for workbook in embedded_workbooks(archive):
            if within:
                raise Refused(NESTED)
            check_archive(workbook, XLSX, reading, within=True)


@contextmanager
def opened(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """Open an archive from its first byte: something before or after it makes two files in one.

    A broken archive raises as many exceptions as it has fields: all of them say damaged.
    """
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise Refused(DAMAGED)
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.comment:
                raise Refused(DAMAGED)
            yield archive
    except Refused:
        raise
    except Exception as error:
        raise Refused(DAMAGED) from error


def check_sizes(members: list[zipfile.ZipInfo]) -> None:
    """Check sizes as the archive gives them, before anything is unpacked."""
    if len({member.filename.lower() for member in members}) < len(members):
        raise Refused(DAMAGED)  # two parts of one name: one program reads the first, another the last
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > UNPACKED:
        raise Refused(TOO_LARGE_INSIDE)
    if any(member.file_size > MOST_TIMES_SMALLER * max(member.compress_size, 1024) for member in members):
        raise Refused(TOO_LARGE_INSIDE)


def check_member(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & ENCRYPTED_FLAG:
        raise Refused(LOCKED)
    parts = member.filename.replace("\\", "/").split("/")
    outside = member.filename.startswith(("/", "\\")) or ".." in parts
    if outside or (member.external_attr >> 16) & FILE_TYPE == LINK:
        raise Refused(DAMAGED)


def check_is(archive: zipfile.ZipFile, wanted: Format) -> None:
    names = archive.namelist()
    found = None
    if "[Content_Types].xml" in names:
        found = next(
            (
                one
                for one, folder in ((DOCX, "word/"), (XLSX, "xl/"))
                if any(n.startswith(folder) for n in names)
            ),
            None,
        )
    elif "mimetype" in names and archive.read("mimetype").strip() == ODT.content_type.encode():
        found = ODT
    if found is not wanted:
        what = f"it is {found.words}" if found else "its contents are something else"
        raise Refused(f"The name of this file says it is {wanted.words}, but {what}.")


def check_reads_to_the_end(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Read every member to its end: one that unpacks to other than its header says fails its checksum."""
    for member in members:
        with archive.open(member) as content:
            while content.read(CHUNK):
                pass
