"""What somebody tries who wants to know more than they are told: by the address, by the file, by comparing."""

import csv
import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from inspections.actions.models import Action
from inspections.scorecards.presentation.exports import FORMATS, PROFILE_FORMATS
from providers.people.models import Share
from qa_portal.core.dates import today
from tests.factories.issues import raised
from tests.factories.register import PlacingCountFactory, SettingFactory
from tests.factories.visits import home_of_x, recorded, unannounced
from tests.unit.inspections.scorecards.asking import confirmed, days, published
from tests.unit.portal.directory.building import inspected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CHANGES_EACH_TIME = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')


@pytest.fixture
def home(clock, world):
    home = home_of_x(world, working_name="Beck View", registered_on=today() - days(2000))
    inspected(home, "Good", today() - days(300))
    published(world, setting=home)
    return home


def share(world, reader) -> Share:
    return Share.objects.create(
        owner=world.north, reader=reader, kind=Share.Kind.SCORECARDS, from_on=today() - days(10)
    )


def addresses(home, provider) -> list[str]:
    """Every page and every file but the PDF, which has a digest of the JSON's figures in it."""
    files = [reverse(f"scorecards_{one}") for one in FORMATS if one not in {"pdf", "xlsx"}]
    profiles = {"scorecard_setting": home.public_id, "scorecard_provider": provider.public_id}
    for page, key in profiles.items():
        files += [reverse(page, args=[key])]
        files += [reverse(f"{page}_{one}", args=[key]) for one in PROFILE_FORMATS if one != "pdf"]
    return [reverse("home"), reverse("scorecards"), *files]


def read(client, urls, **asked) -> dict[str, str]:
    answers = {url: client.get(url, asked) for url in urls}
    assert {answer.status_code for answer in answers.values()} == {200}, answers
    return {url: CHANGES_EACH_TIME.sub("", answer.content.decode()) for url, answer in answers.items()}


@pytest.mark.parametrize("ago", [0, 30])
def test_nothing_that_a_provider_reads_changes_by_what_it_was_not_told(world, home, ago):
    """Not a figure, a word, a count or a byte: an unannounced visit, an issue, a draft, another's records."""
    client, urls = world.client("provider_manager_x"), addresses(home, world.provider_x.provider)
    day = (today() - days(ago)).isoformat()
    before = read(client, urls, as_at=day)
    raised(world, setting=home)
    about_the_provider = raised(world, setting=home)
    about_the_provider.setting = None
    about_the_provider.save()
    recorded(world, visit=unannounced(world, setting=home, days=3), grades=("met", "met", "not_met"))
    assert Action.objects.filter(setting=home, state=Action.State.PROPOSED).exists()
    recorded(world, setting=SettingFactory(owner=world.provider_y.provider))
    share(world, world.south)
    PlacingCountFactory(setting=SettingFactory(owner=world.provider_y.provider))
    after = read(client, urls, as_at=day)
    assert [url for url in urls if before[url] != after[url]] == []


def test_draft_that_was_not_published_changes_no_scorecard(world, home):
    client = world.client("provider_manager_x")
    urls = [url for url in addresses(home, world.provider_x.provider) if url != reverse("home")]
    visit = recorded(world, setting=home, grades=("not_met", "met", "met"))
    before = read(client, urls)
    confirmed(world, visit)
    assert read(client, urls) == before


def test_provider_has_no_address_of_another_s_scorecard(world, home):
    client = world.client("provider_manager_y")
    own = (reverse("home"), reverse("scorecards"))
    others = [url for url in addresses(home, world.provider_x.provider) if "-" in url]
    assert len(others) == 6
    for url in others:
        for asked in ({}, {"as_at": "2024-01-01"}, {"council": world.north.public_id}):
            assert client.get(url, asked).status_code == 404, url
    for url in own:
        assert "Beck View" not in client.get(url, {"only": "all"}).content.decode()


def test_agency_reads_nothing_once_its_share_has_ended(world, home):
    granted = share(world, world.agency)
    urls = [url for url in addresses(home, world.provider_x.provider) if url != reverse("home")]
    client = world.client("partner_contributor")
    assert "Beck View" in "".join(read(client, urls).values())
    granted.to_on = today()
    granted.save()
    answers = {url: client.get(url, {"council": world.north.public_id}) for url in urls}
    assert {url: one.status_code for url, one in answers.items()} == {
        url: 200 if url == reverse("scorecards") else 404 for url in urls
    }
    assert "Beck View" not in answers[reverse("scorecards")].content.decode()
    assert "Beck View" not in client.get(reverse("home")).content.decode()
    past = {"as_at": (today() - days(1)).isoformat()}
    assert "Beck View" not in client.get(reverse("scorecards"), past).content.decode(), (
        "a day on which it was shared is read today"
    )


@pytest.mark.parametrize("persona", ["partner_contributor", "officer_south"])
def test_rows_of_a_shared_scorecard_do_not_tell_where_the_council_places(world, home, persona):
    """A row from outside the council's area would be where a child lives; on an earlier day, when it came."""
    south, far = (
        world.south.authority,
        SettingFactory(working_name="Far Away", authority=world.south.authority),
    )
    PlacingCountFactory(setting=far, placing_authority=world.north.authority)
    for reader in (world.agency, world.south):
        share(world, reader)
    asked = {"council": world.north.public_id}
    own, reader = world.client("contract_officer"), world.client(persona)
    for name in ("scorecards", "scorecards_csv", "scorecards_json"):
        for more in ({}, {"authority": south.pk}):
            assert "Far Away" in own.get(reverse(name), asked | more).content.decode(), (name, more)
            told = reader.get(reverse(name), asked | more)
            assert told.status_code == 200
            assert "Far Away" not in told.content.decode(), (name, more)
    assert "Beck View" in reader.get(reverse("scorecards"), asked).content.decode()
    if persona == "partner_contributor":
        assert "Far Away" not in reader.get(reverse("home")).content.decode()


def test_council_that_is_asked_for_by_address_alone_tells_nothing(world, home):
    client, north = world.client("officer_south"), {"council": world.north.public_id, "only": "all"}
    page = client.get(reverse("scorecards"), north)
    assert page.context["asked"].scope.whose == str(world.south)
    assert client.get(reverse("scorecards_json"), north).status_code == 422
    answer = client.get(reverse("scorecard_setting_json", args=[home.public_id]), north)
    assert answer.status_code == 422
    assert str(world.north) not in answer.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked",
    [
        {"page": "-1"},
        {"page": "9" * 400},
        {"page": "last; DROP TABLE"},
        {"as_at": "1900-01-01"},
        {"as_at": "2024-02-29"},
        {"as_at": "2025-03-30"},
        {"as_at": "9" * 5000},
        {"as_at": "\x00"},
        {"council": "\x00"},
        {"type": "9" * 400},
        {"authority": "\x00"},
        {"band": "green\r\nSet-Cookie: a=b"},
        {"by": "provider", "page": "2"},
    ],
    ids=lambda asked: repr(asked)[:40],
)
def test_odd_address_gets_a_page(world, home, asked):
    for persona in ("contract_officer", "provider_manager_x"):
        client = world.client(persona)
        for url in (reverse("scorecards"), reverse("scorecard_setting", args=[home.public_id])):
            assert client.get(url, asked).status_code == 200
            assert client.post(url, asked).status_code in {403, 405}
        assert client.get(reverse("scorecards_csv"), asked).status_code in {200, 422}


@pytest.mark.parametrize("name", ['=HYPERLINK("http://evil.example")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1"])
def test_name_of_a_home_is_run_by_no_spreadsheet(world, home, name):
    home.working_name = name
    home.save()
    client = world.client("contract_officer")
    told = client.get(reverse("scorecards_csv")).content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get(reverse("scorecards_xlsx")).content))
    profile = client.get(reverse("scorecard_setting_csv", args=[home.public_id])).content.decode("utf-8-sig")
    cells = [cell for text in (told, profile) for row in csv.reader(io.StringIO(text)) for cell in row]
    cells += [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(name.strip() in str(cell) for cell in cells)
    assert [cell for cell in cells if str(cell).lstrip()[:1] in tuple("=+-@")] == []
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_name_of_a_home_stays_within_the_header_of_its_file(world, home):
    home.working_name = 'a"; filename=evil.exe\r\nSet-Cookie: stolen=1; ../..' + "x" * 100
    home.save()
    answer = world.client("contract_officer").get(reverse("scorecard_setting_csv", args=[home.public_id]))
    assert "stolen" not in answer.cookies
    assert re.fullmatch(
        r'attachment; filename="scorecard-[a-z0-9-]{1,60}-2026-06-01\.csv"', answer["Content-Disposition"]
    )
