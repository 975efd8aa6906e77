"""The day a file speaks for: as given, else from its title, else from its name."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from inspections.ofsted.reader.shapes import DateSource, FeedFault

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
AS_AT = r"(?P<as_at>(?<![a-z])as[ _.-]at[ _.-])?"
# One separator at most, so that the 3 of "Table 3 - March 2022" is not taken for a day.
WRITTEN = rf"{AS_AT}(?:(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ _.-]?)?(?<![a-z]){MONTH}[ _.-]?(?P<year>20\d\d)(?!\d)"
NUMERIC = rf"{AS_AT}(?<!\d)(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>20\d\d)(?!\d)"
ISO = rf"{AS_AT}(?<!\d)(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"
LONGEST_TITLE = 20_000
PATTERNS = [re.compile(pattern, re.IGNORECASE | re.ASCII) for pattern in (WRITTEN, NUMERIC, ISO)]


def find_as_at(given: date | None, titles: Iterable[str], filename: str) -> tuple[date, DateSource]:
    """Return the day of the file and where it was found. Raises FeedFault when none of the three gives one day."""
    if given is not None:
        return given, "given"
    if in_title := only_day_in(" | ".join(titles)[:LONGEST_TITLE]):
        return in_title, "title"
    if in_name := only_day_in(filename.rpartition(".")[0]):
        return in_name, "file name"
    raise FeedFault(
        "Neither the title nor the file name gives the day the file speaks for; "
        "give it as a date (--as-at YYYY-MM-DD), or name the file like provider_at_march_2024.csv."
    )


def only_day_in(text: str) -> date | None:
    """Return the day that follows "as at", else the only day written; a month means its last day.

    A text that names two days without saying "as at" (a publication date, say) gives none: a wrong
    day would be worse than a question.
    """
    text = " ".join(text.split())
    found = [match for pattern in PATTERNS for match in pattern.finditer(text)]
    chosen = [match for match in found if match["as_at"]] or found
    days = {day for match in chosen if (day := _day(match))}
    return days.pop() if len(days) == 1 else None


def _day(match: re.Match[str]) -> date | None:
    year = int(match["year"])
    written = match["month"].casefold()
    try:
        month = MONTHS.index(written[:3]) + 1 if written.isalpha() else int(written)
        return date(year, month, int(match["day"] or monthrange(year, month)[1]))
    except ValueError:
        return None
