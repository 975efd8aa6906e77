"""Who is on which lot, what an application still lacks, and what was found about a lot."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from providers.directory.models import Provider, Setting
from providers.purchasing.models import (
    Application,
    ApplicationLot,
    Clarification,
    ConditionsVersion,
    Declaration,
    Lot,
    LotCheck,
    LotMembership,
    PurchasingSystem,
    RequiredDocument,
)


def memberships_of(provider: Provider, on: dt.date):
    """The lots that the provider, under any of its names, is on that day."""
    own = Provider.objects.one_with(provider.present.pk)
    return LotMembership.objects.in_force(on).filter(provider__in=own).with_names()


def conditions_in_force(system: PurchasingSystem, on: dt.date) -> ConditionsVersion | None:
    return system.conditions.filter(from_on__lte=on).order_by("-number").first()


def settings_offered(provider: Provider, lot: Lot, on: dt.date):
    """The provider's registered settings of the lot's provision type."""
    return (
        Setting.objects.owned_by(provider.present.pk, on)
        .filter(provision_type__code=lot.provision_type.code)
        .with_names()
    )


def newest_checks(application_lot: ApplicationLot) -> dict[str, LotCheck]:
    """By kind; a lot that was asked again has several of one kind."""
    return {check.kind: check for check in application_lot.checks.order_by("pk")}


def open_clarification(application: Application, lot: ApplicationLot | None = None) -> Clarification | None:
    return application.clarifications.filter(lot=lot, answered_at=None, closed_at=None).first()


def times_asked(application: Application, lot: ApplicationLot | None = None) -> int:
    return application.clarifications.filter(lot=lot).count()


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
    """What keeps a draft from being sent, a sentence each."""
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
    """By lot: why the provider cannot apply for it now. It is on the lot, or an application is not decided yet."""
    own = Provider.objects.one_with(provider.present.pk)
    keys = [lot.pk for lot in lots]
    on_lot = LotMembership.objects.filter(provider__in=own, lot__in=keys, to_on=None)
    waiting = ApplicationLot.objects.filter(
        application__provider__in=own, application__state=Application.State.SUBMITTED, lot__in=keys
    )
    reasons = dict.fromkeys(waiting.values_list("lot", flat=True), "being considered already")
    return reasons | dict.fromkeys(on_lot.values_list("lot", flat=True), "you are on it already")
