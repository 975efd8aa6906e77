"""OpenDocument texts: only the parts, elements and links that they need by themselves (OASIS ODF 1.3)."""

import re
import zipfile
from functools import partial

from providers.documents.validation.links import is_allowed_link, quotable
from providers.documents.validation.open_xml_fields import ELSEWHERE, LINK, check_formula
from providers.documents.validation.xml_reading import Reading
from qa_portal.core.rules import Refused

NOT_TAKEN = "This file holds {} ({}): save it without, or as a PDF, and upload that."
LOCKED = "This file is protected by a password: save it without one and upload that."
PROGRAM, OBJECT, DATA, OTHER = (
    "macros or other program code",
    "an object of another program",
    "data from elsewhere",
    "a part that a plain document does not need",
)
OWN = r"(Object \d+/)*"
PARTS = re.compile(
    rf"mimetype|{OWN}(content|styles|meta|settings)\.xml|manifest\.rdf|layout-cache"
    r"|META-INF/(manifest|documentsignatures)\.xml|Thumbnails/thumbnail\.png"
    rf"|{OWN}Pictures/[^/]+\.(png|jpe?g|gif|bmp|svg|svm|tiff?|emf|wmf|webp)|{OWN}ObjectReplacements/[^/]+"
    r"|Fonts/[^/]+\.(ttf|otf|ttc)|Configurations2/.*",
    re.IGNORECASE,
)
NEVER = {
    **dict.fromkeys(["event-listener", "execute-macro", "script", "applet", "plugin"], PROGRAM),
    **dict.fromkeys(["object-ole", "floating-frame"], OBJECT),
    **dict.fromkeys(
        [
            "dde-source",
            "dde-connection",
            "dde-connection-decl",
            "dde-link",
            "connection-resource",
            "auto-reload",
        ],
        DATA,
    ),
}
SCRIPTED = re.compile(r"\s*(vnd\.sun\.star\.|macro:|javascript:|service:|slot:|\.uno:)", re.IGNORECASE)
OUTSIDE = re.compile(r"\s*([a-z][a-z0-9+.\-]*:|[\\/]|\.\.[\\/])", re.IGNORECASE)
PRESSED = {"a"}
TEMPLATE_OUTSIDE = re.compile(r"\s*((?!file:///)[a-z][a-z0-9+.\-]+:|[\\/]{2})", re.IGNORECASE)


def check_open_document(archive: zipfile.ZipFile, reading: Reading) -> None:
    """Raise Refused for the first part that is not taken."""
    for member in archive.infolist():
        name = member.filename
        if not PARTS.fullmatch(name) or (name.startswith("Configurations2/") and member.file_size):
            raise Refused(NOT_TAKEN.format(what_it_is(name), quotable(name)))
        if member.file_size and name.endswith((".xml", ".rdf")):
            with archive.open(name) as content:
                reading.read(name, content, start=partial(check_element, name))


def what_it_is(name: str) -> str:
    if re.match(r"basic/|scripts/|dialogs/|configurations2/", name, re.IGNORECASE):
        return PROGRAM
    return OBJECT if name.lower().startswith("object") else OTHER


def check_element(part: str, element: str, attributes: dict[str, str]) -> None:
    if element in NEVER and not (element == "script" and not attributes):
        raise Refused(NOT_TAKEN.format(NEVER[element], f"{element} in {quotable(part)}"))
    if element == "encryption-data":
        raise Refused(LOCKED)
    for key, value in attributes.items():
        if SCRIPTED.match(value) and key in {"href", "command", "macro-name", "url"}:
            raise Refused(NOT_TAKEN.format(PROGRAM, quotable(value)))
        if key in {"formula", "condition"}:
            check_formula(value)
    check_address(element, attributes.get("href", ""))


def check_address(element: str, address: str) -> None:
    """Check what a part refers to: links by `links.py`, a template on the writer's machine, else parts within."""
    if element in PRESSED:
        if not is_allowed_link(address):
            raise Refused(LINK.format(quotable(address)))
    elif element == "template":
        if TEMPLATE_OUTSIDE.match(address):
            raise Refused(ELSEWHERE.format(quotable(address)))
    elif OUTSIDE.match(address):
        raise Refused(ELSEWHERE.format(quotable(address)))
