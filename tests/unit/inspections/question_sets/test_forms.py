import pytest

from inspections.question_sets.forms import QuestionForm
from inspections.question_sets.models import Answer, Question

CHOICES = [["planned", "Planned"], ["emergency", "In an emergency"]]


def asked(kind: str = "grade") -> Question:
    return Question(pk=5, code="1.1", kind=kind, prompt="Is it warm?", guidance="Feel it.", choices=CHOICES)


def saved(**columns) -> Answer:
    """An abstract answer cannot be made: any object with its columns will do."""
    empty = dict.fromkeys(("grade", "reason", "narrative", "good_practice", "action_needed"), "")
    return type("Saved", (), empty | {"value": None, "row_version": 3} | columns)()


def form(kind: str = "grade", **data) -> QuestionForm:
    return QuestionForm(asked(kind), {f"q5-{name}": value for name, value in data.items()})


TYPED = [
    ("grade", {"pick": "met"}, {"grade": "met"}),
    (
        "grade",
        {"pick": "not_applicable", "na_reason": "No car"},
        {"grade": "not_applicable", "reason": "No car"},
    ),
    ("yes_no", {"pick": "yes"}, {"value": "yes"}),
    (
        "yes_no",
        {"pick": "not_assessed", "not_assessed_reason": "Away"},
        {"grade": "not_assessed", "value": None},
    ),
    ("choice", {"pick": "planned"}, {"value": "planned"}),
    ("number", {"value": "12"}, {"value": 12}),
    ("number", {"otherwise": "not_assessed", "reason": "Away"}, {"grade": "not_assessed", "reason": "Away"}),
    ("date", {"value_day": "27", "value_month": "3", "value_year": "2026"}, {"value": "2026-03-27"}),
    ("text", {"value": "Since May"}, {"value": "Since May"}),
    ("list", {"value": "Bikes\nPizza"}, {"value": ["Bikes", "Pizza"]}),
]


@pytest.mark.parametrize(("kind", "data", "columns"), TYPED)
def test_form_gives_the_columns_of_the_answer(kind, data, columns):
    made = form(kind, **data)
    assert made.is_valid(), made.errors
    assert not made.is_blank
    assert made.answer | columns == made.answer


@pytest.mark.parametrize("kind", Question.Kind.values)
def test_empty_form_is_valid_and_blank(kind):
    made = form(kind)
    assert made.is_valid() and made.is_blank


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        ("grade", {"pick": "not_applicable", "not_assessed_reason": "in the wrong box"}, "na_reason"),
        ("grade", {"pick": "not_assessed"}, "not_assessed_reason"),
        ("grade", {"pick": "splendid"}, "pick"),
        ("choice", {"pick": "lottery"}, "pick"),
        ("number", {"value": "many"}, "value"),
        ("number", {"otherwise": "not_applicable"}, "reason"),
        ("date", {"value_day": "31", "value_month": "2", "value_year": "2026"}, "value"),
        ("grade", {"pick": "met", "narrative": "x" * 4001}, "narrative"),
    ],
)
def test_wrong_answer_stands_at_its_question(kind, data, field):
    made = form(kind, **data)
    assert not made.is_valid()
    assert set(made.errors) == {field}


@pytest.mark.parametrize(
    ("kind", "columns", "shown"),
    [
        (
            "grade",
            {"grade": "not_applicable", "reason": "No car"},
            {"pick": "not_applicable", "na_reason": "No car"},
        ),
        ("yes_no", {"value": "no"}, {"pick": "no"}),
        ("date", {"value": "2026-03-27"}, {"value": "2026-03-27"}),
        ("list", {"value": ["Bikes", "Pizza"]}, {"value": "Bikes\nPizza"}),
        (
            "number",
            {"grade": "not_assessed", "reason": "Away"},
            {"otherwise": "not_assessed", "reason": "Away"},
        ),
    ],
)
def test_saved_answer_comes_back_as_it_was_typed(kind, columns, shown):
    made = QuestionForm(asked(kind), answer=saved(**columns))
    assert {name: str(made[name].value()) for name in shown} == shown
    assert made["row_version"].value() == 3


def test_page_of_two_questions_has_no_id_twice():
    html = form().render() + QuestionForm(Question(pk=6, kind="grade", prompt="Is it clean?")).render()
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_page_may_ask_in_words_of_its_own_and_leave_texts_out():
    class VisitForm(QuestionForm):
        texts = {"narrative": ("What did you find?", "")}

    made = VisitForm(asked())
    assert made.fields["narrative"].label == "What did you find?"
    assert not {"good_practice", "action_needed"} & set(made.fields)


def test_what_is_not_scored_asks_for_no_action():
    assert "action_needed" not in form("number").fields
