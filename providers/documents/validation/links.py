"""Where a link in a document may lead when somebody presses it."""

import re
import unicodedata

TAKEN = re.compile(r"(https?://|mailto:|tel:|www\.|#|-*$)", re.IGNORECASE)
LONGEST_SHOWN = 80


def may_be_pressed(address: str) -> bool:
    """Web, mail and telephone; "www." and "#" as people type them; an empty link, or a dash for "none", leads nowhere."""
    return TAKEN.match(address.strip(" \t\r\n\0")) is not None


def shown(words: str) -> str:
    """The words of a file as a sentence may quote them: short, and without what cannot be seen."""
    seen = "".join(letter if unicodedata.category(letter)[0] not in "CZ" else " " for letter in words)
    plain = " ".join(seen.split())
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"
