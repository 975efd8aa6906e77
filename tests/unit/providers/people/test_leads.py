"""Every setting of a council has one officer on any day: the lead, the deputy while the lead is away, or nobody."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from providers.people.models import SettingLead
from providers.people.selectors import absent_on, officer_for, officers_for
from providers.people.services.leads import end_absence, end_lead, name_lead, name_leads, record_absence
from providers.people.services.memberships import end_membership, reassign_work
from qa_portal.core import handover
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories.leads import AbsenceFactory, SettingLeadFactory
from tests.factories.register import SettingFactory

pytestmark = pytest.mark.django_db


def days(n: int) -> dt.date:
    return today() + dt.timedelta(days=n)


@pytest.fixture
def home(world):
    return SettingFactory(owner=world.provider_x.provider, authority=world.north.authority)


def in_post(world, persona: str):
    """Since a year, where the world's people begin today."""
    membership = world.membership(persona)
    membership.from_on = days(-365)
    membership.save()
    return membership


@pytest.fixture
def officer(world):
    return in_post(world, "contract_officer")


@pytest.fixture
def manager(world):
    return in_post(world, "team_manager")


@pytest.fixture
def by(world):
    return world.as_("team_manager")


def test_lead_named_today_looks_after_the_setting_from_today(world, by, home, officer):
    name_lead(by=by, setting=home, lead=officer, on=today())
    assert officer_for(world.north, home, today()) == officer
    assert officer_for(world.north, home, days(-1)) is None
    assert officer_for(world.south, home, today()) is None, "another council's lead is not ours"


def test_next_lead_follows_on_their_day_and_the_one_before_is_kept(world, by, home, officer, manager):
    name_lead(by=by, setting=home, lead=officer, on=days(-10))
    name_lead(by=by, setting=home, lead=manager, on=days(5))
    assert [officer_for(world.north, home, days(n)) for n in (-10, 4, 5)] == [officer, officer, manager]


def test_lead_of_the_same_day_is_corrected_in_place(world, by, home, officer, manager):
    name_lead(by=by, setting=home, lead=officer, on=today())
    row = name_lead(by=by, setting=home, lead=manager, deputy=officer, on=today())
    assert SettingLead.objects.get() == row
    assert row.history.count() == 2


def test_lead_cannot_begin_before_one_that_is_named_already(by, home, officer, manager):
    name_lead(by=by, setting=home, lead=officer, on=days(5))
    with pytest.raises(Refused, match="choose that day or a later one"):
        name_lead(by=by, setting=home, lead=manager, on=days(4))


def test_absence_of_the_lead_brings_the_deputy_and_of_both_nobody(world, home, officer, manager):
    SettingLeadFactory(setting=home, lead=officer, deputy=manager)
    AbsenceFactory(membership=officer, from_on=days(1), to_on=days(8))
    AbsenceFactory(membership=manager, from_on=days(3), to_on=days(4))
    found = [officer_for(world.north, home, days(n)) for n in (0, 1, 3, 4, 7, 8)]
    assert found == [officer, manager, None, manager, manager, officer]


def test_lead_without_a_deputy_leaves_nobody_while_away(world, home, officer):
    SettingLeadFactory(setting=home, lead=officer)
    AbsenceFactory(membership=officer)
    assert officer_for(world.north, home, today()) is None


def test_membership_that_has_ended_looks_after_nothing(world, home, officer, manager):
    SettingLeadFactory(setting=home, lead=officer, deputy=manager)
    officer.to_on = today()
    officer.save()
    assert officer_for(world.north, home, today()) == manager


def test_officers_of_many_settings_cost_the_queries_of_one(
    world, officer, manager, django_assert_num_queries
):
    homes = [SettingFactory() for _ in range(6)]
    for home in homes[:4]:
        SettingLeadFactory(setting=home, lead=officer, deputy=manager)
    with django_assert_num_queries(2):
        found = officers_for(world.north, homes, today())
    assert found == {home.pk: officer for home in homes[:4]}


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("contract_officer", "Your role does not allow this"),
        ("placements_officer", "Your role does not allow this"),
        ("provider_manager_x", "Your role does not allow this"),
        ("administrator_south", "neither in your area nor in confirmed use"),
    ],
)
def test_leads_are_named_by_managers_for_settings_of_their_council(world, home, officer, who, sentence):
    with pytest.raises(Refused, match=sentence):
        name_lead(by=world.as_(who), setting=home, lead=officer, on=today())


@pytest.mark.parametrize("who", ["officer_south", "social_worker", "provider_manager_x"])
def test_lead_and_deputy_are_colleagues_who_see_cases(world, by, home, officer, who):
    for lead, deputy in ((world.membership(who), officer), (officer, world.membership(who))):
        with pytest.raises(Refused, match="Choose a colleague"):
            name_lead(by=by, setting=home, lead=lead, deputy=deputy, on=today())


def test_nobody_is_their_own_deputy(by, home, officer):
    with pytest.raises(Refused, match="somebody else"):
        name_lead(by=by, setting=home, lead=officer, deputy=officer, on=today())
    with pytest.raises(IntegrityError), transaction.atomic():
        SettingLeadFactory(setting=home, lead=officer, deputy=officer)


def test_one_open_lead_of_a_setting_at_a_council(world, home, officer, manager):
    SettingLeadFactory(setting=home, lead=officer)
    SettingLeadFactory(setting=home, lead=world.membership("officer_south"))
    with pytest.raises(IntegrityError), transaction.atomic():
        SettingLeadFactory(setting=home, lead=manager)


def test_several_settings_are_given_at_once_or_none(world, by, officer):
    ours = [SettingFactory(authority=world.north.authority) for _ in range(3)]
    theirs = SettingFactory(authority=world.south.authority)
    with pytest.raises(Refused):
        name_leads(by=by, settings=[*ours, theirs], lead=officer, on=today())
    assert not SettingLead.objects.exists()
    assert len(name_leads(by=by, settings=ours, lead=officer, on=today())) == 3


def test_lead_ends_and_nobody_follows(world, by, home, officer):
    name_lead(by=by, setting=home, lead=officer, on=days(-3))
    end_lead(by=by, setting=home, on=days(2))
    assert officer_for(world.north, home, days(1)) == officer
    assert officer_for(world.north, home, days(2)) is None
    with pytest.raises(Refused, match="Nobody leads"):
        end_lead(by=by, setting=home, on=days(3))


def test_lead_cannot_end_before_it_began(by, home, officer):
    name_lead(by=by, setting=home, lead=officer, on=today())
    with pytest.raises(Refused, match="choose that day or a later one"):
        end_lead(by=by, setting=home, on=days(-1))


def test_leaver_s_settings_go_to_the_colleague_from_today(world, home, officer, manager):
    other, planned = SettingFactory(), SettingFactory()
    SettingLeadFactory(setting=home, lead=officer, deputy=manager)
    SettingLeadFactory(setting=other, lead=manager, deputy=officer)
    SettingLeadFactory(setting=planned, lead=officer, from_on=days(5))
    heir = world.membership("head_of_service")
    told = [kind.in_words(count) for kind, count in handover.assigned_to(officer)]
    assert told == ["2 settings as lead officer", "1 setting as deputy"]
    end_membership(
        by=world.as_("council_administrator"), membership=officer, reason="Left", hand_over_to=heir
    )
    assert officer_for(world.north, home, days(-1)) == officer
    assert officer_for(world.north, home, today()) == heir
    assert SettingLead.objects.get(setting=other, to_on=None).deputy == heir
    assert SettingLead.objects.get(setting=planned).lead == heir
    assert not handover.assigned_to(officer)
    reasons = SettingLead.history.filter(lead=heir.pk).values_list("history_change_reason", flat=True)
    assert set(reasons) == {"Left"}


def test_deputy_who_takes_over_is_no_longer_the_deputy(world, by, home, officer, manager):
    SettingLeadFactory(setting=home, lead=officer, deputy=manager)
    reassign_work(by=by, of=officer, to=manager, reason="On a project")
    now = SettingLead.objects.get(setting=home, to_on=None)
    assert (now.lead, now.deputy) == (manager, None)


def test_lead_who_takes_over_the_deputising_stays_lead_alone(by, home, officer, manager):
    SettingLeadFactory(setting=home, lead=officer, deputy=manager)
    reassign_work(by=by, of=manager, to=officer, reason="On a project")
    now = SettingLead.objects.get(setting=home, to_on=None)
    assert (now.lead, now.deputy) == (officer, None)


def test_leads_are_not_handed_to_somebody_who_sees_no_cases(world, by, home, officer):
    SettingLeadFactory(setting=home, lead=officer)
    with pytest.raises(Refused, match="whose role sees"):
        reassign_work(by=by, of=officer, to=world.membership("social_worker"), reason="Leave")


def test_absence_counts_from_its_first_day_until_the_day_back(world, officer):
    record_absence(by=world.as_("contract_officer"), membership=officer, from_on=days(2), to_on=days(4))
    assert [officer in absent_on(days(n)) for n in (1, 2, 3, 4)] == [False, True, True, False]
    assert list(absent_on(days(2))) == [officer]


@pytest.mark.parametrize(
    ("from_on", "to_on", "sentence"),
    [
        (3, 3, "after the first day"),
        (3, 2, "after the first day"),
        (-5, 0, "over already"),
        (0, 367, "at most a year"),
        (11, 13, "recorded already"),
        (9, 11, "recorded already"),
        (14, 30, "recorded already"),
    ],
)
def test_absence_that_makes_no_sense_is_refused(world, officer, from_on, to_on, sentence):
    AbsenceFactory(membership=officer, from_on=days(10), to_on=days(15))
    with pytest.raises(Refused, match=sentence):
        record_absence(
            by=world.as_("contract_officer"), membership=officer, from_on=days(from_on), to_on=days(to_on)
        )


@pytest.mark.parametrize(("from_on", "to_on"), [(5, 10), (15, 16), (-3, 1)])
def test_absences_may_touch(world, officer, from_on, to_on):
    AbsenceFactory(membership=officer, from_on=days(10), to_on=days(15))
    user = world.as_("contract_officer")
    assert record_absence(by=user, membership=officer, from_on=days(from_on), to_on=days(to_on))


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("placements_officer", "Your role does not allow this"),
        ("administrator_south", "your own organisation only"),
        ("provider_manager_x", "your own organisation only"),
        ("team_manager", ""),
        ("contract_officer", ""),
    ],
)
def test_who_may_record_and_end_whose_absence(world, officer, who, sentence):
    def record():
        user = world.as_(who)
        absence = record_absence(by=user, membership=officer, from_on=days(1), to_on=days(2))
        end_absence(by=user, absence=absence)
        return absence

    if sentence:
        with pytest.raises(Refused, match=sentence):
            record()
        with pytest.raises(Refused, match=sentence):
            end_absence(by=world.as_(who), absence=AbsenceFactory(membership=officer))
    else:
        assert record()


def test_absence_called_off_leaves_its_days_free_and_its_history(world, officer):
    user = world.as_("contract_officer")
    absence = record_absence(by=user, membership=officer, from_on=days(1), to_on=days(9))
    end_absence(by=user, absence=absence)
    assert officer not in absent_on(days(1))
    assert absence.history.count() == 2
    with pytest.raises(Refused, match="over already"):
        end_absence(by=user, absence=absence)
    assert record_absence(by=user, membership=officer, from_on=days(1), to_on=days(9))


def test_somebody_back_early_is_there_from_that_day(world, officer):
    user = world.as_("contract_officer")
    absence = record_absence(by=user, membership=officer, from_on=today(), to_on=days(9))
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=3)):
        end_absence(by=user, absence=absence)
        assert absence.to_on == today()
        assert officer not in absent_on(today())
        assert officer in absent_on(days(-1))


def test_absence_of_an_ended_membership_is_refused(world, officer):
    user = world.as_("team_manager")
    officer.to_on = today()
    officer.save()
    with pytest.raises(Refused, match="has ended"):
        record_absence(by=user, membership=officer, from_on=today(), to_on=days(2))
