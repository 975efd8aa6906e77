"""How large a document may be before it is refused."""

from dataclasses import dataclass

from qa_portal.core.rules import Refused

TOO_LONG = "This document is too long for a PDF. Its web page shows all of it."


@dataclass(frozen=True)
class PdfLimits:
    """What one document may cost. The defaults suit a request; a job may ask for more.

    Twenty pages of table take about a second, and the engine draws one document at a time in a process.
    """

    characters: int = 1_000_000  # of the source, without its pictures
    elements: int = 30_000  # a hard space counts as one: it costs the engine as much
    cells: int = 8_000
    block: int = 20_000  # characters of one paragraph or cell: the engine wraps each in one go
    depth: int = 40
    pages: int = 100
    pictures: int = 40
    picture_characters: int = 500_000  # of its address, which holds all of it: some 370 kB
    picture_pixels: int = 4_000_000
    seconds: float = 20.0

    def check(self, *, inside: bool) -> None:
        if not inside:
            raise Refused(TOO_LONG)
