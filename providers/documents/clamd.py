"""Asks clamd, over TCP, whether a stream holds a virus (its INSTREAM command)."""

import re
import socket
import struct
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

SECONDS = 30
DEFAULT_PORT = 3310
MOST_OF_AN_ANSWER = 4096
SAYS = re.compile(rb"stream: (?:(OK)|(.+) FOUND)\0?$")


class ScannerError(Exception):
    """The scanner answered, but not about this file: over its own limits, for example."""


def virus_in(chunks: Iterable[bytes], *, url: str) -> str:
    """Return the name of the virus found, or an empty string. Raise OSError when the scanner cannot be reached."""
    answer = ask(chunks, url=url)
    if not (said := SAYS.search(answer)):
        raise ScannerError(answer.rstrip(b"\0").decode(errors="replace") or "no answer")
    return (said[2] or b"").decode(errors="replace")


def ask(chunks: Iterable[bytes], *, url: str) -> bytes:
    """Send the stream and read the answer, also when the scanner hangs up on a stream over its limit."""
    where = urlsplit(url)
    with socket.create_connection((where.hostname, where.port or DEFAULT_PORT), timeout=SECONDS) as line:
        with suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                line.sendall(struct.pack(">I", len(chunk)) + chunk)
            line.sendall(struct.pack(">I", 0))
        answer = b""
        with suppress(ConnectionResetError):
            while len(answer) < MOST_OF_AN_ANSWER and not answer.endswith(b"\0"):
                if not (part := line.recv(MOST_OF_AN_ANSWER)):
                    break
                answer += part
    return answer
