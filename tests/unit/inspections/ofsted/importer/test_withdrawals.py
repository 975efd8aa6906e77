"""A withdrawn file is as if it had never come, in whatever order files come and go."""

import datetime as dt
from itertools import permutations
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from inspections.ofsted.importer.services import ANY_NUMBER, apply_feed, import_file
from inspections.ofsted.importer.withdrawing import plan_withdrawal, withdraw_file
from inspections.ofsted.models import Inspection, RegisterEntry, RegisterFile, RegisterFileWithdrawal
from inspections.ofsted.reader.feed import read_feed
from inspections.ofsted.selectors import register_summary
from providers.directory.models import Provider, Setting, SettingOwnership
from qa_portal.core.audit.models import UnauditedWrite
from qa_portal.core.rules import Refused
from tests.factories.register import PlacingCountFactory, import_rows
from tests.unit.inspections.ofsted.building import HEADER, register, row
from tests.unit.inspections.ofsted.importer.dumping import everything
from tests.unit.inspections.ofsted.importer.test_import_properties import rows
from tests.unit.inspections.ofsted.importer.test_import_real_files import FILES, thinned

pytestmark = pytest.mark.django_db
DAYS = [dt.date(2022, month, 28) for month in (2, 5, 8, 11)]
SEEN = [DAYS[0] + dt.timedelta(days=step) for step in range(-10, 330, 47)] + DAYS
MARCH, JUNE = dt.date(2024, 3, 31), dt.date(2024, 6, 30)
HOME, OTHER = "SC009423", "2590934"
DATE, PUBLISHED, NUMBER, GRADE = HEADER[9:13]


def withdraw(day: dt.date, reason: str = "A partial file") -> RegisterFileWithdrawal:
    file = RegisterFile.objects.active().filter(as_at=day).in_order().last()
    return withdraw_file(by=None, file=file, reason=reason).withdrawal


def undone(steps) -> dict:
    """Everything after the steps, which are then taken back by the database."""
    sid = transaction.savepoint()
    for step in steps:
        step()
    found = everything(SEEN)
    transaction.savepoint_rollback(sid)
    return found


@st.composite
def files(draw):
    """Of each day a file: some without a column, some of one council alone."""
    made = []
    for _ in DAYS:
        cells, gone = (
            draw(rows()),
            draw(st.sets(st.sampled_from([NUMBER, PUBLISHED, GRADE, HEADER[7]]), max_size=2)),
        )
        kept = [index for index, heading in enumerate(HEADER) if heading not in gone]
        authority = draw(st.sampled_from(["Lancashire", "Cumbria", "both"]))
        for place, line in enumerate(cells):
            line[5] = ("Lancashire", "Cumbria")[place % 2] if authority == "both" else authority
        made.append(([[line[index] for index in kept] for line in cells], [HEADER[index] for index in kept]))
    return made


@pytest.mark.slow
class AnyOrder(TestCase):
    @settings(deadline=None, max_examples=8, phases=[Phase.explicit, Phase.generate])
    @given(files(), st.permutations(range(4)), st.sets(st.integers(0, 3), min_size=1), st.data())
    def test_register_is_as_if_the_withdrawn_files_had_never_come(self, made, order, withdrawn, data):
        def bring(index):
            cells, header = made[index]
            return lambda: import_rows(*cells, header=header, as_at=DAYS[index])

        never = undone([bring(index) for index in range(4) if index not in withdrawn])
        steps = [("in", index) for index in order]
        for index in sorted(withdrawn):
            place = data.draw(st.integers(steps.index(("in", index)) + 1, len(steps)))
            steps.insert(place, ("out", index))
        came_and_went = undone(
            [
                bring(index) if what == "in" else lambda index=index: withdraw(DAYS[index])
                for what, index in steps
            ]
        )
        for part, found in never.items():
            assert came_and_went[part] == found, part

    @settings(deadline=None, max_examples=3, phases=[Phase.explicit, Phase.generate])
    @given(files(), st.integers(0, 3))
    def test_file_that_comes_again_is_as_if_it_had_never_left(self, made, index):
        def bring(one):
            cells, header = made[one]
            return lambda: import_rows(*cells, header=header, as_at=DAYS[one])

        all_four = [bring(one) for one in range(4)]
        again = undone([*all_four, lambda: withdraw(DAYS[index]), bring(index)])
        assert again == undone(all_four)


def test_withdrawal_gives_the_facts_back_that_the_file_changed():
    import_rows(row(), row(urn=OTHER), as_at=MARCH)
    import_rows(row(places="9", owner="Fell Ltd", grade="Inadequate", event="2"), as_at=JUNE)
    withdrawal = withdraw(JUNE)
    setting = Setting.objects.get(urn=HOME)
    assert setting.places == 4
    assert [(owned.provider.name, owned.to_on) for owned in setting.ownerships.all()] == [
        ("Fellside Care Ltd", None)
    ]
    assert Inspection.objects.get(event_number="2").withdrawn_on
    assert withdrawal.result["back"] == [OTHER]
    assert (withdrawal.result["changed"], withdrawal.result["inspections"]) == ([HOME], [HOME])


def test_control_without_the_withdrawal_the_file_stays_what_the_register_says():
    import_rows(row(), row(urn=OTHER), as_at=MARCH)
    before = everything([MARCH, JUNE])
    import_rows(row(places="9"), as_at=JUNE)
    assert everything([MARCH, JUNE]) != before
    withdraw(JUNE)
    assert everything([MARCH, JUNE]) == before


def test_withdrawing_twice_has_one_effect():
    import_rows(row(), as_at=MARCH)
    file = RegisterFile.objects.get()
    first = withdraw_file(by=None, file=file, reason="Wrong file")
    again = withdraw_file(by=None, file=file, reason="Once more")
    assert (first.is_new, again.is_new) == (True, False)
    assert again.withdrawal == first.withdrawal
    assert RegisterFileWithdrawal.objects.get().reason == "Wrong file"


def test_withdrawal_needs_a_reason_and_can_not_be_changed():
    import_rows(row(), as_at=MARCH)
    with pytest.raises(Refused, match="Say why"):
        withdraw_file(by=None, file=RegisterFile.objects.get(), reason="  ")
    withdrawal = withdraw(MARCH)
    with pytest.raises(UnauditedWrite):
        withdrawal.delete()


def test_plan_writes_nothing_and_says_what_the_withdrawal_does():
    import_rows(row(), row(urn=OTHER), as_at=MARCH)
    import_rows(row(places="9"), as_at=JUNE)
    before = everything([MARCH, JUNE])
    plan = plan_withdrawal(RegisterFile.objects.get(as_at=JUNE), lock=False).as_json()
    assert everything([MARCH, JUNE]) == before
    assert withdraw(JUNE).result == plan


def test_same_bytes_may_come_again_as_a_file_of_their_own():
    content = register(row(), row(urn=OTHER))
    feed = read_feed(content, filename="register.csv", as_at=MARCH)
    apply_feed(by=None, feed=feed, filename="register.csv")
    withdraw(MARCH)
    assert import_file(by=None, content=content, filename="register.csv", as_at=MARCH).new == [HOME, OTHER]
    assert [file.turn for file in RegisterFile.objects.order_by("pk")] == [0, 1]
    assert RegisterEntry.objects.count() == 4
    again = import_file(by=None, content=content, filename="register.csv", as_at=MARCH)
    assert again.unchanged == [HOME, OTHER]


def test_setting_that_only_a_withdrawn_file_told_of_is_shown_to_nobody(world):
    import_rows(row(), as_at=MARCH)
    import_rows(row(), row(urn="SC000001", owner="Ghost Ltd"), row(urn="SC000002"), as_at=JUNE)
    PlacingCountFactory(setting=Setting.objects.get(urn="SC000002"))
    withdraw(JUNE)
    seen = Setting.objects.visible_to(world.as_("contract_officer")).values_list("urn", flat=True)
    assert HOME in seen
    assert "SC000001" not in seen
    assert "SC000002" in seen, "somebody has counted children there"
    assert not SettingOwnership.objects.filter(provider=Provider.objects.get(name="Ghost Ltd")).exists()


def test_hidden_setting_that_another_file_tells_of_is_shown_without_the_withdrawn_words(world):
    import_rows(row(urn="SC000001", name="Wrong House", places="9"), as_at=JUNE)
    withdraw(JUNE)
    header = [heading for heading in HEADER if heading not in ("Name", "Places")]
    cells = [cell for heading, cell in zip(HEADER, row(urn="SC000001"), strict=True) if heading in header]
    import_rows(cells, header=header, as_at=MARCH)
    setting = Setting.objects.visible_to(world.as_("contract_officer")).get(urn="SC000001")
    assert (setting.ofsted_name, setting.places) == ("", None)


def test_withdrawal_costs_no_statements_for_each_row():
    counts = []
    for size in (2, 40):
        sid = transaction.savepoint()
        urns = [f"SC{100000 + number}" for number in range(size)]
        import_rows(*[row(urn=urn, event=urn) for urn in urns], as_at=MARCH)
        import_rows(
            *[row(urn=urn, event=f"9{urn}", owner="Fell Ltd", places="8") for urn in urns], as_at=JUNE
        )
        with CaptureQueriesContext(connection) as made:
            withdraw(JUNE)
        counts.append(len(made))
        transaction.savepoint_rollback(sid)
    assert counts[1] - counts[0] < 10, "only the batches of one statement, never one a row"


@pytest.mark.slow
@pytest.mark.parametrize("withdrawn", sorted(FILES), ids=lambda name: name[18:22])
def test_ofsted_s_own_files_are_as_if_one_had_never_come(shared_data: Path, withdrawn):
    whole = {name: (shared_data / "ofsted_social_care" / name).read_bytes() for name in FILES}
    thin = {
        name: content if "EXTRACT" in name else thinned(content, keep=120) for name, content in whole.items()
    }
    days = [day for _, _, day in FILES.values()] + [dt.date(2020, 9, 30), dt.date(2023, 6, 30)]

    def bring(name):
        import_file(by=None, content=thin[name], filename=name, confirmed_gone=ANY_NUMBER)

    def after(steps):
        sid = transaction.savepoint()
        for step in steps:
            step()
        found = everything(sorted(days))
        transaction.savepoint_rollback(sid)
        return found

    never = after([lambda name=name: bring(name) for name in FILES if name != withdrawn])
    for order in list(permutations(FILES))[::17]:
        steps = [lambda name=name: bring(name) for name in order]
        found = after([*steps, lambda: withdraw(FILES[withdrawn][2])])
        assert found == never
    assert any(summary for summary in never["summary"].values())
    assert register_summary(MARCH)["providers"] == {}
