"""Definitions, readings and scores to test with, and hypothesis strategies that draw from the edges."""

import datetime as dt

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from inspections.scorecards.scoring.arithmetic import (
    WHOLE,
    Band,
    BandRange,
    Definition,
    Domain,
    DomainResult,
    Evidence,
    Limit,
    Status,
)

on_a_busy_machine = settings(suppress_health_check=[HealthCheck.too_slow])
"""No property is about time: how fast values are drawn depends on who else uses the machine."""

DAY = dt.date(2026, 3, 31)
STALE_AFTER = 396
BANDS = (
    BandRange(Band.RED, 0, 3999),
    BandRange(Band.AMBER, 4000, 5999),
    BandRange(Band.GREEN, 6000, WHOLE),
)
DOMAINS = (
    Domain("regulator", "Regulator", 40, 1096),
    Domain("visits", "Council visits", 25, STALE_AFTER),
    Domain("issues", "Contract issues", 20),
    Domain("voice", "Voice of children", 15, 92),
)
CODES = [domain.code for domain in DOMAINS]
DEFINITION = Definition(7, DOMAINS, BANDS, 60)

EDGES = sorted(
    {edge + step for edge in (0, 4000, 6000, WHOLE) for step in (-1, 0, 1)} & set(range(WHOLE + 1))
)
points = st.sampled_from(EDGES) | st.integers(0, WHOLE)
ages = st.sampled_from([0, 1, 91, 92, 93, 395, 396, 397, 1095, 1096, 1097]) | st.integers(0, 2000)
rated = st.sampled_from([Band.RED, Band.AMBER, Band.GREEN])


def read(domain: str, worth: int | None = WHOLE, status: Status = Status.CURRENT, **values) -> DomainResult:
    return DomainResult(domain, status, worth, values.pop("on", DAY), **values)


def evidence(ref: str = "1", **values) -> Evidence:
    facts = {"kind": "visit", "says": "Seen", "on": DAY, "source": "A council"}
    return Evidence(ref=ref, **facts | values)


def limit(
    cap: Band = Band.RED, *, rule: str = "inadequate", says: str = "Ofsted judged it", ref: str = "1"
) -> Limit:
    return Limit(rule, cap, says, evidence(ref))


@st.composite
def readings(draw, *, least: int = 0) -> list[DomainResult]:
    """Of some of the areas, of any status and age, in any order."""
    found = []
    order = draw(st.permutations(CODES))
    for code in order[: draw(st.integers(least, len(CODES)))]:
        status = draw(st.sampled_from(Status) | st.just(Status.CURRENT))
        worth = draw(points) if status.counts or status is Status.STALE else None
        on = draw(st.none() | ages.map(lambda days: DAY - dt.timedelta(days=days)))
        own = draw(st.none() | st.sampled_from([0, 396, 731]))
        found.append(DomainResult(code, status, worth, on, stale_after_days=own))
    return found


limits = st.lists(
    st.builds(limit, rated, rule=st.sampled_from(["a", "b"]), ref=st.sampled_from(["1", "2"])), max_size=3
)


@st.composite
def definitions(draw) -> Definition:
    """Any weights that total 100, any bands, any floor; the areas of DOMAINS."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=len(CODES) - 1, max_size=len(CODES) - 1)))
    weights = [upper - lower for lower, upper in zip([0, *cuts], [*cuts, 100], strict=True)]
    amber = draw(st.integers(1, WHOLE - 1))
    green = draw(st.integers(amber + 1, WHOLE))
    return Definition(
        1,
        tuple(
            Domain(domain.code, domain.label, weight, domain.stale_after_days)
            for domain, weight in zip(DOMAINS, weights, strict=True)
        ),
        (
            BandRange(Band.RED, 0, amber - 1),
            BandRange(Band.AMBER, amber, green - 1),
            BandRange(Band.GREEN, green, WHOLE),
        ),
        draw(st.sampled_from([0, 59, 60, 61, 100])),
    )
