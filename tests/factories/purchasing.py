"""Purchasing systems and applications, made by the services as officers and providers would. All of it invented."""

import datetime as dt

from django.utils import timezone

from providers.directory.models import Provider, ProvisionType, Setting
from providers.documents.document_kinds import DocumentKind
from providers.documents.models import Document
from providers.people.models import User
from providers.people.roles import TeamManager
from providers.purchasing.models import (
    Application,
    ApplicationLot,
    Declaration,
    Lot,
    LotCheck,
    LotDecision,
    LotMembership,
    PurchasingSystem,
    SentCopy,
)
from providers.purchasing.rules import ExclusionFinding
from providers.purchasing.services.applications import (
    add_documents,
    choose_lots,
    declare,
    start_application,
    submit_application,
)
from providers.purchasing.services.exclusion_assessments import record_exclusion
from providers.purchasing.services.systems import (
    add_lot,
    add_system,
    publish_system,
    require_document,
    set_conditions,
)
from qa_portal.core.audit.audit_context import audit_as
from qa_portal.core.dates import today
from tests.factories.documents import a_document
from tests.factories.people import MembershipFactory
from tests.factories.register import SettingFactory

TEN_MILLION = 10_000_000
NO_GROUNDS = dict.fromkeys(Declaration.Question, (False, ""))


def acting_as(user: User):
    scope = user.scope
    return audit_as(
        user_id=user.pk, person_id=user.person_id, organisation_id=scope.organisation_id, role=scope.role
    )


def a_system(by: User, *, published: bool = True, **values) -> PurchasingSystem:
    """With conditions and one lot, 1 Residential care, which asks for public liability and a safeguarding policy."""
    values = {
        "name": "North West residential",
        "reference": "NWRES",
        "regime": PurchasingSystem.Regime.LIGHT_TOUCH_DPS,
        "opens_on": today() - dt.timedelta(days=30),
    } | values
    with acting_as(by):
        system = add_system(by=by, **values)
        set_conditions(by=by, system=system, text="Be registered.", from_on=values["opens_on"])
        a_lot(by, system)
        if published:
            publish_system(by=by, system=system)
    system.refresh_from_db()
    return system


def a_lot(
    by: User, system: PurchasingSystem, code: str = "1", name: str = "Residential care", **values
) -> Lot:
    kind = ProvisionType.objects.get(code=values.pop("provision_type", "childrens_home"))
    with acting_as(by):
        lot = add_lot(by=by, system=system, code=code, name=name, provision_type=kind, **values)
        require_document(by=by, lot=lot, kind=DocumentKind.PUBLIC_LIABILITY, minimum_cover=TEN_MILLION)
        require_document(by=by, lot=lot, kind=DocumentKind.SAFEGUARDING_POLICY)
    return lot


def a_policy(by: User, cover: int = TEN_MILLION, **values) -> Document:
    """A public liability policy of a year that has begun."""
    values = {
        "name": "liability.txt",
        "from_on": today() - dt.timedelta(days=100),
        "expires_on": today() + dt.timedelta(days=265),
    } | values
    return a_document(
        by,
        text=f"Policy of {cover}",
        kind=DocumentKind.PUBLIC_LIABILITY,
        cover_amount=cover,
        **values,
    )


def a_safeguarding_policy(by: User) -> Document:
    return a_document(
        by, text="We keep children safe", name="safeguarding.txt", kind=DocumentKind.SAFEGUARDING_POLICY
    )


def a_home(by: User, **values) -> Setting:
    """A registered home of the provider acted for."""
    return SettingFactory(owner=by.membership.organisation.provider, **values)


def a_draft(by: User, system: PurchasingSystem, *, documents=None, homes=None) -> Application:
    """Every lot of the system, with one home and the documents that its lots ask for: ready to be sent."""
    homes = homes or [a_home(by)]
    documents = [a_policy(by), a_safeguarding_policy(by)] if documents is None else documents
    with acting_as(by):
        application = start_application(by=by, system=system)
        choose_lots(by=by, application=application, chosen=dict.fromkeys(system.lots.all(), homes))
        add_documents(by=by, application=application, documents=documents)
        declare(by=by, application=application, answers=NO_GROUNDS)
    return application


def a_sent_application(by: User, system: PurchasingSystem, **values) -> Application:
    """Sent, and in no process: the flow is started by `workflows.applications.services.send_application`."""
    application = a_draft(by, system, **values)
    with acting_as(by):
        return submit_application(by=by, application=application)


def a_finding(state: str = "no_ground", **values) -> ExclusionFinding:
    """Made today, with a look at the debarment list."""
    if state != "no_ground":
        values = {"grounds": "Schedule 6, fraud, a director", "reason": "Convicted in May."} | values
    values = {
        "list_looked_on": today(),
        "list_finding": "None of the names is on it.",
        "review_on": today() + dt.timedelta(days=365),
    } | values
    return ExclusionFinding(state=state, **values)


def check_exclusion(by: User, applied: ApplicationLot, state: str = "no_ground", **values) -> LotCheck:
    return record_exclusion(by=by, application_lot=applied, finding=a_finding(state, **values))


def a_member(provider: Provider, lot: Lot, *, from_on: dt.date | None = None) -> LotMembership:
    """A provider on a lot, as an approval long ago left it."""
    manager = MembershipFactory(organisation=lot.system.council, role=TeamManager.key)
    number = lot.system.applications.count() + 1
    with audit_as(role="system"):
        application = Application.objects.create(
            provider=provider,
            system=lot.system,
            number=number,
            state=Application.State.CONCLUDED,
            conditions=lot.system.conditions.first(),
            started_at=timezone.now(),
            started_by=manager,
            submitted_at=timezone.now(),
            submitted_by=manager,
            concluded_at=timezone.now(),
        )
        SentCopy.objects.create(application=application, content={"declarations": []})
        applied = ApplicationLot.objects.create(application=application, lot=lot)
        decision = LotDecision.objects.create(
            application_lot=applied,
            outcome=LotDecision.Outcome.APPROVED,
            decided_by=manager,
            decided_on=today(),
            effective_on=from_on or today(),
            conditions=application.conditions,
            basis={},
        )
        return LotMembership.objects.create(
            provider=provider, lot=lot, decision=decision, from_on=from_on or today() - dt.timedelta(days=30)
        )
