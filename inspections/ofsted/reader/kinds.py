"""Kinds of list that a file can be: the whole register, a part of it, or a list of something else.

Decided from the file alone, so that it is the same whatever was imported before it.
"""

import re
from collections.abc import Sequence

from inspections.ofsted.reader.cells import owner_key
from inspections.ofsted.reader.shapes import FeedFault, FeedRow, FileScope

MOVES = re.compile(r"\b(joiners?|leavers?)\b", re.IGNORECASE)
FEWEST_REPEATED, REPEATED_SHARE = 10, 0.2
BRING = (
    "Bring the register itself: Ofsted’s “Social care providers and their latest inspection outcomes”, or the"
    " list of registrations that Ofsted sends to councils."
)


def kind_of_other_list(*, sheet: str, headings: Sequence[str], titles: Sequence[str]) -> str:
    """Return why a table with a register's columns is not a register; "" when it may be one."""
    told = next((text for text in (*headings, *titles, sheet) if MOVES.search(text)), "")
    if not told:
        return ""
    what = f"Sheet “{sheet}”" if sheet else "The file"
    said = "a column" if told in headings else "a title" if told in titles else "its name"
    return (
        f"{what} lists joiners and leavers ({said} says “{' '.join(told.split())}”), not the settings that"
        f" are registered: taken as the register it would remove all others. {BRING}"
    )


def check_lists_registrations(*, rows: int, repeated: int) -> None:
    """Refuse a list of inspections, which names most settings more than once."""
    if repeated >= FEWEST_REPEATED and repeated > REPEATED_SHARE * (rows + repeated):
        raise FeedFault(
            f"{repeated:,} rows repeat the URN of a row above them, so the file lists inspections or other"
            f" events, not registrations. {BRING}"
        )


def scope_of(rows: Sequence[FeedRow]) -> FileScope:
    """Return the part of the register that a file covers: all rows of one council, region or owner make it partial."""
    authorities = _spellings(row.local_authority for row in rows)
    owners = _spellings((row.owner for row in rows), key=owner_key)
    regions = _spellings(row.region for row in rows)
    keys = tuple(sorted(authorities))
    if len(owners) == 1 and len(rows) > 1 and "" not in owners:
        [(owner, owner_name)] = owners.items()
        [within] = authorities.values() if len(keys) == 1 else [""]
        name = f"{owner_name} in {within}" if within else owner_name
        return FileScope("owner", name, keys if within else (), owner)
    if len(keys) == 1 and keys != ("",):
        return FileScope("authority", authorities[keys[0]], keys)
    if len(regions) == 1 and "" not in regions and "" not in authorities:
        return FileScope("region", next(iter(regions.values())), keys)
    return FileScope()


def _spellings(texts, key=lambda text: " ".join(text.split()).casefold()) -> dict[str, str]:
    """Return each name once, folded, with the first spelling met."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(key(text), text)
    return found
