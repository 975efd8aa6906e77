"""Settings of the demo region and their history from 2018 to 2025, the same for the same seed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from inspections.ofsted.sample.words import (
    COUNCILS,
    CUMBRIA_HEIRS,
    FELLS,
    FORMS,
    FOSTERING,
    GRADES,
    HOME,
    OUTCOMES,
    SCHOOL,
    SCHOOL_HOME,
    SUPPORTED,
    TRADES,
    TYPES,
)

FIRST_DAY, LAST_DAY = date(2004, 4, 1), date(2025, 3, 31)
CUMBRIA_ENDS = date(2023, 4, 1)
SUPPORTED_BEGINS = date(2023, 5, 1)
SUPPORTED_INSPECTED_FROM = date(2024, 9, 1)
# Routine inspection stopped for the pandemic; nothing is dated between these days.
PAUSE = (date(2020, 3, 17), date(2021, 4, 1))
# How likely a grade is to rise, stay or fall at the next inspection, from Outstanding to Inadequate.
STEPS = ((0, 75, 25), (8, 80, 12), (45, 45, 10), (75, 25, 0))
# Registrations since then have a bare number instead of SC and six digits.
BARE_URNS_FROM = date(2016, 1, 1)


@dataclass(frozen=True, slots=True)
class SampleInspection:
    event_number: str
    on: date
    published_on: date
    overall: str = ""
    helped: str = ""
    leaders: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class SampleSetting:
    """A sample setting.

    `heir` is the authority that took over Cumbria's settings; `owners` are (since, name), oldest first.
    """

    number: int
    urn: str
    kind: str
    registered_on: date
    left_on: date | None
    suspended_from: date | None
    authority: str
    heir: str
    council_run: bool
    owners: tuple[tuple[date, str], ...]
    places: int | None
    premises: int | None
    education_urn: str
    inspections: tuple[SampleInspection, ...]

    def open_on(self, day: date) -> bool:
        return self.registered_on <= day and not (self.left_on and self.left_on <= day)

    def authority_on(self, day: date) -> str:
        return self.heir if self.authority == "Cumbria" and day >= CUMBRIA_ENDS else self.authority

    def owner_on(self, day: date) -> str:
        if self.council_run:
            return COUNCILS[self.authority_on(day)][0]
        return next(name for since, name in reversed(self.owners) if since <= day)


def sample_settings(seed: int, count: int, until: date = LAST_DAY) -> list[SampleSetting]:
    """Return the settings.

    A larger count keeps them: setting 7 of 20 is setting 7 of 200. A later `until` adds inspections.
    """
    return [_setting(number, Random(f"{seed}/{number}"), until) for number in range(count)]  # noqa: S311 - repeatable, not secret


def _setting(number: int, random: Random, until: date) -> SampleSetting:
    kind = _kind(number, random)
    registered_on = _registered_on(number, kind, random)
    authority = _authority(number, random)
    leaves = number % 10 == 1
    return SampleSetting(
        number=number,
        urn=_urn(number, registered_on),
        kind=kind,
        registered_on=registered_on,
        left_on=_day(random, max(registered_on, date(2019, 6, 1)), LAST_DAY) if leaves else None,
        suspended_from=date(2024, 1, 15) if number == 2 else None,
        authority=authority,
        heir=CUMBRIA_HEIRS[number % 2],
        council_run=kind == HOME and number % 8 == 5,
        owners=_owners(number, registered_on, random),
        places=None if kind in (FOSTERING, SUPPORTED) else random.randint(1, 6),
        premises=random.randint(1, 12) if kind == SUPPORTED else None,
        education_urn=str(990000 + number) if kind in (SCHOOL, SCHOOL_HOME) else "",
        inspections=tuple(_inspections(number, kind, registered_on, random, until)),
    )


def _kind(number: int, random: Random) -> str:
    """Return the kind of setting; the first ten are fixed, so that the odd ones do not depend on the seed."""
    opening = {4: SUPPORTED, 6: SCHOOL, 7: FOSTERING, 9: FOSTERING}
    if number < 10:
        return opening.get(number, HOME)
    return random.choices(list(TYPES), weights=list(TYPES.values()))[0]


def _authority(number: int, random: Random) -> str:
    if number in (0, 3):
        return "Cumbria"
    return random.choice([name for name in COUNCILS if name not in CUMBRIA_HEIRS])


def _registered_on(number: int, kind: str, random: Random) -> date:
    if kind == SUPPORTED:
        return _day(random, SUPPORTED_BEGINS, date(2024, 9, 30))
    if number < 10:
        return _day(random, FIRST_DAY, date(2017, 12, 31))
    return (
        _day(random, FIRST_DAY, date(2018, 12, 31))
        if number % 3
        else _day(random, date(2019, 4, 1), LAST_DAY)
    )


def _urn(number: int, registered_on: date) -> str:
    return str(2_900_001 + number) if registered_on >= BARE_URNS_FROM else f"SC{900_001 + number}"


def _owners(number: int, registered_on: date, random: Random) -> tuple[tuple[date, str], ...]:
    owners = [(registered_on, _company(random))]
    if number % 10 == 0:
        owners.append((_day(random, date(2022, 4, 1), date(2024, 2, 1)), _company(random)))
    if number == 8:
        owners = [(registered_on, "0")]
    # A setting registered after the change has only ever had the second owner.
    return tuple((max(since, registered_on), name) for since, name in owners)


def _company(random: Random) -> str:
    return f"{random.choice(FELLS)} {random.choice(TRADES)} {random.choice(FORMS)}"


def _inspections(
    number: int, kind: str, registered_on: date, random: Random, until: date
) -> list[SampleInspection]:
    day = max(registered_on, date(2017, 4, 1)) + timedelta(days=random.randint(120, 330))
    if kind == SUPPORTED:
        day = max(day, SUPPORTED_INSPECTED_FROM + timedelta(days=random.randint(0, 300)))
    every = 1_000 if kind in (FOSTERING, SUPPORTED) else 330
    rank = random.choices((0, 1, 2, 3), weights=(12, 66, 18, 4))[0]
    made: list[SampleInspection] = []
    while day <= until:
        if PAUSE[0] < day < PAUSE[1]:
            day = PAUSE[1] + timedelta(days=random.randint(0, 300))
        made.append(_inspection(number, kind, day, rank, random))
        rank += random.choices((-1, 0, 1), weights=STEPS[rank])[0]
        day += timedelta(days=every + random.randint(-60, 60))
    return made


def _inspection(number: int, kind: str, day: date, rank: int, random: Random) -> SampleInspection:
    made = SampleInspection(
        # Two settings inspected on one day may share a number, as in the real files; the URN tells them apart.
        event_number=str(10_000_000 + (day - date(2017, 1, 1)).days * 100 + number % 100),
        on=day,
        published_on=day + timedelta(days=round(random.triangular(15, 120, 35))),
    )
    if kind == SUPPORTED:
        return replace(made, outcome=OUTCOMES[min(rank, 2)])
    overall, helped = GRADES[rank], GRADES[rank if rank == 3 else min(2, rank + random.choice((0, 0, 0, 1)))]
    leaders = GRADES[min(3 if rank > 1 else 2, rank + random.choice((0, 0, 1)))]
    # Now and then a published report breaks the limiting rule on leaders and managers; setting 3 does.
    if number == 3:
        overall, helped, leaders = "Good", "Good", "Inadequate"
    return replace(made, overall=overall, helped=helped, leaders=leaders)


def _day(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randint(0, max(0, (last - first).days)))
