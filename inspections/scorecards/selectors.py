"""Scorecards of settings and providers as at a day: a number of queries that their number does not change."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from inspections.actions.models import Action
from inspections.issues.models import ContractIssue
from inspections.scorecards.gathering import Gathered, gather, registered
from inspections.scorecards.recorded import with_recorders
from inspections.scorecards.results import Point, Row, Scorecard, Subject, worst_first
from inspections.scorecards.rollup import Part, combined
from inspections.scorecards.sight import Sight
from inspections.self_assessments.models import SelfAssessment
from inspections.visits.models import Visit
from providers.contracts.selectors import use
from providers.directory.models import Authority, Provider, Setting
from providers.people.models import Organisation
from qa_portal.core.dates import ONE_DAY

FEBRUARY, LEAP_DAY = 2, 29
MONTHS = 12


def scorecard(*, as_at: dt.date, sight: Sight, among, before: bool = True) -> Scorecard:
    """One row for each setting of `among` that was registered that day, the worst first.

    `before` adds each setting's score of 12 months earlier, where it was registered then.
    """
    settings = list(among.filter(registered(as_at)).with_names().with_owner(as_at))
    gathered = gather(settings, sight, days_of(as_at, before))
    used = in_use(settings, as_at, sight)
    refs = refs_of({setting.owner_id for setting in settings})
    rows = [
        Row(
            subject=subject_of(one, in_use=one.pk in used, provider_ref=refs.get(one.owner_id, "")),
            score=now,
            before=gathered.score(one.pk, a_year_before(as_at)) if before else None,
        )
        for one in settings
        if (now := gathered.score(one.pk, as_at))
    ]
    return in_rows(as_at, sight, gathered, rows)


def provider_scorecard(*, as_at: dt.date, sight: Sight, among, before: bool = True) -> Scorecard:
    """One row for each provider over those settings of `among` that it owned and had registered that day.

    `before` is over those of 12 months earlier, whoever owns them now.
    """
    days = days_of(as_at, before)
    there = Q()
    for day in days:
        there |= registered(day)
    settings = list(among.filter(there).with_names())
    gathered = gather(settings, sight, days)
    parts, used = gathered.parts(as_at), in_use(settings, as_at, sight)
    earlier = gathered.by_provider(a_year_before(as_at)) if before else {}
    providers = Provider.objects.in_bulk(parts)
    rows = [
        Row(
            subject=subject_of_provider(providers[pk], owned, used),
            score=combined(gathered.definition, owned),
            before=earlier.get(pk),
        )
        for pk, owned in parts.items()
    ]
    return in_rows(as_at, sight, gathered, rows)


def subject_of_provider(provider: Provider, owned: Sequence[Part], used: set[int]) -> Subject:
    return Subject(
        kind="provider",
        pk=provider.pk,
        ref=str(provider.public_id),
        name=provider.name,
        in_use=any(part.pk in used for part in owned),
        settings=len(owned),
    )


def in_rows(as_at: dt.date, sight: Sight, gathered: Gathered, rows: Iterable[Row]) -> Scorecard:
    return Scorecard(as_at, sight.whose, gathered.definition, tuple(sorted(rows, key=worst_first)))


def setting_score(*, setting: Setting, as_at: dt.date, sight: Sight) -> Row | None:
    """With who recorded each piece of evidence. None where it was not registered that day."""
    card = scorecard(as_at=as_at, sight=sight, among=Setting.objects.filter(pk=setting.pk))
    return next(map(with_recorders, card.rows), None)


def provider_score(*, provider: Provider, as_at: dt.date, sight: Sight) -> Row | None:
    """Over all its settings of the day, with who recorded what. None where it owned none."""
    card = provider_scorecard(as_at=as_at, sight=sight, among=ever_owned_by(provider))
    return next((with_recorders(row) for row in card.rows if row.subject.pk == provider.pk), None)


def settings_of(*, provider: Provider, as_at: dt.date, sight: Sight) -> Scorecard:
    """Each setting that the provider owned that day."""
    return scorecard(as_at=as_at, sight=sight, among=Setting.objects.owned_by(provider.pk, as_at))


def setting_trend(*, setting: Setting, as_at: dt.date, sight: Sight) -> tuple[Point, ...]:
    """At the last twelve ends of a month and on the day itself, by valid time."""
    days = trend_days(as_at)
    gathered = gather(Setting.objects.filter(pk=setting.pk).with_names(), sight, days)
    return tuple(Point(day, gathered.score(setting.pk, day)) for day in days)


def provider_trend(*, provider: Provider, as_at: dt.date, sight: Sight) -> tuple[Point, ...]:
    days = trend_days(as_at)
    gathered = gather(ever_owned_by(provider).with_names(), sight, days)
    return tuple(Point(day, gathered.by_provider(day).get(provider.pk)) for day in days)


def ever_owned_by(provider: Provider):
    names = Provider.objects.one_with(provider.pk)
    return Setting.objects.filter(pk__in=Setting.objects.filter(ownerships__provider__in=names).values("pk"))


def settings_watched(council: Organisation, on: dt.date):
    """What the council answers for: it places there or hosts it, or has visited it, asked it or has a case."""
    own: list[Any] = [
        Visit.objects.filter(council=council),
        ContractIssue.objects.filter(council=council),
        Action.objects.filter(council=council),
        SelfAssessment.objects.filter(campaign__council=council),
    ]
    watched = use(on, council.authority_id) | Q(authority__in=Authority.objects.lineage(council.authority_id))
    for records in own:
        watched |= Q(pk__in=records.exclude(setting=None).order_by().values("setting"))
    return Setting.objects.filter(watched)


def in_use(settings: Sequence[Setting], on: dt.date, sight: Sight) -> set[int]:
    """Of what the reader may know: a council of its own use, and nobody of another council's."""
    if not settings:
        return set()
    return set(Setting.objects.filter(use(on, sight.authority)).values_list("pk", flat=True))


def refs_of(providers: Iterable[int | None]) -> dict[int, str]:
    rows = Provider.objects.filter(pk__in=[pk for pk in providers if pk]).values_list("pk", "public_id")
    return {pk: str(ref) for pk, ref in rows}


def subject_of(setting, *, in_use: bool, provider_ref: str) -> Subject:
    """Of a setting with its names and its owner."""
    return Subject(
        kind="setting",
        pk=setting.pk,
        ref=str(setting.public_id),
        name=setting.display_name,
        provision_type=setting.provision_type.label if setting.provision_type else "",
        authority=setting.authority.name if setting.authority else "",
        provider=setting.owner_name or "",
        urn=setting.urn,
        in_use=in_use,
        provider_ref=provider_ref,
    )


def days_of(as_at: dt.date, before: bool) -> list[dt.date]:
    return [a_year_before(as_at), as_at] if before else [as_at]


def a_year_before(on: dt.date) -> dt.date:
    """The same day of the year before; the last of February for the leap day."""
    leap = (on.month, on.day) == (FEBRUARY, LEAP_DAY)
    return on.replace(year=on.year - 1, day=LEAP_DAY - 1 if leap else on.day)


def trend_days(as_at: dt.date) -> list[dt.date]:
    """The last twelve ends of a month before the day, and the day."""
    days = [as_at]
    while len(days) <= MONTHS:
        days.append(days[-1].replace(day=1) - ONE_DAY)
    return days[::-1]
