"""Counts of children placed, never a row for a child; and what they say of a setting being in use."""

import datetime as dt

import pytest

from providers.contracts.counts_file import read_counts
from providers.contracts.models import PlacingCount
from providers.contracts.selectors import in_use
from providers.contracts.services import record_counts_file, record_placing_counts
from providers.directory.models import Authority
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories.register import PlacingCountFactory, SettingFactory

pytestmark = pytest.mark.django_db
MARCH, JUNE = dt.date(2024, 3, 31), dt.date(2024, 6, 30)


def test_setting_is_in_use_while_the_latest_count_is_above_zero():
    setting = SettingFactory()
    PlacingCountFactory(setting=setting, count=2, as_at=MARCH)
    PlacingCountFactory(setting=setting, count=0, as_at=JUNE)
    assert setting not in in_use(MARCH - dt.timedelta(days=1))
    assert setting in in_use(MARCH)
    assert setting in in_use(JUNE - dt.timedelta(days=1))
    assert setting not in in_use(JUNE)


def test_one_councils_zero_leaves_anothers_children():
    setting = SettingFactory()
    lancashire, blackpool = (Authority.objects.get(name=name) for name in ("Lancashire", "Blackpool"))
    PlacingCountFactory(setting=setting, placing_authority=lancashire, count=0, as_at=JUNE)
    PlacingCountFactory(setting=setting, placing_authority=blackpool, count=1, as_at=MARCH)
    assert setting in in_use(JUNE)
    assert list(in_use(JUNE, blackpool.pk)) == [setting]
    assert list(in_use(JUNE, lancashire.pk)) == []


def test_count_of_an_authority_ends_with_the_authority():
    cumbria = Authority.objects.get(name="Cumbria")
    setting = SettingFactory()
    PlacingCountFactory(setting=setting, placing_authority=cumbria, count=3, as_at=dt.date(2023, 1, 1))
    assert setting in in_use(dt.date(2023, 3, 31))
    assert setting not in in_use(dt.date(2023, 4, 1))


def test_settings_in_use_are_found_in_one_query(django_assert_num_queries):
    for _ in range(3):
        PlacingCountFactory(as_at=MARCH)
    with django_assert_num_queries(1):
        assert len(in_use(JUNE)) == 3


def test_recording_counts_corrects_the_same_day_and_writes_only_what_differs(world):
    settings = [SettingFactory(), SettingFactory()]
    officer = world.as_("placements_officer")
    counts = {setting.urn: 2 for setting in settings}
    assert record_placing_counts(by=officer, counts=counts, as_at=MARCH) == 2
    assert record_placing_counts(by=officer, counts=counts, as_at=MARCH) == 0
    assert record_placing_counts(by=officer, counts=counts | {settings[0].urn: 0}, as_at=MARCH) == 1
    row = PlacingCount.objects.get(setting=settings[0])
    assert (row.count, row.placing_authority, row.history.count()) == (0, world.north.authority, 2)


@pytest.mark.parametrize(
    "persona", ["social_worker", "board_member", "provider_manager_x", "partner_contributor"]
)
def test_counts_are_refused_from_other_roles(world, persona):
    with pytest.raises(Refused, match="role does not allow"):
        record_placing_counts(by=world.as_(persona), counts={SettingFactory().urn: 1}, as_at=MARCH)


def test_counts_are_refused_for_tomorrow_and_for_unknown_settings(world):
    officer = world.as_("contract_officer")
    with pytest.raises(Refused, match="future"):
        record_placing_counts(by=officer, counts={}, as_at=today() + dt.timedelta(days=1))
    with pytest.raises(Refused, match="no setting with the URN SC000009"):
        record_placing_counts(by=officer, counts={"SC000009": 1}, as_at=MARCH)


@pytest.mark.parametrize("content", [b"URN,Count\nSC009423,2\n", b"\xef\xbb\xbfsc009423, 2 ,\r\n\r\n"])
def test_file_of_counts_is_read_with_and_without_a_heading(content):
    assert read_counts(content).counts == {"SC009423": 2}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("SC009423", "Line 2: it needs two cells, a URN and a count."),
        ("SC009424,1,Anna", "Line 2: it needs two cells, a URN and a count."),
        (",1", "Line 2: there is no URN."),
        ("SC009423,1", "Line 2: the URN SC009423 is already on an earlier line."),
        ("SC009424,-1", "Line 2: the count “-1” is not a whole number up to 999."),
        ("SC009424,1000", "Line 2: the count “1000” is not a whole number up to 999."),
        ("SC009424,two", "Line 2: the count “two” is not a whole number up to 999."),
    ],
)
def test_line_of_counts_that_cannot_be_read_is_named(line, sentence):
    file = read_counts(f"SC009423,2\n{line}\n".encode())
    assert (file.counts, file.faults) == ({"SC009423": 2}, (sentence,))


@pytest.mark.parametrize(
    "content", [b"", b"URN,Count\n", b"PK\x03\x04", b"a\0b", b'"open,1\n', b"x" * 1_100_000]
)
def test_file_of_counts_that_cannot_be_read_is_refused(content):
    with pytest.raises(Refused):
        read_counts(content)


def test_file_of_counts_is_kept_whole_or_not_at_all(world):
    setting = SettingFactory()
    officer = world.as_("contract_officer")
    with pytest.raises(Refused, match=r"Line 2: .* Line 3: "):
        record_counts_file(by=officer, content=f"{setting.urn},2\nx\n,1\n".encode(), as_at=MARCH)
    assert not PlacingCount.objects.exists()
    assert record_counts_file(by=officer, content=f"{setting.urn},2\n".encode(), as_at=MARCH) == 1


def test_counts_are_seen_by_the_placing_council_the_host_and_the_provider(world):
    here = SettingFactory(owner=world.provider_x.provider, authority=world.north.authority)
    away = SettingFactory(authority=Authority.objects.get(name="Leicestershire"))
    ours = PlacingCountFactory(setting=away, placing_authority=world.north.authority)
    theirs = PlacingCountFactory(setting=here, placing_authority=world.south.authority)
    seen = {
        persona: set(PlacingCount.objects.visible_to(world.as_(persona)))
        for persona in (
            "contract_officer",
            "officer_south",
            "provider_manager_x",
            "provider_manager_y",
            "partner_contributor",
        )
    }
    assert seen == {
        "contract_officer": {ours, theirs},
        "officer_south": {theirs},
        "provider_manager_x": {theirs},
        "provider_manager_y": set(),
        "partner_contributor": set(),
    }
