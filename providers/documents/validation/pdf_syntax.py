"""The syntax of PDF (ISO 32000-1, 7.3), as far as finding what a file holds needs it.

A library's reader keeps one of two values with the same key, gives up quietly in the middle of a broken
dictionary and searches the whole file for a missing object. A viewer may do otherwise. This one keeps every
pair, names with their escapes resolved, without recursion, and stops at the end of one object.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from providers.documents.validation.reading_limits import MOST_TIMES_READ, MOST_VALUES

SPACE = rb"[\x00\t\n\x0c\r ]"
REGULAR = rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%]"
TOKEN = re.compile(
    rb"(?:%s++|%%[^\r\n]*+)*+" % SPACE
    + rb"(?:(?P<open><<|\[)|(?P<close>>>|\])|(?P<name>/%s*+)" % REGULAR
    + rb"|(?P<hex><)|(?P<string>\()|(?P<word>%s++)|(?P<other>.))" % REGULAR,
    re.DOTALL,
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PAREN = re.compile(rb"\\.|[()]", re.DOTALL)
IN_STRING = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
LETTERS = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\r\n": b"",
    b"\n": b"",
    b"\r": b"",
}
NO_DIGIT = re.compile(rb"[^0-9A-Fa-f]")
NUMBER = re.compile(rb"[+-]?[0-9]{1,40}")
PLAIN_WORD = re.compile(rb"true|false|null|[+\-0-9.]+")
JUNK = object()
"""Stands for what is no value, which one viewer skips and another takes for one."""
ENDS = frozenset({b"endobj", b"obj", b"stream", b"endstream", b"xref", b"trailer", b"startxref"})


class TooMuch(Exception):
    """A file holds more than anybody reads, or its objects overlap so that reading them costs too much."""


class Name(str):
    """A name without its stroke, its escapes resolved."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Reference:
    number: int


@dataclass(slots=True)
class Pairs:
    """A dictionary with every pair that was written, in order. `is_stream` where data follow it."""

    pairs: list[tuple[str, object]]
    is_stream: bool = False

    def all(self, key: str) -> list[object]:
        return [value for name, value in self.pairs if name == key]

    def names(self, key: str) -> set[str]:
        return {value for value in self.all(key) if isinstance(value, Name)}

    def has(self, *keys: str) -> bool:
        return any(name in keys for name, _ in self.pairs)


@dataclass(slots=True)
class PdfBudget:
    """What may still be read; shared by all the objects of one file."""

    bytes: int
    values: int = MOST_VALUES

    @classmethod
    def of(cls, size: int) -> "PdfBudget":
        return cls(MOST_TIMES_READ * size + 1024 * 1024)

    def spend(self, *, bytes: int, values: int) -> None:
        self.bytes -= bytes
        self.values -= values
        if self.bytes < 0 or self.values < 0:
            raise TooMuch


@dataclass(slots=True)
class _Open:
    is_dictionary: bool
    items: list = field(default_factory=list)

    def closed(self) -> object:
        return Pairs(_paired(self.items)) if self.is_dictionary else self.items


def read_object(content: bytes, at: int, budget: PdfBudget) -> tuple[object, int]:
    """One object and where it ends, None where there is none.

    What its end does not close is closed there, and only outside every bracket is a word its end: viewers read
    on to the bracket that closes, so "/X obj /S /JavaScript >>" is one dictionary.
    """
    waiting, value = [_Open(is_dictionary=False)], 0
    began = at
    while found := TOKEN.match(content, at):
        at, kind, text = found.end(), found.lastgroup, found[found.lastgroup or 0]
        value += 1
        if kind == "open":
            waiting.append(_Open(is_dictionary=text == b"<<"))
            continue
        if kind == "word" and text in ENDS and len(waiting) == 1:
            break
        if kind == "close":
            if len(waiting) > 1 and waiting[-1].is_dictionary is (text == b">>"):
                closed = waiting.pop().closed()
                waiting[-1].items.append(closed)
            else:
                waiting[-1].items.append(JUNK)
        elif kind in ("string", "hex"):
            text, at = _string(content, at) if kind == "string" else _hex(content, at)
            waiting[-1].items.append(text)
        else:
            _add(waiting[-1].items, kind, text)
        if len(waiting) == 1 and kind != "word":
            break
        if value % 1024 == 0:
            budget.spend(bytes=at - began, values=1024)
            began = at
    budget.spend(bytes=at - began, values=value % 1024 + 1)
    while len(waiting) > 1:
        closed = waiting.pop().closed()
        waiting[-1].items.append(closed)
    items = waiting[0].items
    return (items[0] if items and items[0] is not JUNK else None), at


def _add(items: list, kind: str | None, text: bytes) -> None:
    if kind == "name":
        items.append(name_of(text))
    elif text == b"R" and len(items) > 1 and all(isinstance(one, int) for one in items[-2:]):
        number = items[-2]
        items[-2:] = [Reference(number)]
    elif kind == "word":
        items.append(_number(text) if PLAIN_WORD.fullmatch(text) else JUNK)
    else:
        items.append(JUNK)


def _paired(items: list) -> list[tuple[str, object]]:
    """Keys with what follows them. In a broken dictionary every name is a key: viewers differ in where they go on."""
    keys, values = items[::2], items[1::2]
    if len(keys) == len(values) and JUNK not in items and all(isinstance(key, Name) for key in keys):
        return [(str(key), value) for key, value in zip(keys, values, strict=True)]
    plain = [one for one in items if one is not JUNK]
    return [
        (str(one), None if following is JUNK else following)
        for row in (items, plain)
        for one, following in zip(row, [*row[1:], None], strict=True)
        if isinstance(one, Name)
    ]


@lru_cache(maxsize=4096)
def name_of(text: bytes) -> Name:
    return Name(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text[1:]).decode("latin-1"))


def _number(text: bytes) -> object:
    return int(text) if NUMBER.fullmatch(text) else None


def _hex(content: bytes, at: int) -> tuple[bytes, int]:
    """Return a hexadecimal string up to its closing bracket, passing over other letters as viewers do."""
    end = content.find(b">", at)
    digits = NO_DIGIT.sub(b"", content[at : end if end >= 0 else len(content)])
    text = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return text, end + 1 if end >= 0 else len(content)


def _string(content: bytes, at: int) -> tuple[bytes, int]:
    """Return what is between balanced brackets, to the end of the file when they are not closed."""
    depth, began = 1, at
    for found in PAREN.finditer(content, at):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if not depth:
            return _plain(content[began : found.start()]), found.end()
    return content[began:], len(content)


def _plain(text: bytes) -> bytes:
    return IN_STRING.sub(_letter, text) if b"\\" in text else text


def _letter(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8) & 255]) if code[:1] in b"01234567" else LETTERS.get(code, code)
