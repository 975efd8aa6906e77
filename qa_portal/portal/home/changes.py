"""Recent changes at a person's settings: one query for each kind of news, however much there is."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from inspections.actions.models import Action
from inspections.issues.models import StageMove
from inspections.ofsted.deteriorations import graded, has_deteriorated
from inspections.ofsted.importer.results import Ranks
from inspections.ofsted.models import Inspection
from inspections.self_assessments.models import SelfAssessment, Submission
from inspections.visits.models import Visit
from providers.purchasing.models import LotDecision
from qa_portal.core.dates import at_london, day_of
from qa_portal.portal.home.panels import Lines, PanelLine, PanelTag

DAYS_BACK, MOST = 60, 6
WORSE, BETTER = PanelTag("Worse", "red"), PanelTag("Better", "green")
UP, DOWN = PanelTag("Taken further", "orange"), PanelTag("Stepped down", "green")


@dataclass(frozen=True)
class Lately:
    """The reader, the last day of the period, and a queryset of the keys of their settings."""

    user: Any
    on: dt.date
    settings: QuerySet

    @property
    def since(self) -> dt.date:
        return self.on - dt.timedelta(days=DAYS_BACK)

    @property
    def moment(self) -> dt.datetime:
        return at_london(self.since, dt.time.min)


def changes(user, on: dt.date, settings: QuerySet, *, title: str) -> Lines:
    lately = Lately(user, on, settings)
    found = [line for kind in NEWS for line in kind(lately)]
    found.sort(key=lambda line: line.on or dt.date.min, reverse=True)
    return Lines(
        title=title,
        lines=found[:MOST],
        nothing=f"Nothing has changed in the last {DAYS_BACK} days: no new Ofsted grade, no report, no issue.",
    )


def ratings(lately: Lately) -> Iterable[PanelLine]:
    """Return the newest grade of each setting, worse or better than the one before it on the same scale."""
    seen = Inspection.objects.visible_to(lately.user).published_by(lately.on).filter(scale__sets_rating=True)
    day = Coalesce("published_on", "inspected_on")
    new = seen.filter(setting__in=lately.settings).annotate(day=day).filter(day__gte=lately.since)
    places = list(new.order_by("-day").values_list("setting", flat=True)[:MOST])
    known: dict[int, list[Inspection]] = {}
    of_places = seen.filter(setting__in=places).annotate(day=day).newest_first()
    of_places = of_places.select_related("scale", "setting__provision_type")
    for inspection in of_places.prefetch_related("judgements__grade"):
        known.setdefault(inspection.setting_id, []).append(inspection)
    ranks = Ranks()
    return [rating_line(ranks, *found[:2]) for found in known.values() if found[0].headline]


def rating_line(ranks: Ranks, now: Inspection, before: Inspection | None = None) -> PanelLine:
    fell = has_deteriorated(ranks, graded(before), graded(now)) if before else ranks.is_worst(graded(now))
    rose = ranks.steps_down(graded(before), graded(now)) < 0
    was = f", {before.headline.words} before" if before and before.headline else ""
    return PanelLine(
        words=str(now.setting),
        href=reverse("setting", args=[now.setting.public_id]),
        detail=f"Ofsted: {now.headline.words}{was}" if now.headline else "",
        on=now.published_on or now.inspected_on,
        mark=WORSE if fell else BETTER if rose else None,
    )


def reports(lately: Lately) -> Iterable[PanelLine]:
    seen = Visit.objects.visible_to(lately.user).published().filter(published_at__gte=lately.moment)
    newest = seen.filter(setting__in=lately.settings).order_by("-published_at").with_names()[:MOST]
    for visit in newest:
        url = reverse("visit", args=[visit.public_id])
        yield PanelLine(visit.about, url, "Report of the visit published", day_of(visit.published_at))


def actions_closed(lately: Lately) -> Iterable[PanelLine]:
    seen = Action.objects.visible_to(lately.user).filter(verified_at__gte=lately.moment)
    newest = seen.filter(state=Action.State.CLOSED, setting__in=lately.settings).order_by("-verified_at")
    for action in newest.with_names()[:MOST]:
        url = reverse("action", args=[action.public_id])
        yield PanelLine(action.about, url, f"Action closed: {action}", day_of(action.verified_at))


def issue_moves(lately: Lately) -> Iterable[PanelLine]:
    seen = StageMove.objects.visible_to(lately.user).filter(on__gte=lately.since)
    seen = seen.filter(issue__setting__in=lately.settings).order_by("-on", "-pk")
    named = seen.select_related("issue__setting__provision_type", "issue__provider", "to_stage", "from_stage")
    for move in named[:MOST]:
        up = move.to_stage.number > move.from_stage.number
        stage = move.to_stage.name_for_provider if lately.user.scope.is_provider else str(move.to_stage)
        yield PanelLine(
            words=move.issue.about,
            href=reverse("issue", args=[move.issue.public_id]),
            detail=f"Contract issue: {stage}" if stage else "Contract issue taken back",
            on=move.on,
            mark=UP if up else DOWN,
        )


def self_assessments(lately: Lately) -> Iterable[PanelLine]:
    seen = SelfAssessment.objects.visible_to(lately.user).filter(setting__in=lately.settings)
    if lately.user.scope.is_provider:
        return validated(seen, lately)
    return submitted(seen, lately)


def submitted(seen, lately: Lately) -> Iterable[PanelLine]:
    sent = Submission.objects.filter(assessment__in=seen, submitted_at__gte=lately.moment)
    sent = sent.select_related("assessment__setting__provision_type").order_by("-submitted_at")
    for one in sent[:MOST]:
        url = reverse("self_assessment", args=[one.assessment.public_id])
        late = PanelTag("Late", "yellow") if one.is_late else None
        words = str(one.assessment.setting)
        yield PanelLine(words, url, "Self-assessment submitted", day_of(one.submitted_at), late)


def validated(seen, lately: Lately) -> Iterable[PanelLine]:
    told = seen.filter(validated_at__gte=lately.moment).select_related("setting__provision_type")
    for one in told.order_by("-validated_at")[:MOST]:
        url = reverse("self_assessment", args=[one.public_id])
        words = "Self-assessment validated by the council"
        yield PanelLine(str(one.setting), url, words, day_of(one.validated_at))


def lot_decisions(lately: Lately) -> Iterable[PanelLine]:
    seen = LotDecision.objects.visible_to(lately.user).filter(decided_on__gte=lately.since)
    named = seen.select_related("application_lot__application__provider", "application_lot__lot")
    for decision in named.order_by("-decided_on", "-pk")[:MOST]:
        application = decision.application_lot.application
        yield PanelLine(
            words=str(application.provider),
            href=reverse("application", args=[application.public_id]),
            detail=f"{decision.get_outcome_display()}: {decision.application_lot.lot}",
            on=decision.decided_on,
        )


NEWS = (ratings, reports, actions_closed, issue_moves, self_assessments, lot_decisions)
