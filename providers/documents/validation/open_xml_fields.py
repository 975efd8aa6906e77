"""Checks what a document's words may start: fields of Word, formulas and names of Excel."""

import re

from providers.documents.validation.links import is_allowed_link, quotable
from qa_portal.core.rules import Refused

FIELD = "This document has a field that is not taken ({}): select it, press Ctrl+Shift+F9 to keep its text, and save."
ELSEWHERE = "This file takes data or pictures from elsewhere ({}): save it as a PDF and upload that."
FORMULA = "This workbook has a formula that calls a program or another computer ({}): replace it by its value and save."
MACRO_NAME = "This workbook holds macros of an old kind (the name {}): delete the name, or save it as a PDF."
LINK = 'This file has a link that leads to no web page or mail address ("{}"): remove the link and save it again.'

FIELDS = frozenset(
    [
        "=",
        "ADDIN",
        "ADDRESSBLOCK",
        "ADVANCE",
        "AUTHOR",
        "AUTONUM",
        "AUTONUMLGL",
        "AUTONUMOUT",
        "AUTOTEXT",
        "AUTOTEXTLIST",
        "BARCODE",
        "BIBLIOGRAPHY",
        "BIDIOUTLINE",
        "CITATION",
        "COMMENTS",
        "COMPARE",
        "CREATEDATE",
        "DATE",
        "DISPLAYBARCODE",
        "DOCPROPERTY",
        "DOCVARIABLE",
        "EDITTIME",
        "EQ",
        "FILENAME",
        "FILESIZE",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "FORMTEXT",
        "GLOSSARY",
        "GOTOBUTTON",
        "GREETINGLINE",
        "HYPERLINK",
        "IF",
        "INDEX",
        "INFO",
        "KEYWORDS",
        "LASTSAVEDBY",
        "LISTNUM",
        "MERGEBARCODE",
        "MERGEFIELD",
        "MERGEREC",
        "MERGESEQ",
        "NEXT",
        "NEXTIF",
        "NOTEREF",
        "NUMCHARS",
        "NUMPAGES",
        "NUMWORDS",
        "PAGE",
        "PAGEREF",
        "PRINTDATE",
        "QUOTE",
        "REF",
        "REVNUM",
        "SAVEDATE",
        "SECTION",
        "SECTIONPAGES",
        "SEQ",
        "SET",
        "SHAPE",
        "SKIPIF",
        "STYLEREF",
        "SUBJECT",
        "SYMBOL",
        "TA",
        "TC",
        "TEMPLATE",
        "TIME",
        "TITLE",
        "TOA",
        "TOC",
        "USERADDRESS",
        "USERINITIALS",
        "USERNAME",
        "XE",
    ]
)
"""ECMA-376 part 1, 17.16.5: the fields that neither fetch, nor start, nor send anything."""
INNER = "\x01"
"""Stands where another field stands inside a field."""
WORD = re.compile(r"=|[A-Za-z]+")
PRESSED = re.compile(r'HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s]+)', re.IGNORECASE)

QUOTED = re.compile(r'"[^"]*"')
QUOTED_SHEET = re.compile(r"'[^']*'")
CALLS = re.compile(
    r"(?<![\w.])(?:_xlfn\.|_xludf\.|_xlws\.)*"
    r"(WEBSERVICE|IMAGE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|SQL\.\w+|EVALUATE|RUN|FOPEN|FWRITE\w*|INITIATE|EXECUTE|POKE"
    r"|DDE|GET\.\w+|HALT|FORMULA)\s*\(",
    re.IGNORECASE,
)
EXCHANGE = re.compile(r"\|[^\[\]|]*!")
AUTOMATIC = re.compile(r"(_xlnm\.|^)auto_(open|close|activate|deactivate)", re.IGNORECASE)
STARTED_BY = ("function", "vbProcedure", "xlm", "macro")


class Fields:
    """Follow the fields of one part, whose words may be spread over runs and lie within each other."""

    def __init__(self) -> None:
        self.open: list[list[str]] = [[]]

    def begin(self) -> None:
        self.open[-1].append(INNER)
        self.open.append([])

    def say(self, words: str) -> None:
        self.open[-1].append(words)

    def end(self) -> None:
        if len(self.open) > 1:
            check_field("".join(self.open.pop()))

    def finish(self) -> None:
        """Check the fields that were never closed as if they were."""
        while len(self.open) > 1:
            self.end()
        for words in "".join(self.open[0]).split(INNER):
            check_field(words)


def check_field(words: str) -> None:
    said = words.strip()
    if not said:
        return
    kind = WORD.match(said)
    if kind is None or kind[0].upper() not in FIELDS | {"MACROBUTTON"}:
        raise Refused(FIELD.format(quotable(kind[0] if kind else said) or "no name"))
    if kind[0].upper() == "MACROBUTTON" and "nomacro" not in said.lower().split()[1:2]:
        raise Refused(FIELD.format("MACROBUTTON"))
    pressed = PRESSED.match(said)
    if pressed and not pressed[1].startswith("\\") and not is_allowed_link(pressed[1]):
        raise Refused(LINK.format(quotable(pressed[1])))


def check_formula(formula: str) -> None:
    """Refuse calls out of the workbook and dynamic data exchange (program|topic!item)."""
    bare = QUOTED.sub("", formula)
    if call := CALLS.search(bare):
        raise Refused(FORMULA.format(quotable(call[1])))
    if "|" in bare and EXCHANGE.search(QUOTED_SHEET.sub("", bare)):
        raise Refused(FORMULA.format("dynamic data exchange"))


def check_name(attributes: dict[str, str]) -> None:
    """Refuse a name that runs something when the workbook opens, or that is a macro."""
    name = attributes.get("name", "")
    if AUTOMATIC.search(name) or any(attributes.get(key) in {"1", "true"} for key in STARTED_BY):
        raise Refused(MACRO_NAME.format(quotable(name)))
