"""Applications: decided over the months, and one at each of its stages today."""

from collections.abc import Mapping, Sequence
from typing import Any

from providers.documents.models import Document
from providers.people.models import User
from providers.purchasing.models import (
    Application,
    ApplicationLot,
    Declaration,
    ExclusionAssessment,
    LotCheck,
    LotDecision,
    PurchasingSystem,
)
from providers.purchasing.rules import ExclusionFinding
from providers.purchasing.services.applications import (
    add_documents,
    choose_lots,
    declare,
    start_application,
)
from providers.purchasing.services.checks import record_check, record_completeness
from providers.purchasing.services.decisions import decide_lot
from providers.purchasing.services.exclusion_assessments import record_exclusion
from qa_portal.core.dates import today
from qa_portal.portal.demo.replay import Story, once
from qa_portal.portal.demo.story.documents import A_YEAR
from qa_portal.portal.demo.story.story_steps import as_, do, in_days, setting
from workflows.applications.flows import ApplicationFlow, LotFlow
from workflows.applications.lot_suspensions import suspension_sentences
from workflows.applications.regulator_statuses import regulator_statuses
from workflows.applications.services import send_application

Kind, Outcome, State = LotCheck.Kind, LotCheck.Outcome, ExclusionAssessment.State
NODES = {
    Kind.OFSTED: LotFlow.check_ofsted,
    Kind.INSURANCE: LotFlow.check_insurance,
    Kind.SAFEGUARDING: LotFlow.check_safeguarding,
    Kind.REFERENCES: LotFlow.check_references,
    Kind.EXCLUSION: LotFlow.check_exclusion,
}
FINED = "A company of our director was fined in 2024 for late accounts. It has paid, and files on time since."
QUESTION = (
    "The statement of purpose does not say how many young people share a flat. Please send one that does."
)
LISTED = "Looked for the company and its directors on the debarment list on GOV.UK: none of them is on it."
NO_GROUND = {"state": State.NO_GROUND.value, "list_finding": LISTED}
SELF_CLEANED = {
    "state": State.SELF_CLEANED.value,
    "list_finding": LISTED,
    "grounds": "Schedule 7, a director’s other company fined for late accounts in 2024.",
    "reason": "The fine is paid, and two years of accounts were filed on time: it is not likely to happen again.",
}
NO_LEAD = "The policy names no designated lead, and does not say that a concern goes out the same day."


@once
def drafted(login: str, lots: dict[str, Sequence[str]]) -> None:
    prepared(login, lots)


@once
def applied(login: str, lots: dict[str, Sequence[str]]) -> None:
    """Sent, and nobody has looked at it yet."""
    sent(login, lots)


def asked_about(login: str, lots: dict[str, Sequence[str]]) -> Story:
    """Back with the provider: something is missing."""
    application = sent(login, lots)
    yield 2
    completeness(application, Outcome.UNCLEAR, QUESTION)


def in_checks(login: str, lots: dict[str, Sequence[str]]) -> Story:
    """Complete, with a ground declared; one lot waits for its decision, and of the other three checks are left."""
    application = sent(login, lots, ground=FINED)
    yield 3
    completeness(application)
    first, second = application.lots.order_by("lot__code")
    check(first, *(kind for kind in NODES if kind != Kind.EXCLUSION))
    assess(first, SELF_CLEANED)
    check(second, Kind.OFSTED, Kind.INSURANCE)


def approved(login: str, lots: dict[str, Sequence[str]]) -> Story:
    application = sent(login, lots)
    yield 4
    completeness(application)
    yield 5
    for lot in application.lots.all():
        check(lot, *NODES)
    yield 7
    for lot in application.lots.all():
        decide(lot, outcome=LotDecision.Outcome.APPROVED)


def rejected(login: str, lots: dict[str, Sequence[str]]) -> Story:
    application = sent(login, lots)
    yield 5
    completeness(application)
    yield 4
    lot = application.lots.get()
    for kind in NODES:
        if kind == Kind.SAFEGUARDING:
            check(lot, kind, outcome=Outcome.FAILED, note=NO_LEAD)
        else:
            check(lot, kind)
    yield 8
    decide(
        lot,
        outcome=LotDecision.Outcome.REJECTED,
        reasons=[LotDecision.Reason.SAFEGUARDING.value],
        words=f"{NO_LEAD} Apply again as soon as it does: the rest of your application was good.",
    )


def prepared(login: str, lots: dict[str, Sequence[str]], ground: str = "") -> Application:
    """Write a draft that is complete but not sent; `lots` maps codes to the names of settings."""
    with as_(login) as user:
        system = PurchasingSystem.objects.get(reference="NFRES")
        application = start_application(by=user, system=system)
        chosen = {
            system.lots.get(code=code): [setting(name) for name in names] for code, names in lots.items()
        }
        choose_lots(by=user, application=application, chosen=chosen)
        library = list(Document.objects.visible_to(user).library_of(user.scope.organisation_id).current())
        add_documents(by=user, application=application, documents=library)
        answers = dict.fromkeys(Declaration.Question.values, (False, ""))
        if ground:
            answers[Declaration.Question.GROUND.value] = (True, ground)
        declare(by=user, application=application, answers=answers)
    return application


def sent(login: str, lots: dict[str, Sequence[str]], ground: str = "") -> Application:
    application = prepared(login, lots, ground)
    with as_(login) as user:
        return send_application(by=user, application=application)


def completeness(application: Application, outcome: str = Outcome.PASSED, note: str = "") -> None:
    def act(user: User) -> None:
        record_completeness(by=user, application=application, outcome=outcome, note=note)

    do("procurement", ApplicationFlow.check_completeness, application, act)


def check(lot: ApplicationLot, *kinds: LotCheck.Kind, outcome: str = Outcome.PASSED, note: str = "") -> None:
    for kind in kinds:
        check_one(lot, kind, outcome, note)


def assess(lot: ApplicationLot, finding: Mapping[str, str] = NO_GROUND) -> None:
    def act(user: User) -> None:
        facts: dict[str, Any] = {"list_looked_on": today(), "review_on": in_days(A_YEAR), **finding}
        record_exclusion(by=user, application_lot=lot, finding=ExclusionFinding(**facts))

    do("officer", LotFlow.check_exclusion, lot, act)


def check_one(lot: ApplicationLot, kind: LotCheck.Kind, outcome: str, note: str) -> None:
    if kind == Kind.EXCLUSION:
        assess(lot)
        return

    def act(user: User) -> None:
        seen: dict = {}
        if kind == Kind.OFSTED:
            seen = {"statuses": regulator_statuses(lot, user, today())}
        if kind == Kind.INSURANCE:
            seen = {"excludes_abuse": False, "has_inner_limit": False}
        record_check(by=user, application_lot=lot, kind=kind, outcome=outcome, note=note, **seen)

    do("officer", NODES[kind], lot, act)


def decide(lot: ApplicationLot, **decision) -> None:
    def act(user: User) -> None:
        seen: dict[str, Any] = {
            "statuses": regulator_statuses(lot, user, today()),
            "suspended": suspension_sentences(lot, today()),
        }
        decide_lot(by=user, application_lot=lot, **seen, **decision)

    do("manager", LotFlow.decide, lot, act)
