"""Where a link in a document may lead when somebody presses it."""

import re
import unicodedata

ALLOWED = re.compile(r"(https?://|mailto:|tel:|www\.|#|-*$)", re.IGNORECASE)
LONGEST_SHOWN = 80


def is_allowed_link(address: str) -> bool:
    """Web, mail and telephone; "www." and "#" as people type them; an empty link, or a dash for "none", leads nowhere."""
    return ALLOWED.match(address.strip(" \t\r\n\0")) is not None


def quotable(words: str) -> str:
    """The words of a file as a sentence may quote them: short, and without what cannot be seen."""
    seen = "".join(letter if unicodedata.category(letter)[0] not in "CZ" else " " for letter in words)
    plain = " ".join(seen.split())
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"
