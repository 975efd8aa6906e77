import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from providers.directory.models import Authority, Grade, ProvisionType, RegistrationState, Setting
from qa_portal.core.dates import today
from tests.factories import visits
from tests.factories.people import ProviderFactory
from tests.factories.register import PlacingCountFactory, SettingFactory, import_rows
from tests.unit.inspections.ofsted.building import row
from tests.unit.portal.directory.building import inspected, queries_of

pytestmark = pytest.mark.django_db
FIXED = 6
"""Session, user, memberships, second factor, and the person's name: every page asks for these."""
NORTH, SOUTH = "Westmorland and Furness", "Lancashire"


def hosted_by(name: str, **values) -> Setting:
    return SettingFactory(authority=Authority.objects.get(name=name), **values)


@pytest.fixture
def officer(world):
    return world.client("contract_officer")


def asked(client, **query) -> str:
    answer = client.get(reverse("directory"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def found(client, **query) -> set[str]:
    answer = client.get(reverse("directory"), query)
    return {setting.urn for setting in answer.context["settings"]}


def grade(label: str, scale: str = "SCCIF-4") -> int:
    return Grade.objects.get(label=label, scale__code=scale).pk


def test_row_tells_name_owner_grade_with_its_day_and_use(world, officer):
    home = SettingFactory(owner=ProviderFactory(name="Fellside Care Ltd"), places=6)
    inspected(home, "Inadequate", dt.date(2021, 5, 4))
    inspected(home, "Good", dt.date(2023, 3, 2))
    PlacingCountFactory(setting=home, placing_authority=world.north.authority)
    page = asked(officer)
    for words in (f"Children's home {home.urn} (name withheld by Ofsted)", "Fellside Care Ltd", "In use"):
        assert words.replace("'", "&#x27;") in page
    assert "2 Mar 2023" in page
    assert "4 May 2021" not in page
    assert "Open Government Licence v3.0" in page


def test_setting_without_an_inspection_says_so(officer):
    SettingFactory()
    assert "Not yet inspected" in asked(officer)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", lambda: ProvisionType.objects.get(code="ifa").pk),
        ("authority", lambda: Authority.objects.get(name=SOUTH).pk),
        ("state", lambda: RegistrationState.objects.get(code="suspended").pk),
        ("grade", lambda: grade("Good")),
        ("owner", lambda: "fellside"),
        ("only", lambda: "in_house"),
        ("search", lambda: "ravenscar"),
        ("search", lambda: "SC77"),
        ("search", lambda: "Fellside"),
    ],
)
def test_filter_keeps_what_matches(officer, field, value):
    SettingFactory()
    wanted = hosted_by(
        SOUTH,
        urn="SC777777",
        provision_type=ProvisionType.objects.get(code="ifa"),
        registration_state=RegistrationState.objects.get(code="suspended"),
        sector="Local Authority",
        working_name="Ravenscar Lodge",
        owner=ProviderFactory(name="Fellside Care Ltd"),
    )
    inspected(wanted, "Good", dt.date(2023, 3, 2))
    assert found(officer, **{field: value()}) == {"SC777777"}


def test_grade_filter_takes_the_current_judgement_on_its_own_scale(officer):
    home, other = SettingFactory(), SettingFactory()
    inspected(home, "Good", dt.date(2021, 5, 4))
    inspected(home, "Inadequate", dt.date(2023, 3, 2))
    assert found(officer, grade=grade("Good")) == set()
    assert found(officer, grade=grade("Inadequate")) == {home.urn}
    assert found(officer, grade="none") == {other.urn}


def test_footprint_includes_what_a_council_took_over(officer):
    taken_over = hosted_by("Cumbria")
    hosted_by(SOUTH)
    assert found(officer, only="footprint") == {taken_over.urn}


def test_another_council_s_use_is_told_to_the_host_and_the_home_alone(world):
    home = hosted_by(NORTH, owner=world.provider_x.provider)
    PlacingCountFactory(setting=home, placing_authority=Authority.objects.get(name="Cumberland"))
    for persona in ("contract_officer", "provider_manager_x"):
        assert found(world.client(persona), only="in_use") == {home.urn}
    assert found(world.client("officer_south"), only="in_use") == set()


@pytest.mark.parametrize("typed", ["CA11 7XY", "ca117xy", "CA11"])
def test_postcode_finds_only_where_the_viewer_may_see_the_address(world, typed):
    home = hosted_by(NORTH, working_postcode="CA11 7XY", owner=world.provider_x.provider)
    assert found(world.client("contract_officer"), search=typed) == {home.urn}
    assert found(world.client("provider_manager_x"), search=typed) == {home.urn}
    for persona in ("officer_south", "provider_manager_y", "partner_contributor"):
        assert found(world.client(persona), search=typed) == set()


def test_postcode_of_an_agency_s_office_is_public(world):
    agency = hosted_by(NORTH, provision_type=ProvisionType.objects.get(code="ifa"), ofsted_postcode="LA9 4DQ")
    assert found(world.client("provider_manager_y"), search="la94dq") == {agency.urn}


@pytest.mark.parametrize(
    ("sort", "order"), [("", "ABC"), ("name", "ABC"), ("authority", "BAC"), ("type", "ACB")]
)
def test_sort(officer, sort, order):
    hosted_by(NORTH, working_name="A")
    hosted_by(SOUTH, working_name="B", provision_type=ProvisionType.objects.get(code="ifa"))
    hosted_by(NORTH, ofsted_name="C")
    settings = officer.get(reverse("directory"), {"sort": sort}).context["settings"]
    assert "".join(setting.display_name for setting in settings) == order


def test_empty_register_says_who_can_import(world):
    assert "installation administrator imports" in asked(world.client("contract_officer"))
    assert reverse("new_ofsted_file") in asked(world.client("installation_administrator"))


def test_no_match_leads_back_to_all(officer):
    SettingFactory()
    page = asked(officer, search="nothing like it")
    assert "No setting matches" in page
    assert "Clear the filters" in page


def test_wrong_choice_narrows_nothing_and_is_told(officer):
    home = SettingFactory()
    assert found(officer, type="forged") == {home.urn}


def test_csv_holds_the_filtered_rows_and_runs_no_formula(officer):
    SettingFactory(working_name="=HYPERLINK(1)", working_address="1 High Street", owner=None)
    hosted_by(SOUTH, working_name="Elsewhere")
    text = officer.get(reverse("directory_csv"), {"search": "hyperlink"}).content.decode("utf-8-sig")
    header, line = text.splitlines()
    assert header.startswith("URN,Name,Type")
    assert ",'=HYPERLINK(1)," in line
    assert "High Street" not in text


def test_xlsx_holds_text_and_runs_no_formula(officer):
    home = SettingFactory(working_name="=1+1\x07", places=5)
    inspected(home, "Good", dt.date(2023, 3, 2))
    book = load_workbook(io.BytesIO(officer.get(reverse("directory_xlsx")).content))
    header, line = book["Settings"].iter_rows()
    values = dict(zip([cell.value for cell in header], line, strict=True))
    assert (values["Name"].value, values["Name"].data_type) == ("'=1+1", "s")
    assert values["Places"].value == 5
    assert values["Date of inspection"].value.date() == dt.date(2023, 3, 2)


@pytest.mark.parametrize("query", ["", "?search=a&owner=a&only=in_use&only=footprint&grade=none"])
def test_page_asks_at_most_eight_queries_at_any_size(world, query):
    client = world.client("contract_officer")
    url = reverse("directory") + query

    def fill(number: int) -> None:
        for _ in range(number):
            home = SettingFactory(working_name="Lake House")
            PlacingCountFactory(setting=home, placing_authority=world.north.authority)
            if not query:
                inspected(home, "Good", dt.date(2023, 3, 2))

    fill(3)
    few = queries_of(client, url)
    fill(60)
    many = queries_of(client, url)
    assert few == many <= FIXED + 8


def test_imported_file_shows_at_once(officer):
    import_rows(row(), as_at=dt.date(2024, 3, 31))
    assert found(officer) == {"SC009423"}
    assert "Good" in asked(officer)


def test_filter_finds_settings_that_nobody_visited_in_twelve_months(world, officer):
    seen, old = visits.home_of_x(world), visits.home_of_x(world)
    never = SettingFactory()
    for place, days in ((seen, 364), (old, 366)):
        visit = visits.planned(world, setting=place)
        visit.visited_on = today() - dt.timedelta(days=days)
        visit.save()
    assert found(officer, only="not_visited") == {old.urn, never.urn}


def test_who_sees_no_case_is_not_offered_what_was_visited(world):
    assert "Not visited" not in asked(world.client("placements_officer"))
    assert "Not visited" not in asked(world.client("provider_manager_x"))
