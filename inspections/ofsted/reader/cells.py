"""Parsing of single cells: text, days, numbers and URNs as the files write them."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from inspections.ofsted.reader.shapes import RowRefused

BLANK = {"", "redacted", "-", "–", "na", "n/a", "not applicable"}
NO = {"", "0", "n", "no", "none", "false"}
# Said in place of a grade, or of the day of an inspection that the service does not have on its own.
NOT_GRADED = {
    "not yet inspected",
    "not provided as service is inspected as part of the ilacs inspection",
}
# Ofsted's pipelines write these where a placement has no registration behind it (facts 2.1, note 15).
SPECIAL_URNS = {"XXXXXXX", "NOTREC", "UNKNOWN"}
URN = re.compile(r"SC[0-9]{6}|[0-9]{5,7}")
DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: 00:00(?::00)?)?")
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
MOST_PLACES = 10_000


def clean(cell: str) -> str:
    """Strip spaces around and doubled spaces inside; return "" for every way the files write a blank."""
    text = " ".join(cell.split())
    return "" if text.casefold() in BLANK else text


def says_yes(text: str) -> bool:
    return text.casefold() not in NO


def is_grade(text: str) -> bool:
    return bool(text) and text.casefold() not in NOT_GRADED


def read_urn(text: str) -> str:
    urn = text.upper()
    if not urn:
        raise RowRefused("there is no URN.")
    if urn in SPECIAL_URNS:
        raise RowRefused(f"“{text}” means a service without a URN.")
    if not URN.fullmatch(urn):
        raise RowRefused(f"“{text}” is not a URN, which is SC and six digits, or five to seven digits.")
    return urn


def read_day(text: str, what: str) -> date | None:
    if not text or text.casefold() in NOT_GRADED:
        return None
    day = _parsed_day(text)
    if day is None:
        raise RowRefused(f"the {what} “{text}” is not a date written dd/mm/yyyy.")
    return day


@lru_cache(maxsize=20_000)
def _parsed_day(text: str) -> date | None:
    """Return the day. Accepts ISO too: a workbook's date cells arrive so, and it cannot be misread."""
    if match := DAY.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := ISO_DAY.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        return None
    try:
        return date(year, month, day) if 1900 < year < 2100 else None
    except ValueError:
        return None


def read_count(text: str, what: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= MOST_PLACES):
        raise RowRefused(f"the {what} “{text}” is not a whole number up to {MOST_PLACES:,}.")
    return int(text)


def owner_key(owner: str) -> str:
    """Fold spaces and case, so that two spellings of an owner's name are one name.

    "" for no owner: the files leave the cell blank, or put `0` or a date in it. Every real name so far
    has a letter.
    """
    folded = " ".join(owner.split()).casefold()
    return folded if any(letter.isalpha() for letter in folded) else ""


def commonest_spellings(texts: Iterable[str]) -> dict[str, str]:
    """Map every text to the commonest of the spellings that differ from it only in case.

    Of equally common ones, the one with the fewest capitals: "Children's home", not "Children's Home".
    """
    winners: dict[str, str] = {}
    counts = Counter(texts)
    for text in sorted(counts, key=lambda text: (-counts[text], sum(map(str.isupper, text)), text)):
        winners.setdefault(text.casefold(), text)
    return {text: winners[text.casefold()] for text in counts}
