"""What the home council buys through: a system like the North West's, and one that is being written."""

from typing import Any

from providers.directory.models import Authority, Premises, ProvisionType
from providers.documents.document_kinds import DocumentKind
from providers.people.models import User
from providers.people.services.organisations import council_for
from providers.purchasing.models import PurchasingSystem
from providers.purchasing.services.systems import (
    add_lot,
    add_participant,
    add_system,
    publish_system,
    require_document,
    set_conditions,
)
from qa_portal.core.dates import today
from qa_portal.portal.demo.replay import once
from qa_portal.portal.demo.story.documents import MILLION
from qa_portal.portal.demo.story.story_steps import as_, in_days

Category, Regime = Premises.Category, PurchasingSystem.Regime
LOTS = [
    ("R1", "Children’s homes", "childrens_home", ""),
    ("R2", "Children’s homes for one child", "childrens_home", ""),
    ("S1", "Supported accommodation, own front door", "supported_accommodation", Category.SELF_CONTAINED),
    ("S2", "Supported accommodation, shared", "supported_accommodation", Category.SHARED_RING_FENCED),
]
"""(code, name, type of setting, category)."""
ASKED: dict[DocumentKind, dict[str, Any]] = {
    DocumentKind.PUBLIC_LIABILITY: {"minimum_cover": 10 * MILLION},
    DocumentKind.EMPLOYERS_LIABILITY: {"minimum_cover": 5 * MILLION},
    DocumentKind.SAFEGUARDING_POLICY: {},
    DocumentKind.STATEMENT_OF_PURPOSE: {},
    DocumentKind.REFERENCE: {"is_compulsory": False, "valid_months": 24},
}
CONDITIONS = """Every setting is registered with Ofsted, and none is graded Inadequate.
Public liability insurance of at least £10 million, without an exclusion or an inner limit for abuse.
The provider tells the council on the same day of anything it must notify to Ofsted.
The provider answers self-assessments and lets the council visit, announced or not."""


@once
def residential_opens() -> None:
    with as_("procurement") as officer:
        system = residential(officer)
        for name in ("Cumberland", "Lancashire"):
            council = council_for(Authority.objects.get(name=name))
            add_participant(by=officer, system=system, council=council)


@once
def fostering_is_written() -> None:
    with as_("procurement") as officer:
        add_system(
            by=officer,
            name="North Fells fostering",
            reference="NFFOST",
            regime=Regime.OPEN_FRAMEWORK,
            about="Foster placements with independent agencies. Being written.",
            opens_on=in_days(90),
            closes_on=in_days(150),
        )


def residential(officer: User) -> PurchasingSystem:
    system = add_system(
        by=officer,
        name="North Fells residential and supported accommodation",
        reference="NFRES",
        regime=Regime.LIGHT_TOUCH_DPS,
        about="Places in children’s homes and supported accommodation for children in care.",
        opens_on=today(),
        ends_on=in_days(5 * 365),
    )
    set_conditions(by=officer, system=system, text=CONDITIONS, from_on=today())
    for code, name, provision, category in LOTS:
        kind = ProvisionType.objects.get(code=provision)
        lot = add_lot(by=officer, system=system, code=code, name=name, provision_type=kind, category=category)
        for document, asked in ASKED.items():
            require_document(by=officer, lot=lot, kind=document, **asked)
    publish_system(by=officer, system=system)
    return system
