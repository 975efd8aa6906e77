"""The newest full Ofsted inspection that is published and verified. It is public, whoever recorded it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, Q

from inspections.ofsted.models import Inspection, Judgement
from inspections.scorecards.inputs.context import ScoringContext
from inspections.scorecards.inputs.domain import GapLink, ScorecardSource
from inspections.scorecards.inputs.row_ids import raw_ref, ref_of
from inspections.scorecards.scoring.arithmetic import DomainResult, Evidence, Status
from inspections.scorecards.scoring.words import day_words
from providers.directory.models import Setting
from qa_portal.core.access.permissions import Permission

CODE = "regulator"
SCHOOL = "iss_standard"
"""Schools' report cards do not rate care, so they are not comparable; used only if there is nothing else."""
NOTHING = DomainResult(CODE, Status.NO_DATA, says="No inspection has been published")


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """One inspection. `known_on` is the day of publication: nobody knew of it before.

    `rank` is None where the words are no grade, and `grade` None where there are no words.
    """

    raw_ref: str
    what: str
    on: dt.date
    known_on: dt.date
    rates_care: bool
    scale: str
    grade: int | None
    words: str
    rank: int | None
    is_worst: bool
    cycle: int | None
    source: str

    @property
    def evidence(self) -> Evidence:
        says = f"{self.words or 'No grade'}, {self.what.lower()} of {day_words(self.on)}"
        return Evidence("inspection", ref_of(self.raw_ref), says, self.on, self.source)


class Regulator:
    def __init__(self, context: ScoringContext, by_setting: dict[int, list[InspectionRow]]) -> None:
        self.points, self.told = context.rules.grade_points, context.told
        self.by_setting = by_setting

    def known(self, setting: int, on: dt.date) -> Iterator[InspectionRow]:
        """Yield the inspections known on the day, the newest first."""
        return (one for one in self.by_setting.get(setting, ()) if one.known_on <= on)

    def reading(self, setting: int, on: dt.date) -> DomainResult:
        known = list(self.known(setting, on))
        newest = worst_of_newest_day(one for one in known if one.rates_care) or next(iter(known), None)
        if newest is None:
            return NOTHING
        points = self.points.get(newest.grade) if newest.grade else None
        says, evidence = self.told(newest)
        return DomainResult(
            CODE,
            Status.NOT_COMPARABLE if points is None else Status.CURRENT,
            points,
            newest.on,
            says,
            evidence,
            newest.cycle,
        )

    def newest_graded(self, setting: int, on: dt.date) -> InspectionRow | None:
        """Return the newest full inspection with a grade: nothing else ends the limit of a lowest grade."""
        graded = (one for one in self.known(setting, on) if one.rates_care and one.rank is not None)
        return worst_of_newest_day(graded)


def worst_of_newest_day(judged: Iterable[InspectionRow]) -> InspectionRow | None:
    """Return the newest inspection. If two share a date, use the worse."""
    newest_first = list(judged)
    of_the_day = [one for one in newest_first if one.on == newest_first[0].on]
    return max(of_the_day, key=lambda one: one.rank or 0, default=None)


COLUMNS = (
    *("pk", "setting", raw_ref(), "inspection_type__label", "inspected_on", "published_on"),
    *("scale__sets_rating", "scale__code", "setting__provision_type__code", "setting__regulator"),
)


def load_regulator(context: ScoringContext) -> Regulator:
    inspections = (
        Inspection.objects.published_by(context.last)
        .filter(setting__in=context.settings)
        .filter(Q(scale__sets_rating=True) | Q(inspection_type__code=SCHOOL))
    )
    headlines = Judgement.objects.headlines().filter(inspection__in=inspections.order_by())
    columns = ("inspection", "grade", "words", "grade__rank", "grade__is_worst")
    graded = {row[0]: row for row in headlines.values_list(*columns)}
    regulators = dict(Setting.Regulator.choices)
    by_setting = defaultdict(list)
    for row in inspections.newest_first().values_list(*COLUMNS):
        pk, setting, ref, what, inspected, published, rates, scale, kind, regulator = row
        _, grade, words, rank, is_worst = graded.get(pk, (pk, None, "", None, False))
        by_setting[setting].append(
            InspectionRow(
                raw_ref=ref,
                what=what,
                on=inspected or published,
                known_on=published or inspected,
                rates_care=bool(rates),
                scale=scale or "",
                grade=grade,
                words=words,
                rank=rank,
                is_worst=bool(is_worst),
                cycle=context.rules.cycles.get(kind),
                source=regulators[regulator],
            )
        )
    return Regulator(context, dict(by_setting))


SOURCE = ScorecardSource(
    code=CODE,
    evidence_kind="inspection",
    load=lambda context, loaded: load_regulator(context),
    table=Inspection,
    author=F("recorded_by"),
    page="",
    gap="This will be scored when the regulator's next inspection is in an imported file.",
    gap_link=GapLink(
        "Record an inspection", "record_inspection", Permission.RECORD_INSPECTIONS, about_setting=True
    ),
)
