"""XML without a document type, so without entities; each element told once, whatever its namespace's prefix.

Names come without their prefix: a document may write the same element under any prefix it likes.
"""

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from providers.documents.validation.reading_limits import MOST_ELEMENTS
from qa_portal.core.rules import Refused

CHUNK = 64 * 1024
DAMAGED = "This file is damaged or was cut short: open it, save it again and upload the new copy."
DOCTYPE = "This file has a part ({}) that declares a document type, which no Office program writes: save it as a PDF."
TOO_MUCH = "This file holds more than can be checked: save it as a PDF and upload that."
TWICE = "This file has a part ({}) that says {} twice, which no Office program writes: save it as a PDF."
JUDGED = frozenset(
    {
        "Target",
        "TargetMode",
        "Type",
        "PartName",
        "ContentType",
        "Extension",
        "instr",
        "fldCharType",
        "src",
        "href",
    }
    | {"formula", "condition", "command", "macro-name", "url", "function", "vbProcedure", "xlm"}
)
"""Attributes that decide whether a file is taken. A second one under another prefix would hide the first."""
Told = Callable[[str, dict[str, str]], None]


class Reading:
    """Reads the parts of one file; `left` is how many elements they may still have together."""

    def __init__(self, left: int = MOST_ELEMENTS) -> None:
        self.left = left

    def read(
        self,
        part: str,
        content: IO[bytes],
        *,
        start: Told,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Call `start(name, attributes)`, `end(name)` and `text(letters)` in order. Raise Refused."""
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def no_doctype(*_: object) -> None:
            raise Refused(DOCTYPE.format(part))

        def started(name: str, attributes: dict[str, str]) -> None:
            self.left -= 1
            if self.left < 0:
                raise Refused(TOO_MUCH)
            start(local(name), plain(part, attributes) if attributes else {})

        parser.StartDoctypeDeclHandler = no_doctype
        parser.StartElementHandler = started
        if end:
            parser.EndElementHandler = lambda name: end(local(name))
        if text:
            parser.CharacterDataHandler = text
        try:
            while chunk := content.read(CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Refused(DAMAGED) from error


def plain(part: str, attributes: dict[str, str]) -> dict[str, str]:
    """Attributes without their prefixes. Raises Refused where that would hide one that is judged."""
    found = {local(key): value for key, value in attributes.items()}
    if len(found) < len(attributes):
        names = [local(key) for key in attributes]
        for name in names:
            if name in JUDGED and names.count(name) > 1:
                raise Refused(TWICE.format(part, name))
    return found


def local(name: str) -> str:
    return name.rpartition(":")[2]
