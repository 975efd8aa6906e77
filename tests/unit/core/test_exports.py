"""Whatever somebody typed, a spreadsheet shows it and runs none of it."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from qa_portal.core.exports import UNPRINTABLE, csv_response, safe_cell, xlsx_response

SIGNS = {
    "equals": "=",
    "plus": "+",
    "minus": "-",
    "at": "@",
    "tab": "\t",
    "carriage return": "\r",
    "line feed": "\n",
    "wide equals": "＝",
    "wide plus": "＋",
    "wide minus": "－",
    "wide at": "＠",
    "small equals": "﹦",
    "small plus": "﹢",
    "small minus": "﹣",
    "small at": "﹫",
    "raised equals": "⁼",
    "raised plus": "⁺",
    "minus of mathematics": "\u2212",
    "equals with a stroke through it": "=\u0338",
}
BEFORE = {
    "nothing": "",
    "a space": " ",
    "spaces": "   ",
    "a hard space": "\u00a0",
    "a wide space": "\u3000",
    "a space without width": "\u200b",
    "a byte order mark": "\ufeff",
    "a turn of the writing": "\u202e",
    "a zero byte": "\x00",
    "a bell": "\x07",
    "a tab": "\t",
    "a line": "\n",
    "a quote": '"',
    "an apostrophe": "'",
    "quotes and spaces": "\" ' ",
}
ATTACKS = [
    pytest.param(f"{before}{sign}HYPERLINK(1)", id=f"{sign_name} after {before_name}")
    for sign_name, sign in SIGNS.items()
    for before_name, before in BEFORE.items()
]
HARMLESS = [
    "",
    " ",
    "'",
    '""',
    "Lake House",
    "'Lake' House",
    "St. Anne's",
    "a=b",
    "1 - 2",
    "(+44) 20",
    "é",
    "№ 7",
    "\u200b",
]


class Home:
    def __str__(self) -> str:
        return "=cmd|' /C calc'!A0"


def csv_rows(*rows, header=("Name",)) -> list[list[str]]:
    content = csv_response(filename="a.csv", header=header, rows=rows).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))[1:]


def xlsx_cells(*rows, header=("Name",)) -> list:
    content = xlsx_response(filename="a.xlsx", title="Sheet", header=header, rows=rows).content
    return list(load_workbook(io.BytesIO(content)).active.iter_rows())


def is_shown_as_text(value: str) -> bool:
    return value.startswith("'")


@pytest.mark.parametrize("typed", ATTACKS)
def test_text_that_might_be_run_gets_an_apostrophe(typed):
    assert safe_cell(typed) == f"'{UNPRINTABLE.sub('', typed)}"


@pytest.mark.parametrize("typed", ATTACKS)
def test_csv_holds_it_in_one_cell_behind_the_apostrophe(typed):
    [[cell, beside]] = csv_rows([typed, "beside"])
    assert is_shown_as_text(cell)
    assert beside == "beside"


def test_workbook_holds_no_formula():
    """All in one book, because a book takes long."""
    attacks = [parameter.values[0] for parameter in ATTACKS]
    _, *lines = xlsx_cells(*[[typed] for typed in attacks])
    assert len(lines) == len(attacks)
    assert {cell.data_type for (cell,) in lines} == {"s"}
    assert all(is_shown_as_text(cell.value) for (cell,) in lines)


@pytest.mark.parametrize("typed", HARMLESS)
def test_harmless_text_stays_as_typed(typed):
    assert safe_cell(typed) == typed


@pytest.mark.parametrize("value", [lazystr("=1+1"), mark_safe("=1+1"), Home()])
def test_what_only_turns_into_text_is_made_safe_too(value):
    assert is_shown_as_text(safe_cell(value))
    assert is_shown_as_text(csv_rows([value])[0][0])
    assert xlsx_cells([value])[1][0].data_type == "s"


def test_heading_is_made_safe_too():
    """A heading may be a question that somebody wrote."""
    content = csv_response(filename="a.csv", header=["=1+1"], rows=[]).content.decode("utf-8-sig")
    assert content == "'=1+1\r\n"
    assert xlsx_cells(header=["=1+1"])[0][0].data_type == "s"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "\n", "\r"])
def test_no_separator_cuts_a_cell_so_that_its_rest_is_run(separator):
    """A spreadsheet in another country cuts at semicolons, unless the cell stands in quotes."""
    content = csv_response(filename="a.csv", header=["Name"], rows=[[f"a{separator}=1+1"]]).content
    assert f'\r\n"a{separator}=1+1"\r\n'.encode() in content


def test_quotes_within_a_cell_do_not_end_it():
    assert csv_rows(['a","=1+1', "b"]) == [['a","=1+1', "b"]]


@pytest.mark.parametrize("number", [-5, 0, -0.5, Decimal("-1.25"), True])
def test_numbers_stay_numbers(number):
    assert safe_cell(number) is number
    assert csv_rows([number]) == [[str(number)]]
    assert xlsx_cells([number])[1][0].value == number


def test_days_stay_days_and_nothing_stays_empty():
    day = dt.date(2027, 5, 1)
    assert csv_rows([day, None, ""]) == [["2027-05-01", "", ""]]
    _, (first, empty, _) = xlsx_cells([day, None, ""])
    assert first.value.date() == day
    assert empty.value is None


def test_moment_is_london_time_in_both_files():
    moment = dt.datetime(2027, 7, 1, 22, 30, 15, 99, tzinfo=dt.UTC)
    assert csv_rows([moment]) == [["2027-07-01 23:30:15"]]
    assert xlsx_cells([moment])[1][0].value == dt.datetime(2027, 7, 1, 23, 30, 15)


@pytest.mark.parametrize("typed", ["bell\x07", "zero\x00", "half\ud83d", "no letter\ufffe\uffff"])
def test_what_no_file_can_hold_is_left_out(typed):
    kept = UNPRINTABLE.sub("", typed)
    assert csv_rows([typed]) == [[kept]]
    assert xlsx_cells([typed])[1][0].value == kept


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_any_text_comes_back_from_csv_as_typed_but_for_our_apostrophe(typed):
    [cells] = csv_rows([*typed, "end"])
    for cell, text in zip(cells, [*typed, "end"], strict=True):
        kept = UNPRINTABLE.sub("", text)
        assert cell in {kept, f"'{kept}"}
        assert cell[:1] not in {*SIGNS.values()}


@pytest.mark.parametrize(
    ("given_name", "header"),
    [
        ("register.csv", 'attachment; filename="register.csv"'),
        ('a"; filename="b.exe', 'attachment; filename="a\\"; filename=\\"b.exe"'),
        ("Llŷn.csv", "attachment; filename*=utf-8''Ll%C5%B7n.csv"),
    ],
)
def test_name_of_the_file_stays_within_its_header(given_name, header):
    answer = csv_response(filename=given_name, header=["Name"], rows=[])
    assert answer.headers["Content-Disposition"] == header


def test_rows_may_come_one_by_one():
    assert csv_rows(*([n] for n in range(3))) == [["0"], ["1"], ["2"]]
