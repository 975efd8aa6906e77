"""The pages of scorecards in a browser's words: what is shown, as at which day, to whom."""

import datetime as dt

import pytest
from django.urls import reverse

from inspections.actions.models import Action
from providers.directory.models import ProviderMerger
from providers.people.models import Share
from qa_portal.core.dates import today
from tests.factories import actions as made
from tests.factories.people import ProviderFactory
from tests.factories.register import PlacingCountFactory, SettingFactory
from tests.factories.visits import home_of_x
from tests.unit.inspections.scorecards.asking import published
from tests.unit.portal.directory.building import inspected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LONG_AGO = dt.date(2025, 9, 1)


def text(world, persona: str, url: str, **asked) -> str:
    answer = world.client(persona).get(url, asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def region(world, persona: str = "contract_officer", **asked) -> str:
    return text(world, persona, reverse("scorecards"), **asked)


def profile(world, home, persona: str = "contract_officer", **asked) -> str:
    return text(world, persona, reverse("scorecard_setting", args=[home.public_id]), **asked)


def names(world, persona: str = "contract_officer", **asked) -> list[str]:
    """Of the rows, as the page has them."""
    answer = world.client(persona).get(reverse("scorecards"), asked)
    return [line.subject.name for line in answer.context["lines"]]


@pytest.fixture
def good(clock, world):
    home = home_of_x(world, working_name="Beck View")
    inspected(home, "Good", LONG_AGO)
    return home


@pytest.fixture
def bad(clock, world):
    home = SettingFactory(working_name="Mill Rise", authority=world.north.authority)
    inspected(home, "Inadequate", LONG_AGO)
    return home


def test_region_has_the_worst_first_and_says_why(world, good, bad):
    page = region(world)
    assert names(world) == ["Mill Rise", "Beck View"]
    assert "Red: Ofsted judged it Inadequate on 1 September 2025" in page
    assert "Insufficient evidence: 25% of the score has current data (60% needed)" in page
    assert "Open Government Licence" in page


def test_bands_are_counted_in_words(world, good, bad):
    page = region(world)
    assert "2 settings:" in page
    assert ">1 red</a> and" in page
    assert ">1 insufficient evidence</a>" in page


def test_missing_data_never_reads_green(world, good):
    assert "Green 75.0" in region(world), "the area that is known"
    assert "Insufficient evidence 18.7" in region(world)


def test_areas_without_any_data_have_no_column_and_are_told_once(world, good):
    page = region(world)
    assert ">Regulator</th>" in page
    assert ">Workforce</th>" not in page
    assert page.count("Workforce (weight 3)") == 1


def test_day_before_the_judgement_was_published_does_not_know_it(world, bad):
    page = region(world, as_at="2025-09-15")
    assert "As at 15 September 2025" in page
    assert "Inadequate on" not in page
    assert "As at 1 June 2026" in region(world), "today, unless another day is asked for"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("2026-06-02", "The day must be today or in the past"),
        ("9999-12-31", "The day must be today or in the past"),
        ("nonsense", "The day must be a real date"),
        ("2026-02-30", "The day must be a real date"),
        ("0001-01-01", "The day must be a real date"),
    ],
)
def test_day_that_cannot_be_is_told_in_one_sentence_and_the_page_stays(world, bad, asked, sentence):
    for page in (region(world, as_at=asked), profile(world, bad, as_at=asked)):
        assert page.count(f">{sentence}") == 1
        assert "as at 1 June 2026" in page or "As at 1 June 2026" in page
        assert "Mill Rise" in page


def test_day_before_anything_was_registered_says_so(world, bad):
    assert "was not registered on 1 January 1990" in profile(world, bad, as_at="1990-01-01")
    page = region(world, as_at="1990-01-01")
    assert "there was no setting to monitor" in page
    assert "?as_at=1990-01-01&amp;only=all" in page
    assert "No setting is known to have been registered" in region(world, as_at="1990-01-01", only="all")


@pytest.mark.parametrize("name", ["type", "authority", "band", "only", "by", "council"])
def test_value_that_no_filter_offers_is_told_and_leaves_nothing_out(world, good, bad, name):
    page = region(world, **{name: "' OR 1=1"})
    assert "There is a problem" in page
    assert names(world, **{name: "' OR 1=1"}) == ["Mill Rise", "Beck View"]


def test_region_is_narrowed(world, good, bad):
    other = good.provision_type.pk + 10_000
    assert names(world, band="red") == ["Mill Rise"]
    assert names(world, type=good.provision_type.pk) == ["Mill Rise", "Beck View"]
    assert "There is a problem" in region(world, type=other)
    assert "Nothing matches" in region(world, band="green")
    assert names(world, authority=world.south.authority.pk) == []


def test_band_narrows_the_rows_and_not_the_totals(world, good, bad):
    page = region(world, band="red")
    assert "1 setting, worst first" in page
    assert "2 settings:" in page


def test_settings_of_another_area_are_seen_among_all(world, good):
    far = SettingFactory(working_name="Far Away", authority=world.south.authority)
    told = f"Children's home {far.urn} (name withheld by Ofsted)"
    assert told not in names(world)
    assert told in names(world, only="all")
    assert "Far Away" not in names(world, only="all")


def test_row_for_each_provider(world, good, bad):
    page = region(world, by="provider")
    assert "2 providers, worst first" in page
    assert reverse("scorecard_provider", args=[world.provider_x.provider.public_id]) in page


@pytest.mark.parametrize("merged", [False, True])
def test_row_of_a_provider_is_over_all_its_settings_as_on_its_own_page(world, good, merged):
    """Else the home that makes it red is left out where the list has no reason to name that home."""
    owner = world.provider_x.provider
    if merged:
        owner = ProviderFactory(name="X Care (North) Ltd")
        ProviderMerger.objects.create(merged=owner, into=world.provider_x.provider, on=today(), reason="One")
    far = SettingFactory(working_name="Far Away", authority=world.south.authority, owner=owner)
    inspected(far, "Inadequate", LONG_AGO)
    assert names(world) == ["Beck View"]
    for narrowed in (
        {},
        {"authority": world.north.authority_id},
        {"only": "all", "type": good.provision_type_id},
    ):
        page = region(world, by="provider", **narrowed)
        assert (
            f"Red: Ofsted judged it Inadequate on 1 September 2025 (Children&#x27;s home {far.urn} (name withheld by Ofsted))"
            in page
        ), narrowed
    answer = world.client("contract_officer").get(reverse("scorecards"), {"by": "provider"})
    assert [line.subject.settings for line in answer.context["lines"]] == [2]


def test_rows_are_paged_and_the_totals_count_all(world, clock):
    for number in range(51):
        SettingFactory(working_name=f"Home {number:02}", authority=world.north.authority)
    assert len(names(world)) == 50
    assert names(world, page=2) == ["Home 50"]
    assert "51 settings:" in region(world, page=2)


def test_profile_says_why_first_and_leads_to_the_record(world, bad):
    page = profile(world, bad)
    assert page.index("Why it is red") < page.index("Area by area")
    assert "Ofsted judged it Inadequate on 1 September 2025." in page
    inspection = bad.inspections.get()
    assert (
        f"{reverse('setting_inspections', args=[bad.public_id])}?inspection={inspection.public_id}#inspection-"
        in page
    )


def test_profile_tells_who_recorded_what_and_when(world, good):
    report = published(world, setting=good)
    page = profile(world, good)
    assert "1 June 2026. Source: Westmorland and Furness" in page
    assert "Recorded: Team manager, Westmorland and Furness" in page
    assert reverse("visit", args=[report.visit.public_id]) in page


def test_record_that_the_reader_may_not_open_is_told_without_a_link(world, good):
    report = published(world, setting=good)
    page = profile(world, good, "board_chair")
    assert "Recorded: Team manager, Westmorland and Furness" in page
    assert reverse("visit", args=[report.visit.public_id]) not in page


def test_gap_is_told_with_what_would_fill_it_where_the_reader_may(world, good):
    plan = reverse("plan_visit_of", args=[good.public_id])
    assert plan in profile(world, good)
    page = profile(world, good, "board_chair")
    assert "This will be scored when the report of a monitoring visit is published." in page
    assert plan not in page


def test_months_stand_in_a_chart_and_in_a_table(world, bad):
    page = profile(world, bad)
    assert "Assured score over 12 months" in page
    assert "31 May 2026" in page


def test_day_and_council_go_along_from_page_to_page(world, bad):
    page = region(world, as_at="2026-01-31")
    assert f"{reverse('scorecard_setting', args=[bad.public_id])}?as_at=2026-01-31" in page
    assert f"{reverse('scorecards')}?as_at=2026-01-31" in profile(world, bad, as_at="2026-01-31")


def test_provider_s_profile_has_its_settings_worst_first(world, good):
    worse = home_of_x(world, working_name="Larch Cottage")
    inspected(worse, "Inadequate", LONG_AGO)
    page = text(
        world, "contract_officer", reverse("scorecard_provider", args=[world.provider_x.provider.public_id])
    )
    assert "Ofsted judged it Inadequate on 1 September 2025 (Larch Cottage)" in page
    assert page.index("Larch Cottage</a>") < page.index("Beck View</a>")


def test_provider_that_owned_nothing_has_a_page_that_says_so(world, good):
    url = reverse("scorecard_provider", args=[world.provider_x.provider.public_id])
    assert "owned no registered setting on 1 January 2019" in text(
        world, "contract_officer", url, as_at="2019-01-01"
    )


def test_provider_sees_its_own_alone_and_only_what_it_was_told(world, good, bad):
    made.proposed(world, setting=good)
    page = region(world, "provider_manager_x")
    assert "Your ratings, and why" in page
    assert "Beck View" in names(world, "provider_manager_x")
    assert "Mill Rise" not in page
    client = world.client("provider_manager_x")
    assert client.get(reverse("scorecard_setting", args=[bad.public_id])).status_code == 404
    assert Action.objects.exists()
    assert "No action was due" in profile(world, good, "provider_manager_x")


def test_partner_is_told_when_nobody_shares(world, bad):
    assert "No council shares its scorecards" in region(world, "partner_contributor")
    client = world.client("partner_contributor")
    assert client.get(reverse("scorecard_setting", args=[bad.public_id])).status_code == 404
    Share.objects.create(owner=world.north, reader=world.agency, kind=Share.Kind.SCORECARDS, from_on=today())
    assert names(world, "partner_contributor") == ["Mill Rise"]


def test_council_with_whom_another_shares_chooses_whose_evidence_counts(world, good):
    Share.objects.create(owner=world.north, reader=world.south, kind=Share.Kind.SCORECARDS, from_on=today())
    assert names(world, "officer_south") == []
    north = world.north.public_id
    assert names(world, "officer_south", council=north) == ["Beck View"]
    assert f"council={north}" in region(world, "officer_south", council=north)


@pytest.mark.parametrize(("persona", "told"), [("contract_officer", True), ("officer_south", None)])
def test_file_of_a_shared_scorecard_does_not_tell_where_the_council_places(world, good, persona, told):
    Share.objects.create(owner=world.north, reader=world.south, kind=Share.Kind.SCORECARDS, from_on=today())
    PlacingCountFactory(setting=good, placing_authority=world.north.authority)
    asked = {"council": world.north.public_id}
    for url in (reverse("scorecards_json"), reverse("scorecard_setting_json", args=[good.public_id])):
        rows = world.client(persona).get(url, asked).json()["rows"]
        assert [row["in_use"] for row in rows if row["urn"] == good.urn] == [told]


def test_register_leads_to_the_scorecard_of_whoever_may_read_it(world, good):
    link = reverse("scorecard_setting", args=[good.public_id])
    register = reverse("setting", args=[good.public_id])
    assert link in text(world, "contract_officer", register)
    assert link in text(world, "provider_manager_x", register)
    assert link not in text(world, "provider_manager_y", register)
    assert link not in text(world, "scrutiny_reader", register)
    owner = reverse("provider", args=[world.provider_x.provider.public_id])
    assert reverse("scorecard_provider", args=[world.provider_x.provider.public_id]) in text(
        world, "contract_officer", owner
    )
