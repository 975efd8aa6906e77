"""What a picture is made of, counted before a point of it is decoded.

A progressive JPEG may go over the whole picture again and again, and a PNG may be a flood of empty chunks: both
cost a decoder far more than their size tells.
"""

import re

from providers.documents.file_limits import (
    MOST_PARTS_BESIDE_THE_PIXELS,
    MOST_PARTS_OF_A_PICTURE,
    MOST_SCANNED_PIXELS,
    MOST_SCANS,
)
from qa_portal.core.rules import Refused

TOO_MANY_PARTS = (
    "This picture is written in a way that takes too long to read: save it again as a plain JPG or PNG."
)
MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
"""In the data of a scan, what follows 0xFF is a zero, a restart, or the next marker."""
START_OF_SCAN, END_OF_IMAGE, WITHOUT_LENGTH = 0xDA, 0xD9, 0x01
PNG_HEAD, CHUNK_HEAD, CHECKSUM = 8, 8, 4


def check_jpeg_scans(content: bytes, pixels: int) -> None:
    """Raise Refused for more scans, or more pixels gone over, than any camera or program writes."""
    scans = scans_of(content)
    if scans > MOST_SCANS or scans * pixels > MOST_SCANNED_PIXELS:
        raise Refused(TOO_MANY_PARTS)


def scans_of(content: bytes) -> int:
    """Return the number of scans of the picture itself; a thumbnail in its notes is not counted."""
    scans = parts = 0
    position = 2
    while marker := MARKER.search(content, position):
        position, kind, parts = marker.end(), marker[1][0], parts + 1
        if parts > MOST_PARTS_OF_A_PICTURE:
            raise Refused(TOO_MANY_PARTS)
        if kind == END_OF_IMAGE:
            break
        if kind != WITHOUT_LENGTH:
            scans += kind == START_OF_SCAN
            position += int.from_bytes(content[position : position + 2])
    return scans


def check_png_chunks(content: bytes) -> None:
    """Raise Refused for a flood of chunks; a broken one is for the decoder to find."""
    position, pixels, beside = PNG_HEAD, 0, 0
    while position + CHUNK_HEAD <= len(content):
        size, kind = int.from_bytes(content[position : position + 4]), content[position + 4 : position + 8]
        pixels, beside = (pixels + 1, beside) if kind == b"IDAT" else (pixels, beside + 1)
        if pixels > MOST_PARTS_OF_A_PICTURE or beside > MOST_PARTS_BESIDE_THE_PIXELS:
            raise Refused(TOO_MANY_PARTS)
        if kind == b"IEND":
            break
        position += CHUNK_HEAD + size + CHECKSUM
