"""The council's newest visit to the setting whose report is published, by the day of the visit."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from inspections.scorecards.ids import raw_ref, ref_of
from inspections.scorecards.scene import Scene
from inspections.scorecards.scoring import Evidence, Reading, Status
from inspections.scorecards.sight import Councils, Sight
from inspections.scorecards.words import day_words
from inspections.visits.models import ReportVersion, Visit
from qa_portal.core.dates import today

CODE = "visits"
NOTHING = Reading(CODE, Status.NO_DATA, says="No report of a visit has been published")


@dataclass(frozen=True, slots=True)
class Visited:
    """`percent` is the share that the report was published with, to one decimal; None where nothing applied."""

    raw_ref: str
    on: dt.date
    what: str
    percent: float | None
    label: str
    council: str
    council_pk: int

    @property
    def points(self) -> int | None:
        return None if self.percent is None else round(self.percent * 10) * 10

    @property
    def evidence(self) -> Evidence:
        says = f"{self.label}, {self.what.lower()} of {day_words(self.on)}"
        return Evidence("visit", ref_of(self.raw_ref), says, self.on, self.council)


def by_points(visit: Visited) -> tuple[bool, int]:
    """The worst first, and last one in which nothing applied."""
    return visit.points is None, visit.points or 0


class Visits:
    def __init__(self, scene: Scene, by_setting: dict[int, list[Visited]]) -> None:
        self.told, self.by_setting = scene.told, by_setting

    def known(self, setting: int, on: dt.date) -> Iterator[Visited]:
        """The newest first."""
        return (one for one in self.by_setting.get(setting, ()) if one.on <= on)

    def looked_on(self, setting: int, on: dt.date, councils: Councils) -> dt.date | None:
        """When one of `councils`, or anybody where that is None, last visited it."""
        visits = self.known(setting, on)
        return next((one.on for one in visits if councils is None or one.council_pk in councils), None)

    def reading(self, setting: int, on: dt.date) -> Reading:
        """Of two visits of one day neither is the newer, so the worse counts."""
        known = list(self.known(setting, on))
        if not known:
            return NOTHING
        newest = min((one for one in known if one.on == known[0].on), key=by_points)
        says, evidence = self.told(newest)
        if newest.points is None:
            says = f"{says}: nothing that was asked applied"
            return Reading(CODE, Status.NOT_COMPARABLE, None, newest.on, says, evidence)
        return Reading(CODE, Status.CURRENT, newest.points, newest.on, says, evidence)


def published(settings, sight: Sight, until: dt.date):
    """Of the councils that count; a provider has nothing of what the police or the LADO hold."""
    found = Visit.objects.published().filter(sight.by("visits"), setting__in=settings, visited_on__lte=until)
    if not sight.told_only:
        return found
    held = Q(held_at__isnull=False) & (Q(held_until_on=None) | Q(held_until_on__gte=today()))
    return found.filter(provider__in=sight.providers).exclude(held)


def reports(scene: Scene):
    """The published reports, each once, the newest visit first."""
    visits = published(scene.settings, scene.sight, scene.last).order_by()
    found = ReportVersion.objects.filter(kind=ReportVersion.Kind.PUBLISHED, visit__in=visits)
    return found.order_by("-visit__visited_on", "-visit__published_at", "-visit")


def gather(scene: Scene) -> Visits:
    kinds, by_setting = dict(Visit.Kind.choices), defaultdict(list)
    rows = reports(scene).values_list(
        *("visit__setting", raw_ref("visit__public_id"), "visit__visited_on", "visit__kind"),
        *("content__overall", "visit__council__name", "visit__council"),
    )
    for setting, ref, on, kind, overall, *council in rows:
        percent, label = overall["percent"], overall["label"]
        by_setting[setting].append(Visited(ref, on, kinds[kind], percent, label, *council))
    return Visits(scene, dict(by_setting))
