import datetime as dt

import pytest

from providers.directory.models import ProvisionType
from providers.people.models import Share
from providers.people.services.shares import share_cases
from providers.purchasing.models import LotMembership, PurchasingSystem
from providers.purchasing.selectors import conditions_in_force, memberships_of
from providers.purchasing.services.systems import (
    add_lot,
    add_participant,
    add_system,
    change_lot,
    change_system,
    end_participation,
    publish_system,
    require_document,
    set_conditions,
    stop_requiring,
)
from qa_portal.core.dates import today
from qa_portal.core.rules import Conflict, Refused
from tests.factories.purchasing import a_draft, a_lot, a_member, a_system

pytestmark = pytest.mark.django_db
VALUES = {
    "name": "Fostering",
    "reference": "FOST",
    "regime": "open_framework",
    "opens_on": today(),
}


def seen(world, *personas):
    return [p for p in personas if PurchasingSystem.objects.visible_to(world.as_(p)).exists()]


EVERYBODY = (
    *("procurement_officer", "social_worker", "scrutiny_reader", "officer_south"),
    *("provider_manager_x", "provider_contributor_y", "partner_contributor"),
)


def test_system_is_the_council_s_own_until_it_is_published(world, procurement):
    system = a_system(procurement, published=False)
    assert seen(world, *EVERYBODY) == ["procurement_officer", "social_worker"]
    publish_system(by=procurement, system=system)
    assert seen(world, *EVERYBODY) == [
        "procurement_officer",
        "social_worker",
        "provider_manager_x",
        "provider_contributor_y",
    ]


def test_another_council_sees_what_it_takes_part_in_or_is_shown(world, procurement):
    system = a_system(procurement)
    participant = add_participant(by=procurement, system=system, council=world.south)
    assert seen(world, "officer_south") == ["officer_south"]
    with pytest.raises(Refused, match="takes part already"):
        add_participant(by=procurement, system=system, council=world.south)
    end_participation(by=procurement, participant=participant)
    assert seen(world, "officer_south") == []
    share_cases(
        by=world.as_("council_administrator"),
        reader=world.south,
        kind=Share.Kind.APPLICATIONS,
        from_on=today(),
        reason="Regional agreement",
    )
    assert seen(world, "officer_south") == ["officer_south"]
    with pytest.raises(Refused, match="has left this system already"):
        end_participation(by=procurement, participant=participant)
    with pytest.raises(Refused, match="owns the system"):
        add_participant(by=procurement, system=system, council=world.north)


@pytest.mark.parametrize(
    "persona", ["contract_officer", "team_manager", "provider_manager_x", "officer_south"]
)
def test_only_procurement_sets_up_systems(world, persona):
    with pytest.raises(Refused, match="role does not allow"):
        add_system(by=world.as_(persona), **VALUES)


def test_another_council_s_procurement_changes_nothing(world, procurement):
    """The role is right and the council is not."""
    system = a_system(procurement)
    system.council = world.south
    system.save()
    for change in (
        lambda: set_conditions(by=procurement, system=system, text="x", from_on=today()),
        lambda: a_lot(procurement, system, code="9"),
        lambda: publish_system(by=procurement, system=system),
        lambda: add_participant(by=procurement, system=system, council=world.north),
    ):
        with pytest.raises(Refused, match="looks after this system"):
            change()


def test_name_and_reference_are_given_once(procurement):
    add_system(by=procurement, **VALUES)
    with pytest.raises(Refused, match="has a system called fostering already"):
        add_system(by=procurement, **VALUES | {"name": "fostering", "reference": "F2"})
    with pytest.raises(Refused, match="The reference FOST is taken"):
        add_system(by=procurement, **VALUES | {"name": "Other"})


@pytest.mark.parametrize("column", ["closes_on", "ends_on"])
def test_days_of_a_system_are_in_order(procurement, column):
    with pytest.raises(Refused, match="cannot"):
        add_system(by=procurement, **VALUES | {column: today() - dt.timedelta(days=1)})


def test_system_is_published_with_a_lot_and_conditions_and_once(procurement):
    system = add_system(by=procurement, **VALUES)
    with pytest.raises(Refused, match="Add a lot first"):
        publish_system(by=procurement, system=system)
    a_lot(procurement, system)
    with pytest.raises(Refused, match="Write the conditions"):
        publish_system(by=procurement, system=system)
    set_conditions(by=procurement, system=system, text="Be registered.", from_on=today())
    publish_system(by=procurement, system=system)
    system.refresh_from_db()
    assert system.published_by == procurement.membership
    with pytest.raises(Refused, match="published already"):
        publish_system(by=procurement, system=system)


def test_conditions_are_versions_with_dates(procurement):
    system = a_system(procurement)
    tomorrow = today() + dt.timedelta(days=1)
    second = set_conditions(by=procurement, system=system, text="And insured.", from_on=tomorrow)
    assert (second.number, conditions_in_force(system, today()).number) == (2, 1)
    assert conditions_in_force(system, tomorrow) == second
    with pytest.raises(Refused, match="start no earlier"):
        set_conditions(by=procurement, system=system, text="x", from_on=today())


def test_dynamic_market_keeps_its_conditions_for_life(procurement):
    """Facts 2.3 [29]: not changed during its life; before it is published they may still be put right."""
    market = a_system(procurement, regime="dynamic_market", published=False)
    set_conditions(by=procurement, system=market, text="Put right.", from_on=today())
    publish_system(by=procurement, system=market)
    with pytest.raises(Refused, match="cannot change during its life"):
        set_conditions(by=procurement, system=market, text="New.", from_on=today())


def test_two_officers_change_a_system_and_the_second_is_told(procurement):
    system = a_system(procurement)
    values = {
        column: getattr(system, column)
        for column in ("name", "reference", "regime", "external_reference", "opens_on")
    }
    first_seen = system.row_version
    change_system(
        by=procurement, system=system, row_version=first_seen, **values | {"external_reference": "DN1"}
    )
    with pytest.raises(Conflict, match="This purchasing system was changed by somebody else"):
        change_system(
            by=procurement, system=system, row_version=first_seen, **values | {"external_reference": "DN2"}
        )


def test_published_reference_and_regime_are_fixed(procurement):
    system = a_system(procurement)
    with pytest.raises(Refused, match="fixed once a system is published"):
        change_system(
            by=procurement,
            system=system,
            row_version=system.row_version,
            name=system.name,
            reference="OTHER",
            regime=system.regime,
            opens_on=system.opens_on,
        )


def test_lot_codes_are_given_once_and_only_supported_accommodation_has_categories(procurement):
    system = a_system(procurement)
    with pytest.raises(Refused, match="has a lot 1 already"):
        a_lot(procurement, system)
    with pytest.raises(Refused, match="Only supported accommodation"):
        a_lot(procurement, system, code="2", category="1")
    kind = ProvisionType.objects.get(code="supported_accommodation")
    lot = add_lot(by=procurement, system=system, code="3", name="Shared", provision_type=kind, category="2")
    assert lot.get_category_display().startswith("2 Shared")


def test_lot_that_was_applied_for_keeps_what_it_buys(procurement, provider):
    system = a_system(procurement)
    lot = system.lots.get()
    a_draft(provider, system)
    kind = ProvisionType.objects.get(code="ifa")
    with pytest.raises(Refused, match="only its name can change"):
        change_lot(by=procurement, lot=lot, code="1", name="x", provision_type=kind)
    change_lot(by=procurement, lot=lot, code="1", name="Homes", provision_type=lot.provision_type)
    lot.refresh_from_db()
    assert lot.name == "Homes"


def test_document_is_asked_for_once_a_lot_and_can_be_let_go(procurement):
    lot = a_system(procurement).lots.get()
    changed = require_document(by=procurement, lot=lot, kind="public_liability", minimum_cover=5_000_000)
    assert lot.required_documents.get(kind="public_liability") == changed
    assert changed.minimum_cover == 5_000_000
    stop_requiring(by=procurement, required=changed)
    assert not lot.required_documents.filter(kind="public_liability").exists()


def test_places_on_lots_are_seen_by_the_councils_of_the_system_and_the_provider(world, procurement):
    system = a_system(procurement)
    member = a_member(world.provider_x.provider, system.lots.get())

    def sees(persona):
        return LotMembership.objects.visible_to(world.as_(persona)).exists()

    assert sees("placements_officer") and sees("provider_contributor_x")
    assert not (sees("officer_south") or sees("provider_manager_y") or sees("partner_contributor"))
    add_participant(by=procurement, system=system, council=world.south)
    assert sees("officer_south")
    assert list(memberships_of(member.provider, today())) == [member]
    assert not memberships_of(world.provider_y.provider, today()).exists()
