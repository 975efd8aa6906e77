"""Every object of a PDF: of its table, of earlier revisions, of none, and of its object streams.

Found by reading the file from its first byte to its last and not by following references, so each is read
once however many lead to it, and what no reference leads to is read as well.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from providers.documents.validation.budgets import MOST_OBJECTS, UNPACKED
from providers.documents.validation.pdf_syntax import (
    SPACE,
    Budget,
    Name,
    Pairs,
    Reference,
    TooMuch,
    read_object,
)

HEADER = re.compile(rb"(?P<number>[0-9]{1,10})%s++[0-9]{1,10}%s++obj|trailer" % (SPACE, SPACE))
LATER_HEADER = re.compile(
    rb"(?:%s|%%[^\r\n]*+[\r\n])*+([0-9]{1,10})(?:%s|%%[^\r\n]*+[\r\n])++[0-9]{1,10}(?:%s|%%[^\r\n]*+[\r\n])++obj"
    % (SPACE, SPACE, SPACE)
)
STREAM = re.compile(rb"(?:%s|%%[^\r\n]*+[\r\n])*+stream\r?\n?" % SPACE)
END = b"endstream"


@dataclass(frozen=True, slots=True)
class Found:
    """One object. `sealed_as` is the number its strings are encrypted with, 0 where they are not."""

    number: int
    value: object
    sealed_as: int = 0


class Objects:
    """All objects of `content`; `reader` knows its table and, where it is encrypted, how to open it."""

    def __init__(self, content: bytes, reader: Any) -> None:
        self.content, self.reader = content, reader
        self.budget = Budget.of(len(content))
        self.unpacked = 0
        self.places: dict[int, list[tuple[bytes, int, int]]] = {}

    def __iter__(self) -> Iterator[Found]:
        count = 0
        for number, at in self._starts():
            for found in self._read(number, at):
                count += 1
                if count > MOST_OBJECTS:
                    raise TooMuch
                yield found

    def with_number(self, number: int) -> list[Found]:
        """All that ever had this number, in whichever revision."""
        return [
            Found(number, read_object(source, at, self.budget)[0], sealed)
            for source, at, sealed in self.places.get(number, [])
        ]

    def _starts(self) -> Iterator[tuple[int, int]]:
        """Numbers and where the object after its header begins. A trailer is number 0."""
        seen = set()
        for header in HEADER.finditer(self.content):
            seen.add(header.end())
            yield int(header["number"] or 0), header.end()
        for offset in {one for table in self.reader.xref.values() for one in table.values()}:
            header = LATER_HEADER.match(self.content, offset) if 0 <= offset < len(self.content) else None
            if header and header.end() not in seen:
                seen.add(header.end())
                yield int(header[1]), header.end()

    def _read(self, number: int, at: int) -> Iterator[Found]:
        value, end = read_object(self.content, at, self.budget)
        data = STREAM.match(self.content, end) if isinstance(value, Pairs) else None
        if isinstance(value, Pairs) and data:
            value.is_stream = True
        self.places.setdefault(number, []).append((self.content, at, number))
        yield Found(number, value, number)
        if isinstance(value, Pairs) and data and _holds_objects(value):
            yield from self._packed(number, value, data.end())

    def _packed(self, number: int, stream: Pairs, at: int) -> Iterator[Found]:
        unpacked = self._unpacked(number, stream, at)
        self.unpacked += len(unpacked)
        if self.unpacked > UNPACKED:
            raise TooMuch
        self.budget.bytes += 4 * len(unpacked)
        first = _whole(stream, "First") or 0
        head = [int(digits[:12]) for digits in re.findall(rb"[0-9]++", unpacked[:first])]
        for inner, offset in set(zip(head[::2], head[1::2], strict=False)):
            self.places.setdefault(inner, []).append((unpacked, first + offset, 0))
            yield Found(inner, read_object(unpacked, first + offset, self.budget)[0])

    def _unpacked(self, number: int, stream: Pairs, at: int) -> bytes:
        from pypdf.filters import decode_stream_data
        from pypdf.generic import NameObject, StreamObject

        made = StreamObject()
        for key, value in stream.pairs:
            if key in {"Filter", "DecodeParms"}:
                made[NameObject(f"/{key}")] = _for_library(value)
        made._data = self.content[at : self._end(stream, at)]
        if self.reader.is_encrypted:
            made = self.reader._encryption.decrypt_object(made, number, 0)
        return decode_stream_data(made)

    def _end(self, stream: Pairs, at: int) -> int:
        """Where the length says, if the data end there; else at the word that ends them."""
        for length in stream.all("Length"):
            known = [length] if isinstance(length, int) else []
            if isinstance(length, Reference):
                known = [one.value for one in self.with_number(length.number) if isinstance(one.value, int)]
            for one in known:
                if self.content[at + one : at + one + 20].lstrip().startswith(END):
                    return at + one
        end = self.content.find(END, at)
        return end if end >= 0 else len(self.content)

    def plain(self, text: bytes, sealed_as: int) -> str:
        """A text string, opened where the file is encrypted, as its letters."""
        from pypdf.generic import ByteStringObject, create_string_object

        if sealed_as and self.reader.is_encrypted:
            opened = self.reader._encryption.decrypt_object(ByteStringObject(text), sealed_as, 0)
            text = opened.original_bytes
        return str(create_string_object(text))


def _holds_objects(stream: Pairs) -> bool:
    return "ObjStm" in stream.names("Type") or stream.has("First")


def _whole(stream: Pairs, key: str) -> int | None:
    return next((value for value in stream.all(key) if isinstance(value, int)), None)


def _for_library(value: object) -> Any:
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, NumberObject

    if isinstance(value, Name):
        return NameObject(f"/{value}")
    if isinstance(value, int):
        return NumberObject(value)
    if isinstance(value, list):
        return ArrayObject([_for_library(one) for one in value])
    if isinstance(value, Pairs):
        return DictionaryObject({NameObject(f"/{key}"): _for_library(one) for key, one in value.pairs})
    return NullObject()
