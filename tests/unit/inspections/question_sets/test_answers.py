import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.question_sets.answers import (
    LARGEST_NUMBER,
    WrongAnswer,
    answer_text,
    asked_questions,
    check_answer,
    grade_answers,
    is_empty,
)
from inspections.question_sets.grades import AnswerGrade
from inspections.question_sets.models import Question

CHOICES = [["planned", "Planned"], ["emergency", "In an emergency"]]
TEXTS = {"narrative": "", "good_practice": "", "action_needed": "", "reason": ""}


def asked(kind: str = "grade", **columns) -> Question:
    return Question(kind=kind, **{"pk": 1, "choices": CHOICES} | columns)


def answer(grade: str = "", value=None):
    return SimpleNamespace(grade=grade, value=value, is_answered=bool(grade) or value is not None)


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("yes_no", "yes", "yes"),
        ("choice", "planned", "planned"),
        ("number", " 1,204 ", 1204),
        ("number", 0, 0),
        ("date", "2026-03-27", "2026-03-27"),
        ("date", dt.date(2026, 3, 27), "2026-03-27"),
        ("text", "  Since May. ", "Since May."),
        ("list", "Bikes\n\n  Later bedtimes \n", ["Bikes", "Later bedtimes"]),
        ("list", ["Bikes", ""], ["Bikes"]),
    ],
)
def test_value_is_kept_as_its_kind_says(kind, value, kept):
    assert check_answer(asked(kind), {"value": value}) == TEXTS | {"grade": "", "value": kept}


@pytest.mark.parametrize("kind", Question.Kind.values)
def test_nothing_is_an_answer_that_is_empty(kind):
    assert is_empty(check_answer(asked(kind), {}))
    assert is_empty(check_answer(asked(kind), {"value": "  ", "narrative": "\n"}))


def test_words_alone_are_not_empty():
    assert not is_empty(check_answer(asked(), {"narrative": "Seen on the walk"}))


WRONG = [
    ("grade", {"grade": "splendid"}, "grade"),
    ("grade", {"value": "yes"}, "grade"),
    ("grade", {"grade": "not_applicable"}, "reason"),
    ("grade", {"grade": "not_assessed", "reason": "  "}, "reason"),
    ("yes_no", {"value": "maybe"}, "value"),
    ("yes_no", {"grade": "met"}, "value"),
    ("choice", {"value": "lottery"}, "value"),
    ("number", {"value": "-1"}, "value"),
    ("number", {"value": "1.5"}, "value"),
    ("number", {"value": "٣"}, "value"),
    ("number", {"value": True}, "value"),
    ("number", {"value": str(LARGEST_NUMBER + 1)}, "value"),
    ("number", {"value": "9" * 5000}, "value"),
    ("date", {"value": "31 February"}, "value"),
    ("text", {"value": "x" * 4001}, "value"),
    ("list", {"value": "x" * 201}, "value"),
    ("list", {"value": "x\n" * 31}, "value"),
    ("grade", {"narrative": "x" * 4001}, "narrative"),
]


@pytest.mark.parametrize(("kind", "data", "field"), WRONG)
def test_wrong_answer_is_refused_and_says_which_column(kind, data, field):
    with pytest.raises(WrongAnswer) as refused:
        check_answer(asked(kind), data)
    assert refused.value.field == field
    assert refused.value.sentence


@pytest.mark.parametrize("kind", Question.Kind.values)
@pytest.mark.parametrize("grade", ["not_applicable", "not_assessed"])
def test_any_question_may_not_apply_when_a_reason_says_why(kind, grade):
    cleaned = check_answer(asked(kind), {"grade": grade, "reason": "No children under 16", "value": "yes"})
    assert (cleaned["grade"], cleaned["reason"], cleaned["value"]) == (grade, "No children under 16", None)


def test_reason_that_is_not_needed_is_dropped():
    assert check_answer(asked(), {"grade": "met", "reason": "left over"})["reason"] == ""


@given(
    st.sampled_from(Question.Kind.values),
    st.dictionaries(st.sampled_from(["grade", "value", "reason", "narrative"]), st.text(max_size=20)),
)
def test_whatever_is_typed_is_cleaned_or_refused_in_words(kind, data):
    try:
        cleaned = check_answer(asked(kind), data)
    except WrongAnswer as refused:
        assert refused.sentence
    else:
        assert (cleaned["grade"] in ("not_applicable", "not_assessed")) == bool(cleaned["reason"])


def chain() -> list[Question]:
    """2 shows when 1 is no, 3 when 2 is not met."""
    return [
        asked("yes_no", pk=1),
        asked(pk=2, shown_when_id=1, shown_when_value="no"),
        asked(pk=3, shown_when_id=2, shown_when_value="not_met"),
    ]


@pytest.mark.parametrize(
    ("answers", "numbers"),
    [
        ({}, [1]),
        ({1: answer(value="yes")}, [1]),
        ({1: answer(value="no")}, [1, 2]),
        ({1: answer(value="no"), 2: answer("not_met")}, [1, 2, 3]),
        ({1: answer(value="yes"), 2: answer("not_met")}, [1]),
        ({1: answer("not_applicable")}, [1]),
    ],
)
def test_question_is_shown_when_the_other_answer_says_so(answers, numbers):
    assert [question.pk for question in asked_questions(chain(), answers)] == numbers


@pytest.mark.parametrize(
    ("kind", "given_answer", "words"),
    [
        ("grade", answer("partly_met"), "Partly met"),
        ("yes_no", answer(value="no"), "No"),
        ("choice", answer(value="emergency"), "In an emergency"),
        ("number", answer(value=0), "0"),
        ("date", answer(value="2026-03-07"), "7 March 2026"),
        ("list", answer(value=["Bikes", "Pizza"]), "Bikes; Pizza"),
        ("date", answer("not_applicable"), "Not applicable"),
        ("grade", answer(), ""),
        ("grade", None, ""),
    ],
)
def test_answer_in_words(kind, given_answer, words):
    assert answer_text(asked(kind), given_answer) == words


def test_hidden_and_unscored_questions_do_not_count():
    standard = SimpleNamespace(pk=7, weight=1, is_limiting=False)
    questions = [
        asked("yes_no", pk=1, standard_id=7),
        asked(pk=2, standard_id=7, shown_when_id=1, shown_when_value="no"),
        asked("number", pk=3, standard_id=7, weight=0),
    ]
    results, whole = grade_answers([standard], questions, {1: answer(value="yes")})
    assert (results[7].grade, whole.total.score, whole.total.most) == (AnswerGrade.MET, 2, 2)
    results, whole = grade_answers([standard], questions, {1: answer(value="no"), 2: answer("met")})
    assert (results[7].grade, whole.total.score, whole.total.most) == (AnswerGrade.PARTLY_MET, 2, 4)
