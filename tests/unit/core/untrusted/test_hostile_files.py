"""Files that grow: whatever their size, reading one costs no more than the budget, and the answer is one sentence.

The readers are the portal's own, with a budget of one second. The control is a reader without a care, of the
same file: it costs more, in this process and in the child, where the budget alone ends it.
"""

import datetime as dt
import re
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import pytest

from inspections.ofsted.reader.feed import read_feed
from providers.contracts.counts_file import read_counts
from providers.documents.validation.content_checks import check_content
from qa_portal.core.rules import Refused
from qa_portal.core.untrusted import MEGABYTE, read_in_child
from tests.factories import hostile
from tests.unit.core.untrusted.conftest import SMALL, children_seconds

SORRY = "This file takes too long to read: save it again."
SLACK = 3.0
"""Seconds of processor for starting a child, what it imports, and the limit's rounding to whole seconds."""
A_SENTENCE = re.compile(r"^[A-Z“].{10,300}\.$")
DAY = dt.date(2024, 3, 31)


@dataclass(frozen=True)
class Kind:
    make: Callable[[int], bytes]
    sizes: tuple[int, ...]
    reader: Callable
    told: tuple = ()
    careless: Callable | None = None
    is_refused: bool = True

    def options(self) -> dict:
        return {"filename": self.told[0], "as_at": DAY} if self.reader is read_feed else {}

    def args(self, size: int) -> tuple:
        return (self.make(size), *(() if self.reader is read_feed else self.told))


KINDS = {
    "scans of a jpeg": Kind(hostile.progressive_jpeg, (80, 700), check_content, (".jpg",), hostile.decode),
    "chunks of a png": Kind(
        hostile.png_of_chunks, (2_000, 2_000_000), check_content, (".png",), hostile.decode
    ),
    "actions of a pdf": Kind(
        hostile.pdf_of_actions, (3, 14), check_content, (".pdf",), hostile.follow, is_refused=False
    ),
    "letters of a pdf in hexadecimal": Kind(
        hostile.pdf_of_hexadecimal,
        (1_000, 6_000_000),
        check_content,
        (".pdf",),
        hostile.read_page,
        is_refused=False,
    ),
    "notes that pages share": Kind(
        hostile.pdf_of_shared_notes,
        (20, 3_000),
        check_content,
        (".pdf",),
        hostile.look_at_notes,
        is_refused=False,
    ),
    "members of a word file": Kind(hostile.zip_of_members, (3_000, 30_000), check_content, (".docx",)),
    "headings of a register": Kind(
        hostile.csv_of_headings, (1_000, 20_000), read_feed, ("a.csv",), hostile.compare_headings
    ),
    "texts of a workbook": Kind(
        hostile.workbook_of_strings, (200_000, 2_000_000), read_feed, ("a.xlsx",), hostile.load_workbook
    ),
    "cells of a workbook": Kind(
        hostile.workbook_of_cells, (100_000, 1_500_000), read_feed, ("a.xlsx",), hostile.load_workbook
    ),
    "depth of a workbook": Kind(hostile.workbook_of_depth, (10_000, 1_000_000), read_feed, ("a.xlsx",)),
    "zeros of a workbook": Kind(hostile.workbook_bomb, (40, 200), read_feed, ("a.xlsx",)),
    "lines of counts": Kind(lambda size: b"SC123456,1\n" * size, (1_000, 90_000), read_counts),
}
CARELESS = [name for name, kind in KINDS.items() if kind.careless]


class Enough(BaseException):
    """Raised into a reader that goes on: none of them takes it for a damaged file."""


def goes_on(reader: Callable, content: bytes, seconds: float) -> bool:
    """Whether this process is still reading when it has spent so many seconds of processor."""

    rung = False

    def enough(*_) -> None:
        nonlocal rung
        rung = True
        raise Enough

    before = signal.signal(signal.SIGPROF, enough)
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.05)  # again, where Python was just dropping an object
    try:
        with suppress(Enough):
            reader(content)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return rung


def answer(door, reader: Callable, *args, **keywords) -> str:
    """The sentence of a refusal; nothing where the file is read."""
    budget = replace(SMALL, answer_bytes=MEGABYTE)
    try:
        read_in_child(reader, *args, budget=budget, refusal=SORRY, door=door, **keywords)
    except Refused as refused:
        return refused.sentence
    return ""


@pytest.mark.parametrize("name", KINDS)
def test_growing_file_costs_no_more_than_the_budget_and_is_answered_in_a_sentence(name, door):
    kind, before = KINDS[name], children_seconds()
    answers = [answer(door, kind.reader, *kind.args(size), **kind.options()) for size in kind.sizes]
    door.close()
    assert children_seconds() - before <= len(kind.sizes) * (SMALL.cpu_seconds + SLACK)
    assert all(A_SENTENCE.match(told) for told in answers if told)
    assert answers[-1] or not kind.is_refused


@pytest.mark.slow
@pytest.mark.parametrize("name", CARELESS)
def test_control_careless_reader_of_the_same_file_goes_on_until_the_budget_ends_it(name, door):
    kind = KINDS[name]
    content = kind.make(kind.sizes[-1])
    assert goes_on(kind.careless, content, 0.3)
    before = children_seconds()
    assert answer(door, kind.careless, content) == SORRY
    assert children_seconds() - before <= SMALL.cpu_seconds + SLACK


def test_largest_register_that_is_taken_is_read_within_a_small_part_of_its_budget():
    """So that the limits on cells and columns are limits of what is read, and no excuse."""
    from inspections.ofsted.reader.reading import A_FILE

    line = ",".join(["Children's home", "Active", "Rutland", *["Good"] * 36])
    head = ",".join([*hostile.REGISTER, *[f"Note {n}" for n in range(36)]])
    lines = [f"SC{number:06},{line}" for number in range(8_000)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    feed = read_feed("\n".join([head, *lines]).encode(), filename="a.csv", as_at=DAY)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    assert len(feed.rows) == 8_000
    assert used * 50_000 / 8_000 < A_FILE.cpu_seconds
