"""PDFs: whole, readable by anybody, and without programs."""

import zipfile
from typing import IO

from qa_portal.core.rules import Refused

TAIL = 2048
DAMAGED = "This PDF is damaged or was cut short: open it, print it to PDF and upload the new copy."
LOCKED = "This PDF is protected by a password: print it to PDF without one and upload the new copy."
NOT_A_PDF = "The name of this file says it is a PDF, but its contents are something else."
LONGEST_CHAIN = 20
PLAYERS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/3D"}
PROGRAM = "This PDF holds a program or other files: print it to PDF and upload the new copy."


def check_pdf(file: IO[bytes]) -> None:
    file.seek(0)
    if not file.read(5) == b"%PDF-":
        raise Refused(NOT_A_PDF)
    size = file.seek(0, 2)
    file.seek(max(size - TAIL, 0))
    if b"%%EOF" not in file.read():
        raise Refused(DAMAGED)
    if zipfile.is_zipfile(file):
        raise Refused(NOT_A_PDF)
    check_inside(file)


def check_inside(file: IO[bytes]) -> None:
    """Many things go wrong in a PDF, and the reader raises as many exceptions: all of them say damaged."""
    from pypdf import PdfReader  # large, and few requests need it

    file.seek(0)
    try:
        reader = PdfReader(file)
        locked = reader.is_encrypted
        pages = 0 if locked else len(reader.pages)
        active = not locked and (
            has_program(reader.trailer["/Root"].get_object()) or any(map(page_has_program, reader.pages))
        )
    except Exception as error:
        raise Refused(DAMAGED) from error
    if locked:
        raise Refused(LOCKED)
    if active:
        raise Refused(PROGRAM)
    if not pages:
        raise Refused(DAMAGED)


def has_program(root) -> bool:
    """Scripts and files of the whole document; those that opening it starts."""
    names, start = part_of(root, "/Names"), part_of(root, "/OpenAction")
    if "/JavaScript" in names or "/EmbeddedFiles" in names or "/AA" in root:
        return True
    return starts_something(start)


def page_has_program(page) -> bool:
    """What turning to it starts, or a press on something that lies on it; files and players that lie on it."""
    if "/AA" in page:
        return True
    lying = part_of(page, "/Annots")
    found = [one.get_object() for one in lying] if isinstance(lying, list) else []
    return any(
        one.get("/Subtype") in PLAYERS or "/AA" in one or starts_something(part_of(one, "/A"))
        for one in found
        if isinstance(one, dict)
    )


def starts_something(action, depth: int = 0) -> bool:
    """It, or one of those that come after it."""
    if not isinstance(action, dict) or not action:
        return False
    if depth > LONGEST_CHAIN:
        return True
    if action.get("/S") in {"/JavaScript", "/Launch", "/ImportData"}:
        return True
    following = part_of(action, "/Next")
    after = following if isinstance(following, list) else [following]
    return any(starts_something(one.get_object() if one else one, depth + 1) for one in after)


def part_of(root, key: str):
    """Followed where it is a reference; empty where it is not there, or leads nowhere, which says the same."""
    found = root.get(key)
    found = None if found is None else found.get_object()
    return found if isinstance(found, dict | list) else {}
