"""Word and Excel files: only the parts, types, relationships, fields and formulas that they need by themselves."""

import io
import re
import zipfile
from typing import IO

from providers.documents.validation.links import is_allowed_link, quotable
from providers.documents.validation.open_xml_fields import (
    ELSEWHERE,
    LINK,
    Fields,
    check_field,
    check_formula,
    check_name,
)
from providers.documents.validation.open_xml_parts import (
    KINDS,
    OBJECT,
    PARTS,
    PROGRAM,
    RELATIONSHIPS,
    SCHEMAS,
    TYPES,
    what_it_is,
)
from providers.documents.validation.xml_reading import Reading
from qa_portal.core.rules import Refused

NOT_TAKEN = "This file holds {} ({}): save it without, or as a PDF, and upload that."
TEMPLATE = (
    "This document takes its template from another computer ({}): in Word, choose Developer, Document Template,"
    " attach Normal and save."
)
LOCAL_TEMPLATE = re.compile(r"(file:///)?[A-Za-z]:([\\/]|%5C)|[^\\/:%]+\.do[ct][xm]?$", re.IGNORECASE)
NEVER = {
    **dict.fromkeys(["altChunk", "subDoc", "oleLink"], OBJECT),
    **dict.fromkeys(
        ["ddeLink", "connectString", "dataSource", "udl", "webVideoPr", "externalBook"], "data from elsewhere"
    ),
    **dict.fromkeys(["ocx", "customUI"], PROGRAM),
}
OUTSIDE = re.compile(r"\s*([a-z][a-z0-9+.\-]*:|[\\/]{2})", re.IGNORECASE)
FETCHED = (("imagedata", "src"), ("imagedata", "href"), ("fill", "src"), ("stroke", "src"), ("fill", "href"))
VML_FETCHED = re.compile(
    rb"(?i)<!DOCTYPE|<!ENTITY|\b(?:src|href)\s*=\s*[\"']\s*(?:[a-z][a-z0-9+.\-]*:|[\\/]{2})"
)
FORMULAS = frozenset(
    ["f", "definedName", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula"]
)
UNREAD = (".xlsx", ".odttf", ".fntdata", ".dat")
"""Looked at by themselves; scrambled fonts; what Office has thrown away."""
PROGRAMS = (b"\xd0\xcf\x11\xe0", b"\x7fELF", b"MZ", b"PK\x03\x04")


def check_open_xml(archive: zipfile.ZipFile, reading: Reading) -> None:
    """Raise Refused for the first part that is not taken."""
    names = [name for name in archive.namelist() if not name.endswith("/")]
    for name in names:
        if not (PARTS.fullmatch(name) or RELATIONSHIPS.fullmatch(name)):
            raise Refused(NOT_TAKEN.format(what_it_is(name), quotable(name)))
    check_types(archive, names, reading)
    for name in names:
        with archive.open(name) as content:
            check_part(name.lower(), content, reading)


def check_types(archive: zipfile.ZipFile, names: list[str], reading: Reading) -> None:
    """Return the content type of each part; one without a type is judged by its place alone."""
    by_name: dict[str, list[str]] = {}
    by_extension: dict[str, list[str]] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        if element == "Override":
            by_name.setdefault(attributes.get("PartName", "").lower(), []).append(kind)
        elif element == "Default":
            by_extension.setdefault(attributes.get("Extension", "").lower(), []).append(kind)

    with archive.open("[Content_Types].xml") as content:
        reading.read("[Content_Types].xml", content, start=start)
    for name in names:
        low = name.lower()
        for kind in by_name.get(f"/{low}") or by_extension.get(low.rpartition(".")[2], []):
            if not TYPES.fullmatch(kind.split(";")[0].strip()):
                raise Refused(NOT_TAKEN.format(what_it_is(kind), quotable(name)))


def check_part(name: str, content: IO[bytes], reading: Reading) -> None:
    if name.endswith(".rels"):
        reading.read(name, content, start=check_relationship)
    elif name.endswith(".vml"):
        check_vml(name, content.read())
    elif name.endswith((".xml", ".psmdcp")):
        check_words(name, content, reading)
    elif not name.endswith(UNREAD) and content.read(4).startswith(PROGRAMS):
        raise Refused(NOT_TAKEN.format(OBJECT, quotable(name)))


def check_relationship(element: str, attributes: dict[str, str]) -> None:
    """Its type is on the list, and only links lead out of the file."""
    if element != "Relationship":
        return
    kind, target = attributes.get("Type", ""), attributes.get("Target", "")
    last = kind.rpartition("/")[2]
    if not kind.startswith(SCHEMAS) or last.lower() not in KINDS:
        raise Refused(NOT_TAKEN.format(what_it_is(last), quotable(last)))
    outside = attributes.get("TargetMode", "").strip().lower() == "external" or OUTSIDE.match(target)
    if last.lower() == "attachedtemplate":
        if not LOCAL_TEMPLATE.match(target):
            raise Refused(TEMPLATE.format(quotable(target)))
    elif last.lower() == "hyperlink":
        if outside and not is_allowed_link(target):
            raise Refused(LINK.format(quotable(target)))
    elif outside:
        raise Refused(ELSEWHERE.format(f"{last}: {quotable(target)}"))


def check_vml(name: str, drawing: bytes) -> None:
    """Excel writes it as no XML reader takes it, so it is searched."""
    if VML_FETCHED.search(drawing) or b"\x00" in drawing:
        raise Refused(ELSEWHERE.format(quotable(name)))


def check_words(name: str, content: IO[bytes], reading: Reading) -> None:
    words = Words(name)
    reading.read(name, content, start=words.start, end=words.end, text=words.text)
    words.fields.finish()


class Words:
    """Elements of one part that start something, and the words of its fields and formulas."""

    def __init__(self, name: str) -> None:
        self.name, self.fields = name, Fields()
        self.heard: list[str] | None = None

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element in NEVER and not self.name.startswith("customxml/"):
            raise Refused(NOT_TAKEN.format(NEVER[element], f"{element} in {quotable(self.name)}"))
        if element == "DataMashup":
            raise Refused(NOT_TAKEN.format("a query to data elsewhere", "Power Query"))
        if element == "OLEObject" and attributes.get("Type", "").lower() == "link":
            raise Refused(NOT_TAKEN.format(OBJECT, quotable(self.name)))
        if any(element == one and OUTSIDE.match(attributes.get(key, "")) for one, key in FETCHED):
            raise Refused(ELSEWHERE.format(quotable(self.name)))
        if element == "fldSimple":
            check_field(attributes.get("instr", ""))
        elif element == "fldChar":
            {"begin": self.fields.begin, "end": self.fields.end}.get(
                attributes.get("fldCharType", ""), _nothing
            )()
        elif element == "definedName":
            check_name(attributes)
        if element in {"instrText", "delInstrText"} | FORMULAS:
            self.heard = []

    def text(self, letters: str) -> None:
        if self.heard is not None:
            self.heard.append(letters)

    def end(self, element: str) -> None:
        if self.heard is None:
            return
        if element in {"instrText", "delInstrText"}:
            self.fields.say("".join(self.heard))
            self.heard = None
        elif element in FORMULAS:
            check_formula("".join(self.heard))
            self.heard = None


def _nothing() -> None:
    """Stop collecting a field's words: what follows is its result."""


def embedded_workbooks(archive: zipfile.ZipFile) -> list[io.BytesIO]:
    """Check the workbooks behind charts and tables the same way; they hold none themselves."""
    return [io.BytesIO(archive.read(name)) for name in archive.namelist() if name.lower().endswith(".xlsx")]
