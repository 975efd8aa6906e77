"""The pages on which managers name lead officers and people say when they are away."""

import datetime as dt

import pytest
from django.urls import reverse

from providers.people.models import Absence, SettingLead
from providers.people.selectors import absent_on, officer_for
from qa_portal.core.dates import today
from tests.factories.leads import AbsenceFactory, SettingLeadFactory
from tests.factories.register import PlacingCountFactory, SettingFactory
from tests.unit.portal.directory.building import queries_of

pytestmark = pytest.mark.django_db
LEADS = "/lead-officers/"


def day(name: str, value: dt.date) -> dict[str, str]:
    return {f"{name}_day": str(value.day), f"{name}_month": str(value.month), f"{name}_year": str(value.year)}


def days(n: int) -> dt.date:
    return today() + dt.timedelta(days=n)


@pytest.fixture
def homes(world):
    return [
        SettingFactory(authority=world.north.authority, working_name=name)
        for name in ("Ash House", "Birch House", "Cedar House")
    ]


def listed(answer) -> list[str]:
    return [setting.display_name for setting, _ in answer.context["rows"]]


def test_list_has_settings_of_the_area_and_in_use_and_no_others(world, homes):
    used = SettingFactory(authority=world.south.authority, working_name="Used far away")
    SettingFactory(authority=world.south.authority, working_name="Of no concern")
    closed = SettingFactory(authority=world.north.authority, working_name="Closed")
    closed.registration_state = type(closed.registration_state).objects.filter(is_open=False).first()
    closed.save()
    PlacingCountFactory(setting=used, placing_authority=world.north.authority)
    answer = world.client("team_manager").get(LEADS)
    assert sorted(listed(answer)) == ["Ash House", "Birch House", "Cedar House", "Used far away"]


def test_filters_find_settings_without_a_lead_and_those_of_one_officer(world, homes):
    officer, client = world.membership("contract_officer"), world.client("team_manager")
    SettingLeadFactory(setting=homes[0], lead=officer)
    SettingLeadFactory(setting=homes[1], lead=world.membership("officer_south"))
    assert listed(client.get(LEADS, {"lead": "none"})) == ["Birch House", "Cedar House"]
    assert listed(client.get(LEADS, {"lead": officer.pk})) == ["Ash House"]
    assert listed(client.get(LEADS, {"search": "cedar"})) == ["Cedar House"]
    assert listed(client.get(LEADS, {"search": homes[1].urn})) == ["Birch House"]
    assert "Clear the filters" in client.get(LEADS, {"search": "nowhere"}).content.decode()


def test_ticked_settings_get_the_officers_chosen_below(world, homes):
    officer, deputy = world.membership("contract_officer"), world.membership("team_manager")
    ticked = {"settings": [homes[0].public_id, homes[2].public_id]}
    chosen = {"lead": officer.pk, "deputy": deputy.pk, **day("on", today())}
    client = world.client("team_manager")
    answer = client.post(f"{LEADS}?lead=none", ticked | chosen, follow=True)
    assert answer.redirect_chain == [(f"{LEADS}?lead=none", 302)]
    assert listed(answer) == ["Birch House"]
    assert f"{officer.person} leads 2 settings." in answer.content.decode()
    assert [officer_for(world.north, home, today()) for home in homes] == [officer, None, officer]


def test_wrong_answer_keeps_the_ticks_and_says_what_is_missing(world, homes):
    answer = world.client("team_manager").post(LEADS, {"settings": [homes[1].public_id]})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose the lead officer" in text
    assert text.count(" checked") == 1
    nothing = world.client("team_manager").post(LEADS, {})
    assert "Tick at least one setting" in nothing.content.decode()


def test_setting_of_another_council_cannot_be_slipped_in(world, homes):
    theirs = SettingFactory(authority=world.south.authority)
    officer = world.membership("contract_officer")
    for value in (theirs.public_id, "not-a-setting"):
        sent = {"settings": [value], "lead": officer.pk, **day("on", today())}
        assert world.client("team_manager").post(LEADS, sent).status_code == 422
    assert not SettingLead.objects.exists()


def test_officer_of_another_council_cannot_be_slipped_in(world, homes):
    sent = {"lead": world.membership("officer_south").pk, **day("on", today())}
    answer = world.client("team_manager").post(reverse("set_lead", args=[homes[0].public_id]), sent)
    assert answer.status_code == 422


def test_one_setting_s_page_names_ends_and_tells_who_has_led(world, homes):
    officer, manager = world.membership("contract_officer"), world.membership("team_manager")
    client, page = world.client("team_manager"), reverse("set_lead", args=[homes[0].public_id])
    assert "Nobody leads this setting" in client.get(page).content.decode()
    client.post(page, {"lead": officer.pk, "deputy": manager.pk, **day("on", today())})
    text = client.get(page).content.decode()
    assert f"{officer.person}, deputy {manager.person}: from" in text
    same = client.post(page, {"lead": officer.pk, "deputy": officer.pk, **day("on", today())})
    assert "must be somebody else" in same.content.decode()
    client.post(reverse("end_lead", args=[homes[0].public_id]), day("on", days(3)))
    assert officer_for(world.north, homes[0], days(3)) is None
    assert officer_for(world.north, homes[0], today()) == officer


def test_setting_s_page_names_the_lead_to_the_council_alone(world, homes):
    home = SettingFactory(owner=world.provider_x.provider, authority=world.north.authority)
    officer = world.membership("contract_officer")
    SettingLeadFactory(setting=home, lead=officer)
    address = reverse("setting", args=[home.public_id])
    for persona, sees, changes in (
        ("team_manager", True, True),
        ("contract_officer", True, False),
        ("officer_south", False, False),
        ("provider_manager_x", False, False),
    ):
        main = world.client(persona).get(address).content.decode().split("<main")[1]
        assert (str(officer.person) in main) == sees, persona
        assert (reverse("set_lead", args=[home.public_id]) in main) == changes, persona


def test_own_absence_is_recorded_shown_and_ended(world):
    client, page = world.client("contract_officer"), reverse("my_absences")
    assert "No absence is recorded." in client.get(page).content.decode()
    answer = client.post(page, day("from_on", today()) | day("to_on", days(7)), follow=True)
    assert "recorded." in answer.content.decode()
    assert client.post(page, day("from_on", days(1)) | day("to_on", days(2))).status_code == 422
    absence = Absence.objects.get()
    end = reverse("end_absence", args=[absence.public_id])
    assert "End your absence" in client.get(end).content.decode()
    assert client.post(end).url == page
    assert absence.membership not in absent_on(today())
    assert client.get(end).status_code == 404, "an absence that is over is no longer there to end"


def test_manager_records_and_ends_a_colleague_s_absence_without_a_reason(world):
    officer, client = world.membership("contract_officer"), world.client("team_manager")
    page = reverse("absences_of", args=[officer.public_id])
    assert page in client.get(reverse("membership", args=[officer.public_id])).content.decode()
    client.post(page, day("from_on", today()) | day("to_on", days(7)))
    absence = Absence.objects.get(membership=officer)
    assert {field.name for field in Absence._meta.fields} == {
        *("id", "row_version", "public_id", "membership", "from_on", "to_on")
    }
    assert client.post(reverse("end_absence", args=[absence.public_id])).url == page


def test_list_asks_as_many_queries_at_any_size(world, homes):
    officer, client = world.membership("contract_officer"), world.client("team_manager")
    SettingLeadFactory(setting=homes[0], lead=officer, deputy=world.membership("team_manager"))
    AbsenceFactory(membership=officer)
    before = queries_of(client, LEADS)
    for n in range(30):
        home = SettingFactory(authority=world.north.authority)
        if n % 2:
            SettingLeadFactory(setting=home, lead=officer, deputy=world.membership("team_manager"))
    assert queries_of(client, LEADS) == before <= 12
