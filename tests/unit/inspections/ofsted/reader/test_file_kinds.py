"""Which kind of list a file is taken for, and what is asked before it takes the place of a longer one."""

import datetime as dt

import pytest

from inspections.ofsted.importer.results import TooManyGone
from inspections.ofsted.models import RegisterFile
from inspections.ofsted.reader.feed import FeedFault, read_feed
from inspections.ofsted.selectors import register_as_at
from tests.factories.register import import_rows
from tests.unit.inspections.ofsted.building import AS_AT, HEADER, read, register, row, workbook

MARCH, JUNE = dt.date(2024, 3, 31), dt.date(2024, 6, 30)
MOVES = (
    *("URN", "Provision type", "Local authority", "Sector", "Places", "Registration date"),
    *("Resigned/closed date", "Joiner status", "Leaver status", "Registration status", "Name"),
)
JOINER = [
    "2900005",
    "Children's home",
    "Lancashire",
    "Private",
    "4",
    "01/02/2019",
    "",
    "Joiner",
    "",
    "Active",
    "",
]
FAR = {"authority": "Leicestershire", "owner": "Far Ltd"}


def urns(on: dt.date) -> list[str]:
    return sorted(one.urn for one in register_as_at(on))


@pytest.mark.parametrize(
    ("header", "titles"),
    [(MOVES, []), (HEADER, ["Joiners and leavers, 1 April to 30 June 2024"])],
)
def test_joiners_and_leavers_are_refused_by_name(header, titles):
    content = register(JOINER if header is MOVES else row(), header=header, titles=titles)
    with pytest.raises(FeedFault, match=r"lists joiners and leavers.*Bring the register itself"):
        read_feed(content, filename="list.csv", as_at=AS_AT)


@pytest.mark.django_db
def test_control_same_list_without_its_telling_columns_is_read():
    told = [cell for heading, cell in zip(MOVES, JOINER, strict=True) if "er status" not in heading]
    header = [heading for heading in MOVES if "er status" not in heading]
    assert [one.urn for one in read(told, header=header).rows] == ["2900005"]


def test_sheet_of_leavers_is_left_out_of_a_workbook_and_said():
    content = workbook({"Providers": [HEADER, row()], "Leavers": [HEADER, row(urn="2590934")]})
    feed = read_feed(content, filename="register.xlsx", as_at=AS_AT)
    assert [one.urn for one in feed.rows] == ["SC009423"]
    assert "Sheet “Leavers” lists joiners and leavers" in feed.left_out[0]


def test_list_of_inspections_is_refused():
    with pytest.raises(FeedFault, match="lists inspections or other events"):
        read(*[row(event=str(number)) for number in range(12)])


@pytest.mark.parametrize(
    ("rows", "kind", "name"),
    [
        ([row(), row(urn="2590934", owner="Fell Ltd")], "authority", "Lancashire"),
        ([row(), row(urn="2590934", authority="Cumbria")], "owner", "Fellside Care Ltd"),
        ([row(), row(urn="2590934")], "owner", "Fellside Care Ltd in Lancashire"),
        ([row(), row(urn="2590934", **FAR)], "whole", ""),
    ],
)
def test_part_of_the_register_is_known_by_its_rows(rows, kind, name):
    scope = read(*rows).scope
    assert (scope.kind, scope.name) == (kind, name)


def test_region_is_known_by_its_column():
    lines = [
        [*row(), "North West"],
        [*row(urn="2590934", authority="Cumbria", owner="Fell Ltd"), "North West"],
    ]
    assert read(*lines, header=[*HEADER, "Region"]).scope.name == "North West"


@pytest.mark.django_db
def test_extract_of_one_council_removes_nothing_outside_it():
    here, gone, there = row(), row(urn="2590934", owner="Fell Ltd"), row(urn="SC000001", **FAR)
    import_rows(here, gone, there, as_at=MARCH)
    result = import_rows(here, row(urn="SC000002", owner="Beck Ltd"), as_at=JUNE)
    assert result.gone == ["2590934"]
    assert urns(JUNE) == ["SC000001", "SC000002", "SC009423"]
    assert RegisterFile.objects.get(as_at=JUNE).speaks_of == "Lancashire only"


@pytest.mark.django_db
@pytest.mark.parametrize(("kept", "asks"), [(8, False), (7, True)])
def test_more_than_a_fifth_gone_is_asked_about(kept, asks):
    lines = [row(urn=f"SC{100000 + number}", **(FAR if number == 0 else {})) for number in range(10)]
    import_rows(*lines, as_at=MARCH)
    if not asks:
        assert len(import_rows(*lines[:kept], as_at=JUNE, confirmed_gone=0).gone) == 2
        return
    with pytest.raises(TooManyGone, match=r"3 of the 10 settings on Ofsted’s list .* \(30%\): .*SC100007"):
        import_rows(*lines[:kept], as_at=JUNE, confirmed_gone=0)
    assert not RegisterFile.objects.filter(as_at=JUNE).exists()
    import_rows(*lines[:kept], as_at=JUNE, confirmed_gone=3)
    assert RegisterFile.objects.get(as_at=JUNE).gone_confirmed == 3


@pytest.mark.django_db
def test_partial_correction_of_the_same_day_is_asked_about_too():
    lines = [row(urn=f"SC{100000 + number}", **(FAR if number == 0 else {})) for number in range(10)]
    import_rows(*lines, as_at=MARCH)
    with pytest.raises(TooManyGone):
        import_rows(*lines[:3], as_at=MARCH, confirmed_gone=0)


@pytest.mark.django_db
def test_control_without_the_question_a_short_list_removes_the_rest():
    lines = [row(urn=f"SC{100000 + number}", **(FAR if number == 0 else {})) for number in range(10)]
    import_rows(*lines, as_at=MARCH)
    assert len(import_rows(*lines[:3], as_at=JUNE).gone) == 7
    assert len(urns(JUNE)) == 3
