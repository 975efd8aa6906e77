"""Scorecards of settings and providers as at a day; the number of queries does not grow with the rows."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from inspections.actions.models import Action
from inspections.issues.models import ContractIssue
from inspections.scorecards.inputs.evidence_authors import with_recorders
from inspections.scorecards.inputs.loader import ScoreInputs, load_inputs
from inspections.scorecards.inputs.settings_on import RegisteredSetting, read, registered
from inspections.scorecards.inputs.visibility import EvidenceScope
from inspections.scorecards.scoring.arithmetic import Score
from inspections.scorecards.scoring.results import Month, Row, Scorecard, Subject, Year, worst_first
from inspections.scorecards.scoring.rollup import by_provider
from inspections.self_assessments.models import SelfAssessment
from inspections.visits.models import Visit
from providers.contracts.selectors import use
from providers.directory.models import Authority, Provider, Setting, SettingOwnership
from providers.directory.models.settings import SettingQuerySet
from providers.people.models import Organisation
from qa_portal.core.dates import ONE_DAY

__all__ = [
    "Month",
    "a_year_before",
    "by_provider",
    "hosted_or_used",
    "scorecard",
    "settings_shown",
    "settings_watched",
    "with_recorders",
    "year_of_provider",
    "year_of_setting",
]

FEBRUARY, LEAP_DAY = 2, 29
MONTHS = 12


def scorecard(
    *, as_at: dt.date, scope: EvidenceScope, among: Any, before: bool = True, with_evidence: bool = True
) -> Scorecard:
    """Return a row for each setting of `among` that was registered that day, the worst first.

    `before` adds each setting's score of 12 months earlier, if it was registered then. Without evidence the
    domains have figures and neither words nor records; limits name their evidence either way.
    """
    settings = read(among.filter(registered(as_at)))
    days = [a_year_before(as_at), as_at] if before else [as_at]
    inputs = load_inputs(settings, scope, days, with_evidence=with_evidence)
    return card_of(inputs, settings, as_at, before=before)


def year_of_setting(
    setting: Setting, *, as_at: dt.date, scope: EvidenceScope, among: Any = Setting.objects
) -> Year:
    """Return the setting's year.

    Its scorecard is empty if it was not registered that day. `among` gives the names.
    """
    settings, days = read(among.filter(pk=setting.pk)), trend_days(as_at)
    inputs = load_inputs(settings, scope, [a_year_before(as_at), *days])
    there = [one for one in settings if one.was_there(as_at)]
    months = months_of((day, inputs.score(setting.pk, day)) for day in days)
    return Year(card_of(inputs, there, as_at), months)


def year_of_provider(
    provider: Provider, *, as_at: dt.date, scope: EvidenceScope, among: Any = Setting.objects
) -> Year:
    """Return the provider's year: a row for each setting owned that day, and the provider's months."""
    names, days = Provider.objects.one_with(provider.pk), trend_days(as_at)
    owned = SettingOwnership.objects.filter(provider__in=names)
    settings = read(among.filter(pk__in=owned.values("setting")))
    inputs = load_inputs(settings, scope, [a_year_before(as_at), *days])
    there = [one for one in inputs.owned_by(provider.pk, as_at) if one.was_there(as_at)]
    months = months_of((day, inputs.over_settings(provider.pk, day)) for day in days)
    return Year(card_of(inputs, there, as_at), months)


def card_of(
    inputs: ScoreInputs, settings: Sequence[RegisteredSetting], as_at: dt.date, *, before: bool = True
) -> Scorecard:
    """Return the scorecard of some of the loaded settings, all registered on the day."""
    scope, owners, earlier = inputs.context.scope, inputs.context.owners, a_year_before(as_at)
    owner_of = {one.pk: owners.of(one.pk, as_at) for one in settings}
    names = Provider.objects.in_bulk(set(owner_of.values()) - {None})
    used = in_use(settings, as_at, scope)
    rows = [
        Row(
            subject=subject_of(
                one,
                names.get(owner_of[one.pk]),
                in_use=one.pk in used if scope.may_see_use else None,
            ),
            score=now,
            before=inputs.score(one.pk, earlier) if before else None,
            kept=owner_of[one.pk] == owners.of(one.pk, earlier),
        )
        for one in settings
        if (now := inputs.score(one.pk, as_at))
    ]
    return Scorecard(as_at, scope.whose, inputs.definition, tuple(sorted(rows, key=worst_first)))


def subject_of(setting: RegisteredSetting, owner: Provider | None, *, in_use: bool | None) -> Subject:
    return Subject(
        kind="setting",
        pk=setting.pk,
        ref=setting.ref,
        name=setting.name,
        provision_type=setting.provision_type,
        authority=setting.authority,
        provider=owner.name if owner else "",
        urn=setting.urn,
        in_use=in_use,
        provider_pk=owner.pk if owner else None,
        provider_ref=str(owner.public_id) if owner else "",
    )


def months_of(scores: Iterable[tuple[dt.date, Score | None]]) -> tuple[Month, ...]:
    """Return the months of the days that have a score."""
    return tuple(Month(on, one.assured, one.coverage, one.band) for on, one in scores if one)


def hosted_or_used(council: Organisation, on: dt.date) -> SettingQuerySet:
    """Return settings in the area of the council or its predecessors, and those where it places children."""
    hosted = Q(authority__in=Authority.objects.lineage(council.authority_id))
    return Setting.objects.filter(hosted | use(on, council.authority_id))


def settings_shown(council: Organisation, on: dt.date, scope: EvidenceScope) -> SettingQuerySet:
    """Return the settings of a council's scorecard, before filters.

    Readers who are not its own people see those in its area only.
    Any other row would show where it places children, or when one came or left.
    """
    return (
        settings_watched(council, on)
        if scope.may_see_use
        else Setting.objects.in_footprint(council.authority_id)
    )


def settings_watched(council: Organisation, on: dt.date) -> SettingQuerySet:
    """Return settings hosted, used, visited, or with a self-assessment, action or contract issue."""
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


def all_settings_of_their_owners(settings: Any, on: dt.date) -> SettingQuerySet:
    """Return all settings of the owners.

    A setting outside the list may limit its provider, whose score is the same in every list.
    """
    owned = SettingOwnership.objects.in_force(on)
    owners = owned.filter(setting__in=settings.order_by().values("pk")).order_by().values("provider")
    names = Provider.objects.every_name_of(owners)
    return Setting.objects.filter(pk__in=owned.filter(provider__in=names).order_by().values("setting"))


def in_use(settings: Sequence[RegisteredSetting], on: dt.date, scope: EvidenceScope) -> set[int]:
    """Return the settings in use that the reader may know of: never another council's use."""
    if not settings or not scope.may_see_use:
        return set()
    return set(Setting.objects.filter(use(on, scope.authority)).values_list("pk", flat=True))


def a_year_before(on: dt.date) -> dt.date:
    """Return the same day of the year before; 28 February for 29 February."""
    leap = (on.month, on.day) == (FEBRUARY, LEAP_DAY)
    return on.replace(year=on.year - 1, day=LEAP_DAY - 1 if leap else on.day)


def trend_days(as_at: dt.date) -> list[dt.date]:
    """Return the last twelve month ends before the day, and the day."""
    days = [as_at]
    while len(days) <= MONTHS:
        days.append(days[-1].replace(day=1) - ONE_DAY)
    return days[::-1]
