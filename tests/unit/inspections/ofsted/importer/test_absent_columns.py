"""A column that a file does not have changes nothing: not the present, not the register of any day."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from inspections.ofsted.models import Inspection, RegisterEntry, RegisterFile
from inspections.ofsted.reader.columns import REQUIRED, field_for
from inspections.ofsted.selectors import register_as_at
from providers.directory.models import Setting, SettingOwnership
from tests.factories.register import import_rows
from tests.unit.inspections.ofsted.building import GOOD_ROW, HEADER
from tests.unit.inspections.ofsted.importer.dumping import everything

pytestmark = pytest.mark.django_db
FIRST, SECOND = dt.date(2023, 3, 31), dt.date(2023, 9, 30)
DAYS = [dt.date(2023, 3, 30), FIRST, dt.date(2023, 5, 31), SECOND, dt.date(2024, 1, 31)]
EVENT = {"event type": "Full inspection", "date": "01/02/2022", "publication date": "01/03/2022"}
MORE = {
    "Date closed": "01/02/2023",
    "Linked Education URN": "123456",
    "Sector": "Private",
    "Conditions": "Four children at most.",
    "Premises": "2",
    "Short-break-only children's home": "Y",
    "Multi-building children's home": "Y",
    "Region": "North West",
    "Address 1": "1 Mill Lane",
    "Address 2": "Low Garth",
    "Town": "Kirkrigg",
    "Postcode": "ZZ1 1AA",
    "How well children and young people are helped and protected": "Inadequate",
    "The effectiveness of leaders and managers": "Good",
    "Supported accommodation outcome": "",
    **{f"Previous full inspection {part}": cell for part, cell in EVENT.items()},
    "Previous full inspection event number": "10000001",
    "Previous overall experiences and progress of children and young people": "Inadequate",
    **{f"Interim inspection {part}": cell for part, cell in EVENT.items()},
    "Interim inspection event number": "10000002",
    "Interim inspection outcome": "Declined in effectiveness",
    "Assurance visit date": "01/03/2023",
    "Assurance visit outcome": "No serious concerns",
    "Restriction of accommodation notice": "Yes",
    "Suspension notice": "Yes",
}
FULL = (*HEADER, *MORE)
GRADE = "Overall experiences and progress of children and young people"
OTHERS = [
    {"URN": "2590934", "Local authority": "Cumbria", GRADE: "Not yet inspected"}
    | dict.fromkeys(("Latest full inspection date", "Latest full inspection event number"), ""),
    {"URN": "2742177", "Provision type": "Supported Accommodation", GRADE: ""}
    | {
        "Supported accommodation outcome": "Serious or widespread weaknesses",
        "Registration status": "Suspended",
    },
    {"URN": "2742178", "Provision type": "Supported Accommodation", "Registration date": "01/05/2023"}
    | dict.fromkeys(FULL[8:13], "")
    | dict.fromkeys(list(MORE)[12:], ""),
    {
        "URN": "SC000001",
        "Organisation which owns the provider": "0",
        "Latest full inspection event number": "",
    },
]
FIXED = [[*(GOOD_ROW | MORE | changed).values()] for changed in ({}, *OTHERS)]


def without(rows, columns):
    kept = [index for index, heading in enumerate(FULL) if heading not in columns]
    return [[row[index] for index in kept] for row in rows], [FULL[index] for index in kept]


def required(heading: str) -> bool:
    return field_for(heading) in REQUIRED


OPTIONAL = [heading for heading in FULL if not required(heading)]


def after_two_files(rows, columns, again=SECOND) -> tuple:
    """Everything, and what the second file is said to change."""
    sid = transaction.savepoint()
    import_rows(*rows, header=FULL, as_at=FIRST)
    cells, header = without(rows, columns)
    result = import_rows(*cells, header=header, as_at=again)
    found = everything(DAYS), result.lists
    transaction.savepoint_rollback(sid)
    return found


@pytest.fixture(scope="module")
def twice():
    return {}


@pytest.mark.parametrize("heading", OPTIONAL)
def test_file_without_a_column_says_what_the_whole_file_says(heading, twice):
    whole = twice.setdefault("whole", None) or after_two_files(FIXED, ())
    twice["whole"] = whole
    assert after_two_files(FIXED, {heading}) == whole


@pytest.mark.parametrize("kind", ["Previous", "Interim", "Assurance", "Latest full inspection", "Address"])
def test_file_without_a_set_of_columns_says_what_the_whole_file_says(kind, twice):
    whole = twice.setdefault("whole", None) or after_two_files(FIXED, ())
    twice["whole"] = whole
    columns = {heading for heading in OPTIONAL if heading.startswith(kind)}
    assert columns
    assert after_two_files(FIXED, columns) == whole


def test_correction_of_the_same_day_without_a_column_says_what_the_whole_file_says():
    columns = {"Organisation which owns the provider", "Name", "Places", "Town", GRADE}
    assert after_two_files(FIXED, columns, again=FIRST)[0] == after_two_files(FIXED, (), again=FIRST)[0]


def test_column_that_is_there_and_blank_says_so():
    import_rows(*FIXED, header=FULL, as_at=FIRST)
    index = FULL.index("Places")
    import_rows(*[[*row[:index], "", *row[index + 1 :]] for row in FIXED], header=FULL, as_at=SECOND)
    assert Setting.objects.get(urn="SC009423").places is None
    assert {row.places for row in register_as_at(SECOND)} == {None}


def test_control_three_row_list_taken_by_its_rows_alone_blanks_names_and_owners():
    """What the entries themselves hold: read without regard to the columns, the owner would be blank."""
    import_rows(*FIXED, header=FULL, as_at=FIRST)
    cells, header = without(FIXED[:3], {"Organisation which owns the provider", "Name"})
    import_rows(*cells, header=header, as_at=SECOND)
    bare = RegisterEntry.objects.get(file=RegisterFile.objects.get(as_at=SECOND), urn="SC009423")
    assert bare.owner == ""
    listed = {row.urn: row.owner for row in register_as_at(SECOND)}
    assert listed["SC009423"] == "Fellside Care Ltd"
    assert SettingOwnership.objects.get(setting__urn="SC009423").to_on is None


def test_list_without_numbers_adds_no_second_record_of_an_inspection():
    import_rows(*FIXED, header=FULL, as_at=FIRST)
    before = Inspection.objects.filter(setting__urn="SC009423").count()
    cells, header = without(FIXED, {heading for heading in FULL if "number" in heading})
    import_rows(*cells, header=header, as_at=SECOND)
    assert Inspection.objects.filter(setting__urn="SC009423").count() == before


CELLS = {
    "Provision type": ["Children's home", "Supported Accommodation"],
    "Registration status": ["Active", "Suspended"],
    "Local authority": ["Lancashire", "Cumbria"],
    "Organisation which owns the provider": ["Beck Ltd", "beck  ltd", "Fell Ltd", "0", ""],
    "Places": ["3", ""],
    "Registration date": ["01/05/2019", "01/06/2023", ""],
    "Latest full inspection date": ["06/02/2022", "07/03/2023", ""],
    "Latest full inspection publication date": ["12/03/2022", "20/05/2023", ""],
    "Latest full inspection event number": ["10332501", "10332502", ""],
    GRADE: ["Good", "Inadequate", "Not yet inspected", ""],
    "Supported accommodation outcome": ["", "Consistently strong service delivery"],
    "Town": ["Kirkrigg", ""],
    "Suspension notice": ["Yes", ""],
    "Previous full inspection event number": ["10000001", "10000003", ""],
}


@st.composite
def rows(draw):
    drawn = st.fixed_dictionaries({heading: st.sampled_from(cells) for heading, cells in CELLS.items()})
    urns = draw(st.sets(st.sampled_from(["SC000001", "2590934", "2742177"]), min_size=1))
    return [[*(GOOD_ROW | MORE | draw(drawn) | {"URN": urn}).values()] for urn in sorted(urns)]


@pytest.mark.slow
class AnyColumns(TestCase):
    @settings(deadline=None, max_examples=12, phases=[Phase.explicit, Phase.generate])
    @given(rows(), st.sets(st.sampled_from(OPTIONAL), min_size=1, max_size=6))
    def test_file_without_any_columns_says_what_the_whole_file_says(self, cells, columns):
        found, whole = after_two_files(cells, columns), after_two_files(cells, ())
        for part in whole[0]:
            assert found[0][part] == whole[0][part], part
        assert found[1] == whole[1]
