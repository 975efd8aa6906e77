import datetime as dt

import pytest
from django.urls import reverse

from providers.contracts.models import PlacingCount
from providers.contracts.use_services import confirm_use
from providers.directory.models import Authority, ContactNote, Premises, Setting, SettingContact
from providers.directory.services import change_working_details
from qa_portal.core.audit.audit_context import audit_as
from qa_portal.core.dates import today
from qa_portal.portal.directory.hub import TABS, Card
from tests.factories.actions import opened
from tests.factories.issues import raised
from tests.factories.leads import SettingLeadFactory
from tests.factories.people import ProviderFactory
from tests.factories.register import PlacingCountFactory, SettingFactory, import_rows
from tests.factories.self_assessments import campaign, home_of
from tests.factories.visits import small_question_set, unannounced
from tests.unit.inspections.ofsted.building import row
from tests.unit.portal.directory.building import inspected, queries_of

pytestmark = pytest.mark.django_db
SINCE = {"from_on_day": "1", "from_on_month": "4", "from_on_year": "2024"}


@pytest.fixture
def home(world) -> Setting:
    home = SettingFactory(
        owner=world.provider_x.provider,
        working_name="Ravenscar Lodge",
        working_address="1 Hidden Lane",
        working_postcode="CA11 7XY",
    )
    SettingContact.objects.create(
        setting=home, kind="registered_manager", name="Jo Manager", from_on=dt.date(2022, 1, 1)
    )
    Premises.objects.create(
        setting=home, address="2 Quiet Row", postcode="CA11 8AB", from_on=dt.date(2022, 1, 1)
    )
    ContactNote.objects.create(
        setting=home, authority=world.north.authority, on=dt.date(2026, 1, 5), text="Rang about staff."
    )
    return home


def page(world, persona: str, setting: Setting, tab: str = "setting") -> str:
    answer = world.client(persona).get(reverse(tab, args=[setting.public_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def all_tabs(world, persona: str, setting: Setting) -> str:
    """What the reader sees on every tab that answers."""
    client = world.client(persona)
    answers = [client.get(reverse(tab.page, args=[setting.public_id])) for tab in TABS]
    seen = [answer.content.decode() for answer in answers if answer.status_code == 200]
    assert len(seen) >= 3  # the overview, inspections and owners are everybody's
    return "".join(seen)


PRIVATE = {"1 Hidden Lane", "CA11 7XY", "Jo Manager", "2 Quiet Row"}


@pytest.mark.parametrize("persona", ["contract_officer", "provider_contributor_x"])
def test_those_who_know_the_home_see_where_it_is_and_whom_to_ring(world, home, persona):
    text = all_tabs(world, persona, home)
    assert all(private in text for private in PRIVATE)


@pytest.mark.parametrize("persona", ["officer_south", "provider_manager_y", "young_researcher"])
def test_others_see_what_ofsted_publishes_and_no_more(world, home, persona):
    with audit_as(role="system"):
        change_working_details(
            by=world.as_("contract_officer"),
            setting=home,
            name="Ravenscar",
            address="9 New Lane",
            postcode="CA12 1AA",
        )
    text = all_tabs(world, persona, home)
    # nor its working name: who has nothing to do there does not need it
    assert "(name withheld by Ofsted)" in text
    assert "Ravenscar" not in text
    assert not [private for private in PRIVATE | {"9 New Lane", "CA12 1AA"} if private in text]


def test_contact_notes_are_the_council_s_own(world, home):
    assert "Rang about staff." in all_tabs(world, "contract_officer", home)
    for persona in ("provider_manager_x", "officer_south"):
        assert "Rang about staff." not in all_tabs(world, persona, home)


def test_a_council_s_officer_is_named_to_that_council_alone(world, home):
    client = world.client("contract_officer")
    client.post(reverse("change_working_details", args=[home.public_id]), {"name": "Ravenscar"})
    officer = world.users["contract_officer"].person.name
    assert officer in all_tabs(world, "contract_officer", home)
    theirs = all_tabs(world, "provider_manager_x", home)
    assert officer not in theirs
    assert "Contract officer, " in theirs


def test_every_inspection_shows_with_its_flags_and_the_newest_stands(world, home):
    inspected(home, "Good", dt.date(2021, 5, 4), flags="Helped and protected is Inadequate.")
    inspected(home, "Outstanding", dt.date(2023, 3, 2))
    text = all_tabs(world, "provider_manager_y", home)
    assert "Helped and protected is Inadequate." in text
    assert "Inspected on 2 March 2023" in text
    assert text.count("govuk-summary-card__title-wrapper") == 2


def test_grades_of_two_scales_are_drawn_apart_and_told_in_a_table(world, home):
    inspected(home, "Good", dt.date(2021, 5, 4))
    inspected(home, "Inconsistent quality of service delivery", dt.date(2025, 3, 2), scale="SA-3")
    text = all_tabs(world, "contract_officer", home)
    assert "<desc" in text
    assert "Good from 4 May 2021." in text
    assert "Inconsistent quality of service delivery from 2 March 2025." in text
    assert "Grades over time as a table" in text
    assert "style=" not in text


def test_counts_show_to_the_council_that_placed_and_to_the_host(world, home):
    other = Authority.objects.get(name="Cumberland")
    PlacingCountFactory(setting=home, placing_authority=world.south.authority, count=2)
    PlacingCountFactory(setting=home, placing_authority=other, count=1)
    assert "Cumberland: 1 child on" in all_tabs(world, "contract_officer", home)
    south = all_tabs(world, "officer_south", home)
    assert "Lancashire: 2 children on" in south
    assert "Cumberland" not in south
    assert "In use by" not in all_tabs(world, "provider_manager_y", home)


def test_setting_gone_from_the_newest_file_says_so(world):
    import_rows(row(), row(urn="2590934"), as_at=dt.date(2024, 3, 31))
    gone = Setting.objects.get(urn="2590934")
    assert "Removed from Ofsted’s list" not in all_tabs(world, "contract_officer", gone)
    import_rows(row(), as_at=dt.date(2025, 3, 31))
    assert "as at 31 March 2025 no longer has" in all_tabs(world, "contract_officer", gone)
    assert "Removed from Ofsted’s list" not in page(
        world, "contract_officer", Setting.objects.get(urn="SC009423")
    )


def test_ownership_over_time_names_both_owners(world, home):
    ownership = home.ownerships.get()
    ownership.to_on = dt.date(2024, 4, 1)
    ownership.save()
    home.ownerships.create(provider=ProviderFactory(name="Later Care Ltd"), from_on=dt.date(2024, 4, 1))
    text = all_tabs(world, "young_researcher", home)
    assert "Later Care Ltd" in text
    assert "1 April 2024" in text
    assert text.count("Owner now") == 1


def sent(world, persona: str, step: str, thing, **answers):
    return world.client(persona).post(reverse(step, args=[thing.public_id]), answers)


def test_working_details_are_changed_and_the_postcode_tidied(world, home):
    answers = {"name": "Fell View", "address": "3 Fell Road", "postcode": "la94dq"}
    assert sent(world, "provider_manager_x", "change_working_details", home, **answers).status_code == 302
    home.refresh_from_db()
    assert (home.working_name, home.working_postcode) == ("Fell View", "LA9 4DQ")


def test_new_contact_takes_the_place_of_the_one_before_and_can_be_ended(world, home):
    answers = {"kind": "registered_manager", "name": "Sam Manager"} | SINCE
    assert sent(world, "contract_officer", "set_contact", home, **answers).status_code == 302
    before, now = home.contacts.order_by("from_on")
    assert (before.to_on, now.name) == (dt.date(2024, 4, 1), "Sam Manager")
    ended = {"on_day": "1", "on_month": "5", "on_year": "2024"}
    assert sent(world, "contract_officer", "end_contact", now, **ended).status_code == 302
    assert sent(world, "contract_officer", "end_contact", now, **ended).status_code == 404


def test_contact_without_any_way_to_reach_it_is_refused(world, home):
    answer = sent(world, "contract_officer", "set_contact", home, kind="out_of_hours", **SINCE)
    assert answer.status_code == 422
    assert "Enter a name, a telephone number or an email address" in answer.content.decode()


def test_premises_are_added_and_ended(world, home):
    answers = {"address": "4 Beck Side", "postcode": "CA10 2AA", "category": "1"} | SINCE
    assert sent(world, "contract_officer", "add_premises", home, **answers).status_code == 302
    added = home.premises.get(postcode="CA10 2AA")
    ended = {"on_day": "1", "on_month": "3", "on_year": "2024"}
    refused = sent(world, "contract_officer", "end_premises", added, **ended)
    assert refused.status_code == 422
    assert "the end cannot be earlier" in refused.content.decode()


def test_note_is_written_for_one_s_own_council(world, home):
    answers = {"text": "Visited.", "on_day": "2", "on_month": "3", "on_year": "2026"}
    assert sent(world, "contract_officer", "add_contact_note", home, **answers).status_code == 302
    assert home.contact_notes.get(text="Visited.").authority == world.north.authority
    assert sent(world, "provider_manager_x", "add_contact_note", home, **answers).status_code == 404


def test_confirmed_count_makes_the_setting_known_to_the_council_that_places_there(world, home):
    day = today()
    answers = {"count": "2", "as_at_day": day.day, "as_at_month": day.month, "as_at_year": day.year}
    assert "1 Hidden Lane" not in all_tabs(world, "officer_south", home)
    assert sent(world, "officer_south", "record_placing_count", home, **answers).status_code == 302
    row = PlacingCount.objects.get(setting=home)
    assert row.placing_authority == world.south.authority
    declared = all_tabs(world, "officer_south", home)
    assert "1 Hidden Lane" not in declared
    assert not [
        button
        for button in ("Plan a monitoring visit", "Record an inspection", "Raise an issue")
        if button in declared
    ]
    assert "Not confirmed yet" in all_tabs(world, "provider_manager_x", home)
    confirm_use(by=world.as_("administrator_south"), seen={row.pk: row.row_version})
    confirmed = all_tabs(world, "officer_south", home)
    assert "1 Hidden Lane" in confirmed
    assert "Change name and address" not in confirmed
    for persona in ("contract_officer", "provider_manager_x"):
        assert "confirmed on" in all_tabs(world, persona, home)


def monitored(world) -> Setting:
    """A home of provider X with a visit that it does not know of, an action, an issue and a self-assessment."""
    home = home_of(world.provider_x)
    campaign(world, home, version=small_question_set())
    unannounced(world, setting=home)
    opened(world, setting=home, due_in=-3)
    raised(world, setting=home, title="Rotas of nights")
    return home


def test_page_tells_the_council_what_is_going_on(world):
    text = all_tabs(world, "contract_officer", monitored(world))
    assert all(
        told in text
        for told in ("Full visit, ", "1 not closed", "1 overdue", "Rotas of nights", "Spring 2026")
    )
    assert all(
        button in text for button in ("Plan a monitoring visit", "Record an inspection", "Raise an issue")
    )


def test_page_tells_the_provider_only_what_it_has_been_told(world):
    text = all_tabs(world, "provider_manager_x", monitored(world))
    assert "Full visit, " not in text
    assert "Rotas of nights" not in text
    assert "1 not closed" in text
    assert "Spring 2026" in text
    assert not [
        button
        for button in ("Plan a monitoring visit", "Record an inspection", "Raise an issue")
        if button in text
    ]


def test_page_tells_a_council_that_visits_are_shared_with_of_these_alone(world):
    text = all_tabs(world, "officer_south", monitored(world))
    assert "Full visit, " in text
    assert "1 not closed" in text
    assert "Rotas of nights" not in text
    assert "Spring 2026" not in text


def test_page_tells_another_provider_nothing(world):
    text = all_tabs(world, "provider_manager_y", monitored(world))
    assert not [told for told in ("Full visit, ", "1 not closed", "Rotas", "Spring 2026") if told in text]


@pytest.mark.parametrize("persona", ["placements_officer", "scrutiny_reader", "partner_contributor"])
def test_whoever_sees_no_cases_has_no_such_part(world, persona):
    home = monitored(world)
    text = all_tabs(world, persona, home)
    assert "Monitoring</a>" not in text
    assert "Next visit" not in text
    answer = world.client(persona).get(reverse("setting_monitoring", args=[home.public_id]))
    assert answer.status_code == 404


def cards(world, persona: str, setting: Setting) -> dict[str, Card]:
    answer = world.client(persona).get(reverse("setting", args=[setting.public_id]))
    return {card.title: card for card in answer.context["cards"]}


def test_first_screen_tells_an_officer_all_six_figures(world):
    home = monitored(world)
    inspected(home, "Good", dt.date(2025, 3, 4))
    SettingLeadFactory(setting=home, lead=world.membership("contract_officer"))
    told = cards(world, "contract_officer", home)
    assert list(told) == [
        *("Scorecard rating", "Ofsted grade", "Contract issues"),
        *("Next visit", "Actions", "Lead officer"),
    ]
    assert told["Ofsted grade"].says == "Good"
    assert told["Ofsted grade"].detail.startswith("Inspected on 4 March 2025, ")
    assert told["Contract issues"].says == "1 open"
    assert told["Next visit"].detail.endswith("Never visited")
    assert told["Actions"] == Card(
        "Actions", "1 not closed", f"/actions/?setting={home.pk}", tag=("1 overdue", "red")
    )
    assert told["Lead officer"].says == str(world.membership("contract_officer").person)


def test_first_screen_of_a_setting_about_which_nothing_is_known_says_so(world):
    home = SettingFactory(owner=world.provider_x.provider, authority=world.north.authority)
    told = cards(world, "contract_officer", home)
    assert told["Scorecard rating"].rag[0] == "none"
    assert "Insufficient evidence" in told["Scorecard rating"].rag[1]
    said = {title: card.says for title, card in told.items() if title != "Scorecard rating"}
    assert said == {
        "Ofsted grade": "Not yet inspected",
        "Contract issues": "None open",
        "Next visit": "None planned",
        "Actions": "None open",
    }


def test_setting_that_is_closed_has_no_rating_today(world):
    home = SettingFactory(
        owner=world.provider_x.provider, authority=world.north.authority, closed_on=dt.date(2024, 1, 1)
    )
    assert cards(world, "contract_officer", home)["Scorecard rating"].says == "No rating"


def test_rating_on_the_page_is_that_of_the_scorecard(world):
    home = monitored(world)
    inspected(home, "Inadequate", dt.date(2026, 3, 4))
    rag = cards(world, "contract_officer", home)["Scorecard rating"].rag
    scorecard = world.client("contract_officer").get(reverse("scorecard_setting", args=[home.public_id]))
    assert scorecard.context["line"].tag.text == rag[1]


def test_provider_s_first_screen_counts_only_what_it_was_told(world):
    told = cards(world, "provider_manager_x", monitored(world))
    assert told["Contract issues"].says == "None open"
    assert told["Next visit"].says == "None planned"
    assert told["Actions"].says == "1 not closed"
    assert "Lead officer" not in told


def test_another_provider_has_neither_rating_nor_any_case_on_its_first_screen(world):
    told = cards(world, "provider_manager_y", monitored(world))
    assert "Scorecard rating" not in told
    assert {told[title].says for title in ("Contract issues", "Actions")} == {"None open"}
    assert told["Next visit"].detail == "Never visited"


def test_each_tab_that_is_offered_answers_and_no_other_does(world):
    home = monitored(world)
    seen = set()
    for persona in ("contract_officer", "provider_manager_x", "provider_manager_y", "scrutiny_reader"):
        client = world.client(persona)
        overview = client.get(reverse("setting", args=[home.public_id])).content.decode()
        for tab in TABS:
            url = reverse(tab.page, args=[home.public_id])
            offered = f'href="{url}"' in overview
            assert client.get(url).status_code == (200 if offered else 404), (persona, tab.page)
            seen.add((tab.page, offered))
    assert {page for page, offered in seen if not offered} == {
        *("setting_monitoring", "setting_contacts", "setting_history")
    }


def test_newest_inspection_is_open_and_older_ones_are_folded_until_one_is_asked_for(world, home):
    old = inspected(home, "Good", dt.date(2021, 5, 4))
    inspected(home, "Outstanding", dt.date(2023, 3, 2))
    url = reverse("setting_inspections", args=[home.public_id])
    client = world.client("contract_officer")
    page = client.get(url).content.decode()
    assert "Older inspections (1)" in page
    assert (
        page.index("2 March 2023</h3>") < page.index("Older inspections (1)") < page.index("4 May 2021</h3>")
    )
    folded = '<details class="govuk-details">\n    <summary class="govuk-details__summary"><span class="govuk-details__summary-text">Older'
    assert folded in page
    assert folded not in client.get(url, {"inspection": str(old.public_id)}).content.decode()


@pytest.mark.parametrize("tab", [tab.page for tab in TABS])
def test_tab_asks_as_many_questions_for_many_rows_as_for_few(world, tab):
    home = monitored(world)
    inspected(home, "Good", dt.date(2021, 5, 4))
    client, url = world.client("contract_officer"), reverse(tab, args=[home.public_id])
    client.get(url)
    few = queries_of(client, url)
    for year in (2019, 2020, 2022):
        inspected(home, "Good", dt.date(year, 5, 4))
        opened(world, setting=home, due_in=30)
        raised(world, setting=home, title=f"Rotas of {year}")
    assert queries_of(client, url) == few
