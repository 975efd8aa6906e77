"""A region made of plain values: every band, status and limiting rule, and names that trouble a file."""

import datetime as dt
import uuid
from itertools import cycle, islice

from inspections.scorecards.presentation.exports.profiles import ProfileExport
from inspections.scorecards.scoring.arithmetic import (
    Band,
    BandRange,
    Definition,
    Domain,
    DomainResult,
    Evidence,
    Limit,
    Status,
    score,
)
from inspections.scorecards.scoring.results import Month, Row, Scorecard, Subject, worst_first

AS_AT = dt.date(2026, 11, 27)
AREAS = {
    "regulator": ("Regulator", 25),
    "visits": ("Council visits", 20),
    "issues": ("Contract issues", 15),
    "actions": ("Actions on time", 10),
    "self_assessment": ("Self-assessment", 5),
    "documents": ("Documents in date", 5),
    "safeguarding": ("Safeguarding and incidents", 8),
    "voice": ("Voice of children", 3),
    "outcomes": ("Outcomes: education, health, EET", 3),
    "stability": ("Stability and location", 3),
    "workforce": ("Workforce", 3),
}
SILENT = ("safeguarding", "voice", "outcomes", "stability", "workforce")
DEFINITION = Definition(
    version=1,
    domains=tuple(Domain(code, label, weight) for code, (label, weight) in AREAS.items()),
    bands=(
        BandRange(Band.RED, 0, 3999),
        BandRange(Band.AMBER, 4000, 5999),
        BandRange(Band.GREEN, 6000, 10_000),
    ),
    coverage_floor=60,
)
NAMES = (
    "Fellside House",
    '=HYPERLINK("http://evil.example","Beck Hall")',
    "+44 Wharton Street",
    "-Ravenscar Lodge",
    "@Solway Pathways",
    "Siân Llŷr’s House",
    "Łąkowa Świetlica",
    "Đường Nguyễn",
    "Дом Жанны",
    "Ελένη",
    'The "Old" Rectory; Flat 2, Upper <Floor> & Attic',
    "The Home for Children and Young People at the Far End of Lower Thornbeck Valley near Ashgarth, North Wing",
    "1.5",
)
POINTS = (0, 10_000, 7_250, 4_005, 5_999, 9_995, 3_333)
STATUSES = tuple(Status)


def region(
    rows: int = 26, *, silent: tuple[str, ...] = SILENT, names: tuple[str, ...] = NAMES, before: bool = True
) -> Scorecard:
    """The same rows for the same arguments. Areas in `silent` have no data on any of them."""
    made = [made_row(n, name, silent, before) for n, name in enumerate(islice(cycle(names), rows))]
    return Scorecard(
        as_at=AS_AT,
        whose="Northmere Council, and Southdale Council for visits",
        definition=DEFINITION,
        rows=tuple(sorted(made, key=worst_first)),
    )


def made_row(n: int, name: str, silent: tuple[str, ...], before: bool) -> Row:
    ref = str(uuid.UUID(int=n + 1, version=4))
    subject = Subject(
        kind="setting",
        pk=n + 1,
        ref=ref,
        name=name,
        provision_type=("Children’s home", "Independent fostering agency", "Supported accommodation")[n % 3],
        authority=("Northmere", "Southdale")[n % 2],
        provider=f"{('Rowan', 'Ashgarth', 'Larkrigg')[n % 3]} Care Ltd",
        urn=f"{1_000_000 + 7 * n}" if n % 5 else "",
        in_use=n % 2 == 0,
    )
    now = score(DEFINITION, readings(n, silent), limits(n), AS_AT)
    then = score(DEFINITION, readings(n + 3, silent), [], AS_AT.replace(year=2025))
    return Row(subject, now, then if before and n % 6 else None)


def readings(n: int, silent: tuple[str, ...]) -> list[DomainResult]:
    """Four in five rows know most areas; every status comes up in turn."""
    made = []
    for place, code in enumerate(code for code in AREAS if code not in silent):
        status = (
            STATUSES[(n + place) % len(STATUSES)] if (n + place) % 4 == 0 or n % 5 == 4 else Status.CURRENT
        )
        made.append(reading(code, status, POINTS[(n + 2 * place) % len(POINTS)], n))
    return made


def reading(code: str, status: Status, points: int, n: int) -> DomainResult:
    if status is Status.NO_DATA:
        return DomainResult(code, status)
    on = AS_AT - dt.timedelta(days=10 + n)
    record = Evidence(
        code,
        str(uuid.UUID(int=500 + n, version=4)),
        f"Record {n} of {AREAS[code][0].lower()}",
        on,
        "Northmere Council",
    )
    recorded = Evidence(
        record.kind, record.ref, record.says, on, record.source, "A. Officer, contract officer"
    )
    said = f"{AREAS[code][0]} as recorded on {on:%-d %B %Y}"
    return DomainResult(
        code, status, points if status.counts else None, on, said, (record, recorded)[n % 2 :]
    )


def limits(n: int) -> list[Limit]:
    if n % 7:
        return []
    on = dt.date(2026, 3, 3)
    evidence = Evidence(
        "inspection", str(uuid.UUID(int=900 + n, version=4)), "Inspection report", on, "Ofsted"
    )
    return [Limit("inadequate", Band.RED, "Ofsted judged it Inadequate on 3 March 2026", evidence)]


def profile(n: int = 0, *, silent: tuple[str, ...] = SILENT) -> ProfileExport:
    row = made_row(n, NAMES[n % len(NAMES)], silent, before=True)
    one = Scorecard(AS_AT, "Northmere Council", DEFINITION, (row,))
    days = [dt.date(2025 + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1) for month in range(11, 23)]
    scores = [*(score(DEFINITION, readings(n + step, silent), [], AS_AT) for step in range(12)), row.score]
    months = [
        Month(day, found.assured, found.coverage, found.band)
        for day, found in zip([*days, AS_AT], scores, strict=True)
    ]
    return ProfileExport(one, tuple(months))
