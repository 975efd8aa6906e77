"""Who is on which lot, what an application still lacks, and what was found about a lot."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from providers.contracts.holds import ReferralState, referral_states
from providers.directory import visibility_reasons
from providers.directory.models import Provider, Setting, SettingOwnership
from providers.directory.models.organisations import ProviderQuerySet
from providers.directory.models.settings import SettingQuerySet
from providers.people.models import User
from providers.purchasing.models import (
    Application,
    ApplicationLot,
    ApplicationLotSetting,
    Clarification,
    ConditionsVersion,
    Declaration,
    Lot,
    LotCheck,
    LotMembership,
    PurchasingSystem,
    RequiredDocument,
)
from providers.purchasing.models.decisions import LotMembershipQuerySet
from providers.purchasing.models.systems import PurchasingSystemQuerySet
from qa_portal.core.dates import add_working_days, working_days_between

MOST_QUESTIONS = 2
"""How often the provider is asked about the same thing before the council goes on with what it has."""


def names_of(provider: Provider) -> ProviderQuerySet:
    """Return a queryset of the provider under every name that counts as one with it; it runs no query itself."""
    return Provider.objects.every_name_of([provider.pk])


def memberships_of(provider: Provider, on: dt.date) -> LotMembershipQuerySet:
    """Return the lots that the provider is on that day under any of its names."""
    return LotMembership.objects.in_force(on).filter(provider__in=names_of(provider)).with_names()


def conditions_in_force(system: PurchasingSystem, on: dt.date) -> ConditionsVersion | None:
    return system.conditions.filter(from_on__lte=on).order_by("-number").first()


def settings_of(provider: Provider, on: dt.date) -> SettingQuerySet:
    """Return the settings that the provider owns in the register that day under any of its names."""
    owned = SettingOwnership.objects.in_force(on).filter(provider__in=names_of(provider))
    return Setting.objects.filter(pk__in=owned.values("setting")).with_names()


def newest_checks(application_lot: ApplicationLot) -> dict[str, LotCheck]:
    """Return the newest check by kind; a lot that was asked again has several of one kind."""
    checks = LotCheck.objects.filter(application_lot=application_lot.pk).order_by("pk")
    return {check.kind: check for check in checks}


def open_clarification(application: Application, lot: ApplicationLot | None = None) -> Clarification | None:
    asked = Clarification.objects.filter(application=application.pk, lot=lot)
    return asked.filter(answered_at=None, closed_at=None).first()


def times_asked(application: Application, lot: ApplicationLot | None = None) -> int:
    return Clarification.objects.filter(application=application.pk, lot=lot).count()


def documents_asked_for(application: Application) -> list[tuple[RequiredDocument, list]]:
    """Each kind once, at the strictest of the chosen lots, with the documents sent of that kind."""
    sent = defaultdict(list)
    for row in application.documents.select_related("document"):
        sent[row.document.kind].append(row.document)
    lots = application.lots.values("lot")
    asked: dict[str, RequiredDocument] = {}
    for required in RequiredDocument.objects.filter(lot__in=lots).select_related("lot"):
        known = asked.setdefault(required.kind, required)
        if strictness(required) > strictness(known):
            asked[required.kind] = required
    order = sorted(asked.values(), key=lambda one: (not one.is_compulsory, one.get_kind_display()))
    return [(required, sent[required.kind]) for required in order]


def strictness(required: RequiredDocument) -> tuple[bool, int]:
    return required.is_compulsory, required.minimum_cover or 0


def missing_of(application: Application) -> list[str]:
    """Return one sentence for each thing that keeps a draft from being sent."""
    found = []
    lots = list(application.lots.select_related("lot").prefetch_related("settings"))
    if not lots:
        found.append("Choose at least one lot.")
    found += [f"Choose a registered setting for {lot}." for lot in lots if not lot.settings.all()]
    found += [
        f"Add your {lower_first(required.get_kind_display())}."
        for required, sent in documents_asked_for(application)
        if required.is_compulsory and not sent
    ]
    if application.declarations.count() < len(Declaration.Question):
        found.append("Answer the questions about exclusion.")
    return found


def lower_first(words: str) -> str:
    """Within a sentence; an abbreviation keeps its capitals."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def lots_under_way(provider: Provider, lots: Iterable[Lot]) -> dict[int, str]:
    """Return, by lot, why the provider cannot apply for it now: it is on the lot, or an application is not decided yet."""
    own = names_of(provider)
    keys = [lot.pk for lot in lots]
    on_lot = LotMembership.objects.filter(provider__in=own, lot__in=keys, to_on=None)
    waiting = ApplicationLot.objects.filter(
        application__provider__in=own, application__state=Application.State.SUBMITTED, lot__in=keys
    )
    reasons = dict.fromkeys(waiting.values_list("lot", flat=True), "being considered already")
    return reasons | dict.fromkeys(on_lot.values_list("lot", flat=True), "you are on it already")


def kinds_to_check(application_lot: ApplicationLot) -> set[str]:
    """Return the kinds of check that were not done for the lot, or were unclear before the provider answered."""
    newest = newest_checks(application_lot)
    parallel = set(LotCheck.Kind) - {LotCheck.Kind.COMPLETENESS}
    return {kind for kind in parallel if kind not in newest} | {
        check.kind for check in unclear_checks(application_lot)
    }


def unclear_checks(application_lot: ApplicationLot) -> list[LotCheck]:
    newest = newest_checks(application_lot).values()
    parallel = [check for check in newest if check.kind != LotCheck.Kind.COMPLETENESS]
    return [check for check in parallel if check.outcome == LotCheck.Outcome.UNCLEAR]


def may_be_asked_again(application: Application, lot: ApplicationLot | None = None) -> bool:
    return times_asked(application, lot) < MOST_QUESTIONS


def days_stopped(application: Application, lot: ApplicationLot | None, on: dt.date) -> int:
    """Working days up to `on` on which the council waited for the provider, about the application or the lot."""
    about_this = {None, lot.pk if lot else None}
    about = [question for question in application.clarifications.all() if question.lot_id in about_this]
    return sum(
        working_days_between(timezone.localdate(question.asked_at), ended_on(question, on))
        for question in about
    )


def ended_on(question: Clarification, on: dt.date) -> dt.date:
    ended_at = question.answered_at or question.closed_at
    return min(timezone.localdate(ended_at), on) if ended_at else on


def decision_due_on(application: Application, lot: ApplicationLot | None, on: dt.date) -> dt.date:
    """Return the last day for a decision: the system's limit in working days from the day it was sent.

    Days on which the clock was paused are added.
    """
    sent_on = timezone.localdate(application.submitted_at)
    limit = application.system.decision_days + days_stopped(application, lot, on)
    return add_working_days(sent_on, limit)


def reconsideration_until(application: Application) -> dt.date:
    """Return the last day on which the provider may ask for a decision to be reconsidered."""
    issued_on = timezone.localdate(application.concluded_at)
    return add_working_days(issued_on, application.system.reconsideration_days)


def systems_with_counts(user: User, on: dt.date) -> PurchasingSystemQuerySet:
    """Those the reader sees, with lots, providers on them and applications being considered."""
    members = LotMembership.objects.in_force(on).filter(lot__system=OuterRef("pk"))
    members = (
        members.order_by().values("lot__system").annotate(n=Count("provider", distinct=True)).values("n")
    )
    waiting = Application.objects.visible_to(user).in_progress().filter(system=OuterRef("pk"))
    waiting = waiting.order_by().values("system").annotate(n=Count("pk")).values("n")
    return (
        PurchasingSystem.objects.visible_to(user)
        .select_related("council")
        .annotate(
            lot_count=Count("lots"),
            member_count=Coalesce(Subquery(members), 0),
            waiting_count=Coalesce(Subquery(waiting), 0),
        )
        .order_by("name")
    )


@dataclass(frozen=True)
class LotMember:
    """A provider on a lot, and whether anybody new may be referred to it there: None where that is not told."""

    place: LotMembership
    state: ReferralState | None


def lots_with_members(
    system: PurchasingSystem, user: User, on: dt.date, *, holds_are_told: bool
) -> list[Lot]:
    """Return the system's lots with the documents each asks for, and `places`: a LotMember for each visible member."""
    seen = LotMembership.objects.visible_to(user).in_force(on).filter(lot__system=system)
    places = list(seen.select_related("provider").order_by("provider__name"))
    states = referral_states(places, on) if holds_are_told else {}
    lots = list(system.lots.select_related("provision_type").prefetch_related("required_documents"))
    for lot in lots:
        lot.places = [LotMember(place, states.get(place.pk)) for place in places if place.lot_id == lot.pk]  # type: ignore[attr-defined]  # the template draws them
    return lots


@visibility_reasons.register_case
def settings_offered(user: User) -> Q:
    seen = Application.objects.visible_to(user).order_by().values("pk")
    offered = ApplicationLotSetting.objects.filter(application_lot__application__in=seen)
    return Q(pk__in=offered.order_by().values("setting"))
