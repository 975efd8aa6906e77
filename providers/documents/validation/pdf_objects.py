"""Every object of a PDF: of its table, of earlier revisions, of none, and of its object streams.

Found by reading the file from its first byte to its last and not by following references, so each is read
once however many lead to it, and what no reference leads to is read as well.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from providers.documents.validation.pdf_syntax import (
    SPACE,
    Name,
    Pairs,
    PdfBudget,
    Reference,
    TooMuch,
    read_object,
)
from providers.documents.validation.reading_limits import MOST_COMMENTS_TOGETHER, MOST_OBJECTS, UNPACKED

GAP = rb"(?:%s|%%[^\r\n]*+[\r\n])" % SPACE
COMMENTS_ON_END = re.compile(rb"(?:%%[^\r\n]*+[\r\n]%s*+){%d}" % (SPACE, MOST_COMMENTS_TOGETHER))
HEADER = re.compile(rb"(?<![0-9])(?P<number>[0-9]++)%s++[+-]?[0-9]++%s*+obj|trailer" % (GAP, GAP))
LATER_HEADER = re.compile(rb"%s*+[+-]?([0-9]++)%s++[+-]?[0-9]++%s*+obj" % (GAP, GAP, GAP))
"""Numbers as long, signed, apart by comments or close to the next word as viewers take them."""
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
        self.budget = PdfBudget.of(len(content))
        self.unpacked = 0
        self.places: dict[int, list[tuple[bytes, int, int]]] = {}
        self.packed: list[tuple[int, Pairs, int]] = []

    def __iter__(self) -> Iterator[Found]:
        for count, found in enumerate(self._all()):
            if count >= MOST_OBJECTS:
                raise TooMuch
            yield found

    def _all(self) -> Iterator[Found]:
        """Object streams last: how long one is may be told by an object that comes after it."""
        if COMMENTS_ON_END.search(self.content):  # each number among them could be where a header begins
            raise TooMuch
        for number, at in self._starts():
            yield self._read(number, at)
        for number, stream, at in self.packed:
            yield from self._packed(number, stream, at)

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
            later = LATER_HEADER.match(self.content, offset) if 0 <= offset < len(self.content) else None
            if later and later.end() not in seen:
                seen.add(later.end())
                yield int(later[1]), later.end()

    def _read(self, number: int, at: int) -> Found:
        value, end = read_object(self.content, at, self.budget)
        data = STREAM.match(self.content, end) if isinstance(value, Pairs) else None
        if isinstance(value, Pairs) and data:
            value.is_stream = True
            if _holds_objects(value):
                self.packed.append((number, value, data.end()))
        self.places.setdefault(number, []).append((self.content, at, number))
        return Found(number, value, number)

    def _packed(self, number: int, stream: Pairs, at: int) -> Iterator[Found]:
        """Raise ValueError where a viewer could find another object than the one that is read here."""
        unpacked = self._unpacked(number, stream, at)
        self.unpacked += len(unpacked)
        if self.unpacked > UNPACKED:
            raise TooMuch
        self.budget.bytes += 4 * len(unpacked)
        first, count = _whole(stream, "First"), _whole(stream, "N")
        head = unpacked[:first].split()
        if len(head) < 2 * count or len(head) % 2 or not all(one.isdigit() and len(one) < 12 for one in head):
            raise ValueError("an object stream whose list of objects cannot be read")
        for inner, offset in {
            (int(one), int(other)) for one, other in zip(head[::2], head[1::2], strict=True)
        }:
            if first + offset >= len(unpacked):
                raise ValueError("an object behind the end of its stream")
            self.places.setdefault(inner, []).append((unpacked, first + offset, 0))
            yield Found(inner, read_object(unpacked, first + offset, self.budget)[0])

    def _unpacked(self, number: int, stream: Pairs, at: int) -> bytes:
        from pypdf.filters import decode_stream_data
        from pypdf.generic import NameObject, StreamObject

        made = StreamObject()
        for key in ("Filter", "DecodeParms"):
            for value in stream.all(key):
                if NameObject(f"/{key}") in made:
                    raise ValueError("an object stream that is packed in two ways")
                made[NameObject(f"/{key}")] = _for_library(value)
        made._data = self.content[at : self._end(stream, at)]
        if self.reader.is_encrypted:
            made = self.reader._encryption.decrypt_object(made, number, 0)
        return decode_stream_data(made) if "/Filter" in made else bytes(made._data)

    def _end(self, stream: Pairs, at: int) -> int:
        """Return the end by the stated length; the word that ends the data may occur in them too, so it proves nothing alone."""
        told = set()
        for length in stream.all("Length"):
            if isinstance(length, Reference):
                told |= {one.value for one in self.with_number(length.number)}
            else:
                told.add(length)
        ends = {
            at + one
            for one in told
            if isinstance(one, int)
            and one >= 0
            and self.content[at + one : at + one + 20].lstrip().startswith(END)
        }
        if len(ends) != 1:
            raise ValueError("an object stream without one length")
        return ends.pop()

    def plain(self, text: bytes, sealed_as: int) -> str:
        """Return a text string, decrypted where the file is encrypted."""
        from pypdf.generic import ByteStringObject, create_string_object

        if sealed_as and self.reader.is_encrypted:
            opened = self.reader._encryption.decrypt_object(ByteStringObject(text), sealed_as, 0)
            text = opened.original_bytes
        return str(create_string_object(text))


def _holds_objects(stream: Pairs) -> bool:
    return "ObjStm" in stream.names("Type") or stream.has("First")


def _whole(stream: Pairs, key: str) -> int:
    """Return the number under a key. Raise ValueError unless it is there once."""
    (value,) = stream.all(key)
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"an object stream without /{key}")
    return value


def _for_library(value: object) -> Any:
    """Raise ValueError for a reference: the library could not follow it from here."""
    if isinstance(value, Reference):
        raise ValueError("an object stream that is packed as another object says")
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
