"""What a provider does: start, prepare, send and withdraw an application."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from providers.directory.models import Provider, Setting
from providers.documents.models import Document
from providers.people.models import User
from providers.people.rules import own_membership
from providers.purchasing.exclusion import declared_by_provider
from providers.purchasing.models import (
    Application,
    ApplicationDocument,
    ApplicationLot,
    ApplicationLotSetting,
    Declaration,
    Lot,
    LotDecision,
    PurchasingSystem,
    SentCopy,
)
from providers.purchasing.rules import check_can_apply, check_can_prepare, check_can_withdraw
from providers.purchasing.selectors import (
    conditions_in_force,
    lots_under_way,
    missing_of,
    names_of,
    settings_of,
)
from qa_portal.core.audit.bulk import set_values
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

EXPLAIN = "Say what happened, and what has been put right since."


def locked_application(application: Application) -> Application:
    """Read anew and locked: of two people at once the second sees what the first did."""
    list(
        Application.objects.select_for_update().filter(pk=application.pk)
    )  # before rows are joined: see `locked`
    [application] = Application.objects.with_names().filter(pk=application.pk)
    return application


def draft(by: User, application: Application) -> Application:
    application = locked_application(application)
    check_can_prepare(by, application)
    return application


@transaction.atomic
def start_application(*, by: User, system: PurchasingSystem) -> Application:
    """Return the provider's draft for this system, or start one with the next number."""
    system = locked(system)
    check_can_apply(by, system)
    provider = Provider.objects.get(organisation=own_membership(by).organisation).present
    open_draft = system.applications.filter(
        provider__in=names_of(provider), state=Application.State.DRAFT
    ).first()
    if open_draft:
        return open_draft
    last = system.applications.aggregate(last=Max("number"))["last"] or 0
    return Application.objects.create(
        provider=provider,
        system=system,
        number=last + 1,
        started_at=timezone.now(),
        started_by=own_membership(by),
    )


@transaction.atomic
def choose_lots(*, by: User, application: Application, chosen: Mapping[Lot, Sequence[Setting]]) -> None:
    """`chosen` gives each lot its settings, and replaces what was chosen before."""
    application = draft(by, application)
    check_lots(application, chosen)
    for applied in application.lots.exclude(lot__in=chosen):
        offer({applied: []})
        applied.delete()
    applied_lots = {applied.lot_id: applied for applied in application.lots.all()}
    new = [ApplicationLot(application=application, lot=lot) for lot in chosen if lot.pk not in applied_lots]
    applied_lots |= {applied.lot_id: applied for applied in ApplicationLot.objects.audited_create(new)}
    offer({applied_lots[lot.pk]: settings for lot, settings in chosen.items()})


def check_lots(application: Application, chosen: Mapping[Lot, Sequence[Setting]]) -> None:
    """Lots of this system, not under way already, each with settings of its type that the provider owns."""
    under_way = lots_under_way(application.provider, chosen)
    types = dict(settings_of(application.provider, today()).values_list("pk", "provision_type"))
    for lot, settings in chosen.items():
        if lot.system_id != application.system_id:
            raise Refused(f"{lot} is a lot of another system.")
        if lot.pk in under_way:
            raise Refused(f"You cannot apply for {lot}: {under_way[lot.pk]}.")
        if not settings:
            raise Refused(f"Choose a registered setting for {lot}.")
        if any(types.get(setting.pk) != lot.provision_type_id for setting in settings):
            raise Refused(f"Choose only your own registered settings of the right type for {lot}.")


def offer(wanted: Mapping[ApplicationLot, Sequence[Setting]]) -> None:
    """Make the settings offered for these lots exactly those wanted."""
    pairs = {
        (applied.pk, setting.pk): (applied, setting)
        for applied, settings in wanted.items()
        for setting in settings
    }
    for row in ApplicationLotSetting.objects.filter(application_lot__in=wanted):
        if pairs.pop((row.application_lot_id, row.setting_id), None) is None:
            row.delete()
    new = [
        ApplicationLotSetting(application_lot=applied, setting=setting) for applied, setting in pairs.values()
    ]
    ApplicationLotSetting.objects.audited_create(new)


@transaction.atomic
def add_documents(*, by: User, application: Application, documents: Sequence[Document]) -> None:
    """Documents of the provider's library. One serves every lot that asks for its kind."""
    application = draft(by, application)
    attach(by, application, documents)


@transaction.atomic
def choose_documents(*, by: User, application: Application, documents: Sequence[Document]) -> None:
    """Replace the chosen documents; those left out stay in the library."""
    application = draft(by, application)
    for row in application.documents.exclude(document__in=documents):
        row.delete()
    attach(by, application, documents)


def attach(by: User, application: Application, documents: Sequence[Document]) -> None:
    seen = Document.objects.visible_to(by).filter(pk__in=[document.pk for document in documents])
    own = seen.filter(
        organisation__provider__in=Provider.objects.one_with(application.provider_id),
        identifies_child=False,
        removed_at=None,
    )
    if own.count() != len(set(documents)):
        raise Refused("Choose only documents of your own library that identify no child.")
    attached = set(application.documents.values_list("document", flat=True))
    new = {document.pk: document for document in documents if document.pk not in attached}
    ApplicationDocument.objects.audited_create(
        [ApplicationDocument(application=application, document=document) for document in new.values()]
    )


@transaction.atomic
def declare(
    *,
    by: User,
    application: Application,
    answers: Mapping[str, tuple[bool, str]],
    platform_supplier_id: str = "",
    platform_share_code: str = "",
) -> None:
    """`answers` maps each question to yes or no, and what is to be said where it is yes."""
    application = draft(by, application)
    earlier = {declared.question: declared for declared in application.declarations.all()}
    for question in Declaration.Question:
        answer, detail = answers[question]
        if answer and not detail.strip():
            raise Refused(EXPLAIN)
        declared = earlier.get(question) or Declaration(application=application, question=question)
        declared.answer, declared.detail = answer, detail if answer else ""
        declared.declared_at, declared.declared_by = timezone.now(), own_membership(by)
        declared.save()
    codes = {"platform_supplier_id": platform_supplier_id, "platform_share_code": platform_share_code}
    if set_values(application, codes):
        application.save()


@transaction.atomic
def submit_application(*, by: User, application: Application) -> Application:
    """Send the draft. From now on it is locked, and a copy of what was sent is kept.

    Raise Refused with everything that is missing.
    """
    application = draft(by, application)
    check_can_apply(by, application.system)
    if missing := missing_of(application):
        raise Refused(f"The application is not complete. {' '.join(missing)}")
    lots = [applied.lot for applied in application.lots.select_related("lot")]
    if under_way := lots_under_way(application.provider, lots):
        lot = next(lot for lot in lots if lot.pk in under_way)
        raise Refused(f"You cannot apply for {lot}: {under_way[lot.pk]}.")
    application.conditions = conditions_in_force(application.system, today())
    if application.conditions is None:
        raise Refused(
            "The conditions for membership are not in force yet. Ask the council when they will be."
        )
    SentCopy.objects.create(application=application, content=copy_of(application))
    application.state = Application.State.SUBMITTED
    application.submitted_at, application.submitted_by = timezone.now(), own_membership(by)
    application.save()
    return application


def copy_of(application: Application) -> dict:
    """`lots` with their settings' URNs, `documents` by checksum, `declarations`, `platform`; all plain values."""
    lots = application.lots.select_related("lot").prefetch_related("settings__setting")
    return {
        "lots": [
            {
                "code": row.lot.code,
                "name": row.lot.name,
                "settings": [s.setting.urn for s in row.settings.all()],
            }
            for row in lots
        ],
        "documents": documents_as_sent(application),
        "declarations": declared_by_provider(application),
        "platform": {
            "supplier_id": application.platform_supplier_id,
            "share_code": application.platform_share_code,
        },
    }


def documents_as_sent(application: Application) -> list[dict]:
    """Kind, title and checksum: the checksum says which file it was, whatever becomes of the library."""
    rows = application.documents.select_related("document")
    return [
        {"kind": row.document.kind, "title": str(row.document), "sha256": row.document.sha256} for row in rows
    ]


@transaction.atomic
def withdraw_application(*, by: User, application: Application, because: str = "") -> Application:
    """Withdraw at any time before the letters.

    The lots that were sent get the outcome Withdrawn with the reason.
    """
    application = locked_application(application)
    check_can_withdraw(by, application)
    if not application.is_draft:
        withdraw_lots(by, application, because)
    application.state = Application.State.WITHDRAWN
    application.withdrawn_at, application.withdrawn_by = timezone.now(), own_membership(by)
    application.withdrawn_because = because
    application.save()
    for question in application.clarifications.filter(answered_at=None, closed_at=None):
        question.closed_at = application.withdrawn_at
        question.save()
    return application


def withdraw_lots(by: User, application: Application, because: str) -> None:
    for applied in application.lots.filter(decisions=None):
        LotDecision.objects.create(
            application_lot=applied,
            outcome=LotDecision.Outcome.WITHDRAWN,
            words=because or "Withdrawn by the provider.",
            decided_by=own_membership(by),
            decided_on=today(),
            conditions=application.conditions,
            basis={},
        )
