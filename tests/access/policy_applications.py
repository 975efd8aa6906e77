"""Who gets what on the pages of purchasing systems and applications.

A system that is published is as public as its notice; an application is its provider's and the owner council's,
a draft the provider's alone, and what officers find about it never the provider's.
"""

from providers.documents.document_kinds import DocumentKind
from providers.purchasing.models import Application, LotCheck, LotDecision
from providers.purchasing.services.applications import declare, start_application
from providers.purchasing.services.checks import record_check, record_completeness
from providers.purchasing.services.decisions import conclude_application, decide_lot
from providers.purchasing.services.exclusion_assessments import record_exclusion
from providers.purchasing.services.systems import add_participant
from qa_portal.core.access.permissions import Permission as P
from tests.access.policy import (
    ABSENT,
    COLLEAGUES,
    NOBODY,
    SOUTH,
    STRANGERS,
    Rule,
    X,
    Y,
    about,
    north_with,
)
from tests.factories.documents import a_document
from tests.factories.purchasing import (
    NO_GROUNDS,
    a_draft,
    a_finding,
    a_policy,
    a_sent_application,
    a_system,
    acting_as,
)
from tests.factories.world import World
from workflows.applications.services import send_application

LABELS = ("north-draft-system", "x-draft", "x-application", "north-check", "x-letter")
CASES = north_with(P.VIEW_CASES)
PROCUREMENT = north_with(P.MANAGE_PURCHASING)
APPLIES_X = frozenset({"provider_manager_x"})
APPLIES = APPLIES_X | {"provider_manager_y"}
PUBLIC = COLLEAGUES | X | Y

KNOWS: dict[str, set[str]] = {persona: {"north-draft-system"} for persona in COLLEAGUES}
for _persona in CASES:
    KNOWS[_persona] |= {"x-application", "north-check", "x-letter"}
for _persona in X:
    KNOWS[_persona] = {"x-draft", "x-application", "x-letter"}

SYSTEMS = {"system": PUBLIC, "system_shared": PUBLIC | SOUTH, "system_draft": COLLEAGUES}
OWN_SYSTEMS = dict.fromkeys(SYSTEMS, PROCUREMENT)
READS = {"draft_x": X, "sent_x": X | CASES, "done_x": X | CASES}
PREPARES = {"draft_x": APPLIES_X, "sent_x": NOBODY}


def canary(label: str) -> str:
    return f"CANARY-{label}-"


def add_things(world: World) -> None:
    procurement, provider = world.as_("procurement_officer"), world.as_("provider_manager_x")
    things = {
        "system": a_system(procurement),
        "system_shared": a_system(procurement, name="Sub-regional", reference="BBCL"),
        "system_draft": a_system(
            procurement, name=canary("north-draft-system"), reference="DRAFT", published=False
        ),
        "system_done": a_system(procurement, name="Decided", reference="DONE"),
    }
    with acting_as(procurement):
        things["participant"] = add_participant(
            by=procurement, system=things["system_shared"], council=world.south
        )
    homes = [world.things["home_north"]]
    documents = [
        a_policy(provider, name=f"{canary('x-application')}.txt"),
        a_document(provider, kind=DocumentKind.SAFEGUARDING_POLICY),
    ]
    with acting_as(provider):
        things["draft_x"] = start_application(by=provider, system=things["system_shared"])
        answers = NO_GROUNDS | {"ground": (True, canary("x-draft"))}
        declare(by=provider, application=things["draft_x"], answers=answers)
    things["sent_x"] = sent(world, things["system"], homes, documents)
    things["done_x"], things["decision"] = decided(world, things["system_done"], homes, documents)
    things["lot_sent"] = things["sent_x"].lots.get()
    things["lot_done"] = things["done_x"].lots.get()
    things["lot"] = things["system"].lots.get()
    things["required"] = things["lot"].required_documents.first()
    world.things |= things


def sent(world: World, system, homes, documents) -> Application:
    """In the middle of its flow, with something found and a ground declared."""
    provider, officer = world.as_("provider_manager_x"), world.as_("contract_officer")
    application = a_draft(provider, system, homes=homes, documents=documents)
    with acting_as(provider):
        answers = NO_GROUNDS | {"ground": (True, canary("x-application"))}
        declare(by=provider, application=application, answers=answers)
        application = send_application(by=provider, application=application)
    with acting_as(officer):
        record_check(
            by=officer,
            application_lot=application.lots.get(),
            kind=LotCheck.Kind.REFERENCES,
            outcome=LotCheck.Outcome.FAILED,
            note=canary("north-check"),
        )
        finding = a_finding("self_cleaned", grounds=canary("north-check"), reason=canary("north-check"))
        record_exclusion(by=officer, application_lot=application.lots.get(), finding=finding)
    return application


def decided(world: World, system, homes, documents) -> tuple[Application, LotDecision]:
    """Rejected, with its letter."""
    officer, manager = world.as_("contract_officer"), world.as_("team_manager")
    application = a_sent_application(
        world.as_("provider_manager_x"), system, homes=homes, documents=documents
    )
    with acting_as(officer):
        record_completeness(by=officer, application=application, outcome=LotCheck.Outcome.PASSED)
        finding = a_finding("excludable", grounds=canary("x-letter"), reason=canary("x-letter"))
        record_exclusion(by=officer, application_lot=application.lots.get(), finding=finding)
    with acting_as(manager):
        decision = decide_lot(
            by=manager,
            application_lot=application.lots.get(),
            outcome=LotDecision.Outcome.REJECTED,
            reasons=[LotDecision.Reason.SAFEGUARDING],
            words=canary("x-letter"),
            statuses=[],
            suspended=[],
        )
        application = conclude_application(application=application)
    return application, decision


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    things = world.things
    return (
        of_systems(things)
        | of_applications(things)
        | {
            "allow_exemption": about(
                things, {"lot_sent": north_with(P.DECIDE_SUSPENSIONS), "lot_done": NOBODY}, Rule.form
            ),
            "outcome_letter": about(things, {"decision": X | CASES}, Rule.page),
            "outcome_letter_pdf": about(things, {"decision": X | CASES}, Rule.page),
        }
    )


def of_systems(things) -> dict:
    acts = {"system_draft": PROCUREMENT}
    return {
        "purchasing_systems": [({}, Rule.page(COLLEAGUES | SOUTH | STRANGERS | X | Y))],
        "add_purchasing_system": [({}, Rule.form(PROCUREMENT))],
        "purchasing_system": about(things, SYSTEMS, Rule.page),
        "change_purchasing_system": about(things, OWN_SYSTEMS, Rule.form),
        # asks nothing: what has a lot and conditions is published, what is published already is refused
        "publish_purchasing_system": [
            *about(things, acts, lambda who: Rule.form(who, 302)),
            *about(things, {"system": PROCUREMENT}, Rule.form),
        ],
        "set_conditions": about(things, OWN_SYSTEMS, Rule.form),
        "add_lot": about(things, OWN_SYSTEMS, Rule.form),
        "add_participating_council": about(things, OWN_SYSTEMS, Rule.form),
        "end_participating_council": [
            ({"pk": things["participant"].pk}, Rule.form(PROCUREMENT, 302)),
            ({"pk": 0}, Rule.form(NOBODY)),
        ],
        "start_application": [
            *about(things, {"system": APPLIES}, lambda who: Rule.form(who, 302)),
            *about(things, {"system_draft": NOBODY}, Rule.form),
        ],
        "change_lot": about(things, {"lot": PROCUREMENT}, Rule.form),
        "require_document": about(things, {"lot": PROCUREMENT}, Rule.form),
        "stop_requiring_document": [
            ({"pk": things["required"].pk}, Rule.form(PROCUREMENT, 302)),
            ({"pk": 0}, Rule.form(NOBODY)),
        ],
    }


def of_applications(things) -> dict:
    kinds = [
        ("draft_x", "accounts", APPLIES_X),
        ("draft_x", "nothing", NOBODY),
        ("sent_x", "accounts", NOBODY),
    ]
    return {
        "applications": [({}, Rule.page(CASES | SOUTH | STRANGERS | X | Y))],
        "application": about(things, READS, Rule.page),
        "application_lots": about(things, PREPARES, Rule.form),
        # every document may be left out, so an empty form saves
        "application_documents": about(things, PREPARES, lambda who: Rule.form(who, 302)),
        "upload_for_application": [
            *(
                ({"public_id": things[name].public_id, "kind": kind}, Rule.form(who))
                for name, kind, who in kinds
            ),
            ({"public_id": ABSENT, "kind": "accounts"}, Rule.form(NOBODY)),
        ],
        "application_declarations": about(things, PREPARES, Rule.form),
        "send_application": about(things, PREPARES, Rule.form),
        "assess_exclusion": about(
            things,
            {
                "draft_x": NOBODY,
                "sent_x": north_with(P.CHECK_APPLICATIONS),
                "done_x": north_with(P.CHECK_APPLICATIONS),
            },
            Rule.form,
        ),
        "withdraw_application": about(
            things,
            {"draft_x": APPLIES_X, "sent_x": APPLIES_X, "done_x": NOBODY},
            lambda who: Rule.form(who, 302),
        ),
    }
