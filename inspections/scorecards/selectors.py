"""Scorecards of settings and providers as at a day: a number of queries that their number does not change."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from inspections.actions.models import Action
from inspections.issues.models import ContractIssue
from inspections.scorecards.gathering import gather, registered
from inspections.scorecards.recorded import with_recorders
from inspections.scorecards.results import Month, Row, Scorecard, Subject, worst_first
from inspections.scorecards.rollup import by_provider
from inspections.scorecards.scoring import Score
from inspections.scorecards.sight import Sight
from inspections.self_assessments.models import SelfAssessment
from inspections.visits.models import Visit
from providers.contracts.selectors import use
from providers.directory.models import Authority, Provider, Setting, SettingOwnership
from providers.people.models import Organisation
from qa_portal.core.dates import ONE_DAY

__all__ = [
    "Month",
    "a_year_before",
    "by_provider",
    "hosted_or_used",
    "provider_trend",
    "scorecard",
    "settings_watched",
    "trend",
    "with_recorders",
]

FEBRUARY, LEAP_DAY = 2, 29
MONTHS = 12


def scorecard(*, as_at: dt.date, sight: Sight, among, before: bool = True) -> Scorecard:
    """One row for each setting of `among` that was registered that day, the worst first.

    `before` adds each setting's score of 12 months earlier, where it was registered then.
    """
    settings = list(among.filter(registered(as_at)).with_names())
    earlier = a_year_before(as_at)
    gathered = gather(settings, sight, [earlier, as_at] if before else [as_at])
    owners = gathered.scene.owners
    names = Provider.objects.in_bulk({owners.of(one.pk, as_at) for one in settings} - {None})
    used = in_use(settings, as_at, sight)
    rows = [
        Row(
            subject=subject_of(one, names.get(owner), in_use=one.pk in used if sight.tells_use else None),
            score=now,
            before=gathered.score(one.pk, earlier) if before else None,
            kept=owner == owners.of(one.pk, earlier),
        )
        for one in settings
        for owner in [owners.of(one.pk, as_at)]
        if (now := gathered.score(one.pk, as_at))
    ]
    return Scorecard(as_at, sight.whose, gathered.definition, tuple(sorted(rows, key=worst_first)))


def subject_of(setting: Setting, owner: Provider | None, *, in_use: bool | None) -> Subject:
    return Subject(
        kind="setting",
        pk=setting.pk,
        ref=str(setting.public_id),
        name=setting.display_name,
        provision_type=setting.provision_type.label if setting.provision_type else "",
        authority=setting.authority.name if setting.authority else "",
        provider=owner.name if owner else "",
        urn=setting.urn,
        in_use=in_use,
        provider_pk=owner.pk if owner else None,
        provider_ref=str(owner.public_id) if owner else "",
    )


def trend(setting: Setting, *, as_at: dt.date, sight: Sight) -> tuple[Month, ...]:
    """At the last twelve ends of a month and on the day itself; not on days on which it was not registered."""
    days = trend_days(as_at)
    gathered = gather(Setting.objects.filter(pk=setting.pk).with_names(), sight, days)
    return months_of((day, gathered.score(setting.pk, day)) for day in days)


def provider_trend(provider: Provider, *, as_at: dt.date, sight: Sight) -> tuple[Month, ...]:
    """Over the settings that it owned on each of the days."""
    days, names = trend_days(as_at), Provider.objects.one_with(provider.pk)
    owned = SettingOwnership.objects.filter(provider__in=names)
    gathered = gather(Setting.objects.filter(pk__in=owned.values("setting")).with_names(), sight, days)
    return months_of((day, gathered.over_settings(provider.pk, day)) for day in days)


def months_of(scores: Iterable[tuple[dt.date, Score | None]]) -> tuple[Month, ...]:
    return tuple(Month(on, one.assured, one.coverage, one.band) for on, one in scores if one)


def hosted_or_used(council: Organisation, on: dt.date):
    """Settings in the council's area, or in one that it took over from, and those it places children at."""
    hosted = Q(authority__in=Authority.objects.lineage(council.authority_id))
    return Setting.objects.filter(hosted | use(on, council.authority_id))


def settings_watched(council: Organisation, on: dt.date):
    """Those, and what the council has visited, asked for a self-assessment or an action, or has a case about."""
    own: list[Any] = [
        Visit.objects.filter(council=council),
        ContractIssue.objects.filter(council=council),
        Action.objects.filter(council=council),
        SelfAssessment.objects.filter(campaign__council=council),
    ]
    watched = Q(pk__in=hosted_or_used(council, on).values("pk"))
    for records in own:
        watched |= Q(pk__in=records.exclude(setting=None).order_by().values("setting"))
    return Setting.objects.filter(watched)


def in_use(settings: Sequence[Setting], on: dt.date, sight: Sight) -> set[int]:
    """Of what the reader may know: a council of its own use, and nobody of another council's."""
    if not settings or not sight.tells_use:
        return set()
    return set(Setting.objects.filter(use(on, sight.authority)).values_list("pk", flat=True))


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
