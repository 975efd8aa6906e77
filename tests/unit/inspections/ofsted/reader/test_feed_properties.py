"""Whatever the bytes, a Feed or a sentence; whatever the order of a good file's columns, the same rows."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.ofsted.reader.feed import Feed, FeedFault, read_feed
from tests.unit.inspections.ofsted.building import AS_AT, HEADER, csv_bytes, read, row, workbook

FILENAMES = st.sampled_from(["register.csv", "list.xlsx", "march_2024.csv", "providers.ods", "notes", ""])
# NUL and half characters cannot stand in a file's text; bytes like them are drawn elsewhere.
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
GOOD = [
    row(),
    row(urn="2590934", kind="Independent Fostering Agency", places="", name="Larkrigg Fostering – North"),
    row(urn="SC009425", event_type="", inspected="", published="", event="", grade=""),
    row(urn="bad"),
]
WORKBOOK = workbook({"Providers": [HEADER, *GOOD]})
TITLES = ["Provider level as at 31 March 2024", "", "A note, with a comma", "Two\nlines"]


def outcome(content: bytes, filename: str) -> Feed | str:
    try:
        return read_feed(content, filename=filename, as_at=AS_AT)
    except FeedFault as fault:
        return fault.sentence


def is_a_feed_or_a_sentence(result: Feed | str) -> bool:
    return isinstance(result, Feed) or result.endswith(".")


@settings(max_examples=200)
@given(st.binary(max_size=500), FILENAMES)
def test_reading_any_bytes_gives_a_feed_or_a_sentence(content, filename):
    assert is_a_feed_or_a_sentence(outcome(content, filename))


@settings(max_examples=150)
@given(st.lists(st.lists(CELLS, max_size=len(HEADER) + 1), max_size=6), st.booleans())
def test_reading_any_cells_below_a_header_gives_a_feed_or_a_sentence(rows, in_a_title):
    above = [["as at", *rows.pop(0)]] if in_a_title and rows else []
    assert is_a_feed_or_a_sentence(outcome(csv_bytes([*above, HEADER, *rows]), "register.csv"))


@settings(max_examples=150)
@given(st.lists(CELLS, min_size=1, max_size=8))
def test_reading_any_headings_gives_a_feed_or_a_sentence(headings):
    content = csv_bytes([[*HEADER, *headings], [*GOOD[0], *headings]])
    assert is_a_feed_or_a_sentence(outcome(content, "register.csv"))


@settings(max_examples=100)
@given(st.data())
def test_reading_a_damaged_workbook_gives_a_feed_or_a_sentence(data):
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(2, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert is_a_feed_or_a_sentence(outcome(bytes(content), "list.xlsx"))


@settings(max_examples=100)
@given(
    order=st.permutations(range(len(HEADER))),
    titles=st.lists(st.sampled_from(TITLES), max_size=4),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    empty_columns=st.integers(0, 13),
    shout=st.booleans(),
)
def test_reading_a_good_file_in_any_layout_gives_the_same_rows(order, titles, encoding, empty_columns, shout):
    def arranged(cells):
        return [*(cells[index] for index in order), *[""] * empty_columns]

    header = [f"\n{heading.upper()} " if shout else heading for heading in HEADER]
    content = csv_bytes(
        [*([title] for title in titles), arranged(header), *map(arranged, GOOD), [""]], encoding
    )
    feed = outcome(content, "register.csv")
    assert [plain(one) for one in feed.rows] == [plain(one) for one in read(*GOOD).rows]
    assert [fault.urn for fault in feed.refused] == ["bad"]


def plain(one):
    """Without what the layout decides: the line, and the headings as published."""
    return replace(one, line=0, raw={})


def test_reading_is_the_same_whatever_the_order_of_rows():
    shuffled = random.Random(1).sample(GOOD, len(GOOD))
    assert {plain(one).urn: plain(one) for one in read(*shuffled).rows} == {
        plain(one).urn: plain(one) for one in read(*GOOD).rows
    }
