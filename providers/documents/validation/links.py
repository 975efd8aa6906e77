"""Where a link in a document may lead when somebody presses it."""

import re
import unicodedata

ALLOWED = re.compile(r"(https?://|mailto:|tel:|www\.|#|-*$)", re.IGNORECASE)
LONGEST_SHOWN = 80


def is_allowed_link(address: str) -> bool:
    """Return whether a link is to web, mail or telephone, leads within the file (#), or leads nowhere (empty, a dash)."""
    return ALLOWED.match(address.strip(" \t\r\n\0")) is not None


def quotable(words: str) -> str:
    """Return a file's words as a sentence may quote them: short, without invisible characters."""
    seen = "".join(letter if unicodedata.category(letter)[0] not in "CZ" else " " for letter in words)
    plain = " ".join(seen.split())
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"
