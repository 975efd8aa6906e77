"""Scores of published monitoring visits, by the day of the visit: each standard as last assessed.

A visit to one standard settles that standard only; the others keep their earlier scores until those expire.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from inspections.scorecards.inputs.context import ScoringContext
from inspections.scorecards.inputs.domain import GapLink, ScorecardSource
from inspections.scorecards.inputs.row_ids import raw_ref, ref_of
from inspections.scorecards.inputs.visibility import Councils, EvidenceScope
from inspections.scorecards.scoring.arithmetic import DomainResult, Evidence, Status
from inspections.scorecards.scoring.words import day_words
from inspections.visits.models import ReportVersion, Visit
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today

CODE, A_CENTURY = "visits", 36_500
NOTHING = DomainResult(CODE, Status.NO_DATA, says="No report of a visit has been published")


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One published visit. `percent` is the share in the report, to one decimal; None if nothing applied.

    `parts` has the score of each standard that was assessed, and its maximum.
    """

    raw_ref: str
    on: dt.date
    what: str
    percent: float | None
    label: str
    parts: Mapping[str, tuple[int, int]]
    question_set: int
    council: str
    council_pk: int

    @property
    def points(self) -> int | None:
        return points_of(self.percent)

    @property
    def evidence(self) -> Evidence:
        says = f"{self.label}, {self.what.lower()} of {day_words(self.on)}"
        return Evidence("visit", ref_of(self.raw_ref), says, self.on, self.council)


def points_of(percent: float | None) -> int | None:
    return None if percent is None else round(percent * 10) * 10


def by_points(visit: VisitRow) -> tuple[bool, int]:
    """Return a sort key: lowest first, unscored last."""
    return visit.points is None, visit.points or 0


class Visits:
    def __init__(self, context: ScoringContext, by_setting: dict[int, list[VisitRow]]) -> None:
        self.told, self.by_setting = context.told, by_setting
        days = next(one.stale_after_days for one in context.rules.definition.domains if one.code == CODE)
        self.term = dt.timedelta(days=days or A_CENTURY)

    def known(self, setting: int, on: dt.date) -> Iterator[VisitRow]:
        """Yield the visits known on the day, the newest first; if two share a date, the worse first."""
        return (one for one in self.by_setting.get(setting, ()) if one.on <= on)

    def looked_on(self, setting: int, on: dt.date, councils: Councils) -> dt.date | None:
        """Return when one of `councils`, or any council if that is None, last visited the setting."""
        visits = self.known(setting, on)
        return next((one.on for one in visits if councils is None or one.council_pk in councils), None)

    def reading(self, setting: int, on: dt.date) -> DomainResult:
        """Return the newest visit's result, with earlier visits for the standards that it did not assess."""
        known = list(self.known(setting, on))
        if not known:
            return NOTHING
        newest, *before = known
        more = self.fuller(newest, before)
        says, evidence = self.told(newest)
        if not more:
            if newest.points is None:
                says = f"{says}: nothing that was asked applied"
                return DomainResult(CODE, Status.NOT_COMPARABLE, None, newest.on, says, evidence)
            return DomainResult(CODE, Status.CURRENT, newest.points, newest.on, says, evidence)
        score, most = self.added_up(newest, more, on)
        says = f"{says}; {self.others(more, on)}" if says else ""
        told = (*evidence, *(one for visit in more for one in self.told(visit)[1]))
        points = points_of(round(100 * score / most, 1))
        return DomainResult(CODE, Status.CURRENT, points, newest.on, says, told)

    def fuller(self, newest: VisitRow, before: list[VisitRow]) -> list[VisitRow]:
        """Return the earlier visits that assessed a standard which no later one has.

        Codes are the same in every version.
        """
        if not newest.parts:
            return []
        seen, more = set(newest.parts), []
        for visit in before:
            wanting = {code for code, (_, most) in visit.parts.items() if most} - seen
            if wanting and visit.question_set == newest.question_set:
                more.append(visit)
                seen |= set(visit.parts)
        return more

    def others(self, more: list[VisitRow], on: dt.date) -> str:
        current = [visit for visit in more if on - visit.on <= self.term]
        found = f"other standards as {day_words(current[0].on)} found them" if current else ""
        stale = "" if len(current) == len(more) else "some were seen too long ago to count"
        return "; ".join(words for words in (found, stale) if words)

    def added_up(self, newest: VisitRow, more: list[VisitRow], on: dt.date) -> tuple[int, int]:
        """Return (score, maximum).

        Expired standards score 0 but stay in the maximum, so ageing cannot raise the percentage.
        """
        parts = dict(newest.parts)
        for visit in more:
            stale = on - visit.on > self.term
            for code, (score, most) in visit.parts.items():
                parts.setdefault(code, (0 if stale else score, most))
        return sum(score for score, _ in parts.values()), sum(most for _, most in parts.values())


def published(settings, scope: EvidenceScope, until: dt.date):
    """Return the published reports of councils that count.

    A provider gets none that the police or the LADO hold.
    """
    found = Visit.objects.published().filter(scope.by("visits"), setting__in=settings, visited_on__lte=until)
    if not scope.is_provider_view:
        return found
    held = Q(held_at__isnull=False) & (Q(held_until_on=None) | Q(held_until_on__gte=today()))
    return found.filter(provider__in=scope.providers).exclude(held)


def reports(context: ScoringContext):
    """Return the published reports, each once, the newest visit first."""
    visits = published(context.settings, context.scope, context.last).order_by()
    found = ReportVersion.objects.filter(kind=ReportVersion.Kind.PUBLISHED, visit__in=visits)
    return found.order_by("-visit__visited_on", "-visit__published_at", "-visit")


def load_visits(context: ScoringContext) -> Visits:
    kinds, by_setting = dict(Visit.Kind.choices), defaultdict(list)
    rows = reports(context).values_list(
        *("visit__setting", raw_ref("visit__public_id"), "visit__visited_on", "visit__kind"),
        *("content__overall", "visit__question_set_version__question_set"),
        *("visit__council__name", "visit__council"),
    )
    for setting, ref, on, kind, overall, *more in rows:
        parts = {code: (score, most) for code, (score, most) in overall.get("parts", {}).items()}
        visited = VisitRow(ref, on, kinds[kind], overall["percent"], overall["label"], parts, *more)
        by_setting[setting].append(visited)
    for visits in by_setting.values():
        visits.sort(key=lambda one: (-one.on.toordinal(), by_points(one)))
    return Visits(context, dict(by_setting))


SOURCE = ScorecardSource(
    code=CODE,
    evidence_kind="visit",
    load=lambda context, loaded: load_visits(context),
    table=Visit,
    author=F("published_by"),
    page="visit",
    gap="This will be scored when the report of a monitoring visit is published.",
    gap_link=GapLink(
        "Plan a monitoring visit", "plan_visit_of", Permission.PLAN_VISITS, about_setting=True, if_known=True
    ),
)
