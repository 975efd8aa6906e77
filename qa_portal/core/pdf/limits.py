"""How large a document may be before the door says no."""

from dataclasses import dataclass

from qa_portal.core.rules import Refused

TOO_LONG = "This document is too long for a PDF. Its web page shows all of it."


@dataclass(frozen=True)
class Limits:
    """What one document may cost. The defaults suit a request; a job may ask for more.

    Rendering takes about a second for twenty pages of table and holds a lock of the whole process.
    """

    characters: int = 2_000_000
    cells: int = 8_000
    block: int = 20_000  # characters in one paragraph or cell: the engine wraps a block in one go
    pages: int = 100
    images: int = 60
    image_bytes: int = 1_000_000
    seconds: float = 20.0

    def check(self, *, inside: bool) -> None:
        if not inside:
            raise Refused(TOO_LONG)
