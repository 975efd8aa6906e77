"""Three values of one row: what both began from, mine, theirs. Nothing is overwritten unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.visits.conflicts import MergeOutcome, base_values, merge_edit
from inspections.visits.services.recording import ANSWER_COLUMNS, BLANK_ANSWER
from tests.factories import visits as made

A, B, C = {"grade": "met"}, {"grade": "partly_met"}, {"grade": "not_met"}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "outcome"),
    [
        (A, A, A, MergeOutcome.LEAVE),
        (A, B, A, MergeOutcome.WRITE),
        (A, A, B, MergeOutcome.LEAVE),
        (A, B, B, MergeOutcome.LEAVE),
        (A, B, C, MergeOutcome.CONFLICT),
        (A, C, B, MergeOutcome.CONFLICT),
    ],
)
def test_every_case_of_two_writers(base, mine, theirs, outcome):
    assert merge_edit(base=base, mine=mine, theirs=theirs) is outcome


values = st.dictionaries(st.sampled_from(["grade", "narrative"]), st.sampled_from(["", "x", "y"]), min_size=1)


@given(base=values, mine=values, theirs=values)
def test_what_stands_changes_only_where_nobody_else_changed_it(base, mine, theirs):
    if merge_edit(base=base, mine=mine, theirs=theirs) is MergeOutcome.WRITE:
        assert theirs == base
        assert mine != base


@given(base=values, mine=values)
def test_sending_the_same_again_writes_nothing(base, mine):
    assert merge_edit(base=base, mine=mine, theirs=mine) is MergeOutcome.LEAVE


@pytest.mark.django_db
def test_what_a_page_was_drawn_from_is_read_from_history(world):
    visit = made.planned(world)
    question = made.questions(visit)[0]
    made.answer(world, visit, question, grade="met")
    made.answer(world, visit, question, grade="not_met", version=1)
    answer = visit.answers.get()
    grades = [base_values(answer, version, ANSWER_COLUMNS, BLANK_ANSWER)["grade"] for version in (0, 1, 2, 9)]
    assert grades == ["", "met", "not_met", ""]
