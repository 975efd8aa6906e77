"""Whatever the order of the files, the register of any day is the same; whatever the bytes, no exception."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from inspections.ofsted.importer.services import import_file
from inspections.ofsted.reader.feed import FeedFault
from inspections.ofsted.selectors import register_as_at
from providers.directory.models import Setting, SettingOwnership
from tests.factories.register import import_rows
from tests.unit.inspections.ofsted.building import HEADER, csv_bytes, row

DAYS = [dt.date(2022, month, 28) for month in (2, 5, 8, 11)]
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


def written(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


@st.composite
def rows(draw):
    """Three settings at most, with events that come up again in other files with other grades."""
    lines = []
    for urn in draw(st.sets(st.sampled_from(["SC000001", "SC000002", "2590934"]))):
        event = draw(st.integers(0, 4))
        inspected = dt.date(2021, 11, 1) + dt.timedelta(days=60 * event)
        out = inspected + dt.timedelta(days=draw(st.sampled_from([20, 45, 90])))
        lines.append(
            row(
                urn=urn,
                registered=written(draw(st.sampled_from([dt.date(2021, 1, 1), dt.date(2022, 7, 1)]))),
                owner=draw(st.sampled_from(["Beck Ltd", "beck  ltd", "Fell Ltd", "0"])),
                places=draw(st.sampled_from(["3", "4"])),
                event=str(event) if event else "",
                inspected=written(inspected) if event else "",
                published=written(out) if event else "",
                grade=draw(st.sampled_from(["Good", "GOOD", "Inadequate"])) if event else "",
            )
        )
    return lines or [row()]


def everything() -> tuple:
    """What the order of imports must not change: the register of many days, and the present."""
    days = [DAYS[0] + dt.timedelta(days=step) for step in range(-10, 300, 31)] + DAYS
    present = Setting.objects.order_by("urn").values_list("urn", "places", "registered_on")
    owned = SettingOwnership.objects.order_by("setting__urn", "from_on")
    return (
        [sorted(register_as_at(day), key=lambda one: one.urn) for day in days],
        list(present),
        list(owned.values_list("setting__urn", "provider__name_key", "from_on", "to_on")),
    )


@pytest.mark.slow
class AnyOrder(TestCase):
    @settings(max_examples=25)
    @given(st.lists(rows(), min_size=4, max_size=4), st.permutations(range(4)))
    def test_register_of_every_day_is_the_same_in_any_order_of_imports(self, files, order):
        seen = []
        for indexes in (range(4), order):
            sid = transaction.savepoint()
            for index in indexes:
                import_rows(*files[index], as_at=DAYS[index])
            seen.append(everything())
            transaction.savepoint_rollback(sid)
        assert seen[0] == seen[1]

    @settings(max_examples=60)
    @given(st.lists(st.lists(CELLS, max_size=len(HEADER)), max_size=4))
    def test_importing_any_cells_gives_a_result_or_a_refusal(self, cells):
        content = csv_bytes([HEADER, row(), *cells])
        try:
            result = import_file(by=None, content=content, filename="register.csv", as_at=DAYS[0])
        except FeedFault as fault:
            assert fault.sentence.endswith(".")
        else:
            assert result.new[0] == "SC009423"

    @settings(max_examples=60)
    @given(st.fixed_dictionaries(dict.fromkeys(("kind", "status", "authority", "owner", "grade"), CELLS)))
    def test_importing_any_words_in_a_row_gives_a_result(self, words):
        result = import_rows(row(**words), row(urn="2590934", **words), as_at=DAYS[0])
        assert result.new == ["SC009423", "2590934"]
