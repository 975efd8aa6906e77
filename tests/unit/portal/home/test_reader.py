"""The home of the board and of partner agencies: where settings stand, what moved, what began."""

import datetime as dt

import pytest

from providers.contracts.models import ReferralHold
from providers.people.models import Share
from providers.people.services.shares import share_cases
from qa_portal.core.dates import today
from tests.factories.people import ProviderFactory, council
from tests.factories.purchasing import a_member, a_system
from tests.factories.register import PlacingCountFactory, SettingFactory
from tests.factories.visits import home_of_x
from tests.unit.portal.directory.building import inspected
from tests.unit.portal.home.seeing import figures, first_cells, home, panel, told, words

pytestmark = pytest.mark.django_db
BOARD, PARTNER = "board_chair", "partner_contributor"
YEARS_AGO = dt.timedelta(days=700)


def watched(world, name: str, grade: str = "", on: dt.date | None = None):
    """Hosted by the north; with a grade if one is given."""
    place = SettingFactory(authority=world.north.authority, working_name=name)
    if grade:
        inspected(place, grade, on or today() - YEARS_AGO)
    return place


def share_scorecards(world, **share):
    admin = world.as_("council_administrator")
    reader = share.pop("reader", world.agency)
    return share_cases(
        by=admin, reader=reader, kind=Share.Kind.SCORECARDS, from_on=today(), reason="Agreement", **share
    )


def test_board_reads_how_many_stand_where_and_the_worst_with_the_reason(world):
    watched(world, "Fellside", "Inadequate")
    watched(world, "Beck View")
    shares = {share.words: share.count for share in panel(world, BOARD, "Ratings at a glance").shares}
    assert shares == {"Red": 1, "Insufficient evidence": 1}
    table = panel(world, BOARD, "Worst first")
    assert first_cells(table) == ["Fellside", "Beck View"]
    assert table.cells[0][2].words.startswith("Ofsted judged it Inadequate on")
    assert figures(world, BOARD)["setting red"] == 1


def test_worst_are_five_and_lead_to_all(world):
    for number in range(7):
        watched(world, f"Home {number}")
    table = panel(world, BOARD, "The worst 5")
    assert len(table.cells) == 5
    assert "All settings, worst first" in home(world, BOARD)


def test_setting_that_fell_in_the_last_month_is_told_with_where_it_stood(world):
    watched(world, "Fellside", "Inadequate", today() - dt.timedelta(days=35))
    watched(world, "Beck View", "Inadequate")
    [line] = panel(world, BOARD, "What changed since").lines
    assert line.words == "Fellside"
    assert line.detail.startswith("Was Insufficient evidence")
    assert line.mark.level == "red"


def test_nothing_moved_is_said(world):
    watched(world, "Beck View", "Inadequate")
    assert "No setting has changed rating since" in home(world, BOARD)


def test_limit_that_began_in_the_last_90_days_is_an_alert_and_an_old_one_is_none(world):
    watched(world, "Fellside", "Inadequate", today() - dt.timedelta(days=100))
    watched(world, "Beck View", "Inadequate")
    assert [line.words for line in panel(world, BOARD, "Alerts").lines] == ["Fellside"]
    assert figures(world, BOARD)["new alert"] == 1


def test_partner_with_whom_nothing_is_shared_is_told_whom_to_ask(world):
    watched(world, "Fellside", "Inadequate")
    page = home(world, PARTNER)
    assert "No council shares its scorecard with you yet." in page
    assert "Fellside" not in page


def test_partner_reads_what_the_council_shares_until_it_ends(world):
    watched(world, "Fellside", "Inadequate")
    share = share_scorecards(world)
    assert first_cells(panel(world, PARTNER, "Worst first")) == ["Fellside"]
    assert "Fellside" not in home(world, "far_partner")
    share.to_on = today()
    share.save()
    assert "Fellside" not in home(world, PARTNER)


def test_young_researcher_and_scrutiny_are_shown_no_scores(world):
    watched(world, "Fellside", "Inadequate")
    share_scorecards(world)
    for persona in ("young_researcher", "scrutiny_reader", "social_worker"):
        assert not told(world, persona).figures
        assert "Fellside" not in home(world, persona)


def test_placements_officer_reads_where_referrals_are_paused(world):
    assert "Every provider on a lot is open to referrals." in home(world, "placements_officer")
    assert "paused" not in home(world, BOARD)


def held(place, kind=ReferralHold.Kind.DOCUMENT, source="paper cyber", days_ago=0):
    from_on = today() - dt.timedelta(days=days_ago)
    ReferralHold.objects.create(membership=place, kind=kind, source=source, from_on=from_on)


def test_paused_places_stand_once_each_with_suspensions_first(world):
    system = a_system(world.as_("procurement_officer"))
    for other in (world.south, council("Cumberland")):
        system.participants.create(council=other, from_on=today())
    paused = a_member(world.provider_x.provider, system.lots.get())
    suspended = a_member(world.provider_y.provider, system.lots.get())
    held(paused)
    held(paused, source="paper ico")
    held(suspended, ReferralHold.Kind.SUSPENSION, "issue 1", days_ago=20)
    lines = panel(world, "placements_officer", "Where referrals are paused").lines
    assert [(line.words, line.mark.text) for line in lines] == [
        (str(world.provider_y.provider), "Suspended"),
        (str(world.provider_x.provider), "Paused"),
    ]
    assert "Referrals paused: document expired" in lines[1].detail


def test_more_pauses_than_the_panel_holds_lead_to_all_of_them(world):
    system = a_system(world.as_("procurement_officer"))
    for _ in range(9):
        held(a_member(ProviderFactory(), system.lots.get()))
    paused = panel(world, "placements_officer", "Where referrals are paused")
    assert (len(paused.lines), [link.words for link in paused.more]) == (
        8,
        ["All 9, by purchasing system"],
    )


def test_provider_reads_where_its_own_settings_stand_and_no_other_s(world):
    inspected(home_of_x(world, working_name="Fellside"), "Inadequate", today() - YEARS_AGO)
    watched(world, "Of somebody else", "Inadequate")
    table = panel(world, "provider_manager_x", "Your ratings")
    assert first_cells(table) == ["Fellside"]
    assert "Ofsted judged it Inadequate" in table.cells[0][2].words
    assert "nothing to score" in home(world, "provider_manager_y")


def test_uses_of_other_councils_do_not_reach_the_board(world):
    place = SettingFactory(authority=world.south.authority, working_name="In the south")
    PlacingCountFactory(setting=place, placing_authority=world.south.authority)
    assert "In the south" not in home(world, BOARD)
    assert words(panel(world, BOARD, "Alerts")) == []
