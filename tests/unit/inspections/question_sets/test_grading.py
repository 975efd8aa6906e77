import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.question_sets.grades import AnswerGrade
from inspections.question_sets.grading import (
    ORDER,
    AnswerMark,
    Section,
    Total,
    grade_section,
    grade_whole,
    mark_of,
    total_of,
)

NOT_YET = ""
RISING = (AnswerGrade.NOT_ASSESSED, AnswerGrade.NOT_MET, AnswerGrade.PARTLY_MET, AnswerGrade.MET)


def section(*grades, **options) -> Section:
    return Section([mark_of(grade) for grade in grades], **options)


TABLE = [
    ("all met", section("met", "met"), AnswerGrade.MET, (4, 4)),
    (
        "four of five met is 80 per cent",
        section("met", "met", "met", "met", "not_met"),
        AnswerGrade.MET,
        (8, 10),
    ),
    ("just below 80", section("met", "met", "met", "partly_met", "not_met"), AnswerGrade.PARTLY_MET, (7, 10)),
    ("half", section("met", "not_met"), AnswerGrade.PARTLY_MET, (2, 4)),
    ("below half", section("partly_met", "not_met"), AnswerGrade.NOT_MET, (1, 4)),
    ("not applicable leaves both sums", section("met", "not_applicable"), AnswerGrade.MET, (2, 2)),
    ("not assessed counts as lowest", section("met", "not_assessed"), AnswerGrade.PARTLY_MET, (2, 4)),
    ("no answer yet counts as lowest", section("met", NOT_YET), AnswerGrade.PARTLY_MET, (2, 4)),
    ("nothing assessed", section("not_assessed", NOT_YET), AnswerGrade.NOT_ASSESSED, (0, 4)),
    ("nothing applies", section("not_applicable"), AnswerGrade.NOT_APPLICABLE, (0, 0)),
    ("no questions", section(), AnswerGrade.NOT_APPLICABLE, (0, 0)),
]


@pytest.mark.parametrize(
    ("asked", "grade", "sums"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_grade_of_a_standard(asked, grade, sums):
    result = grade_section(asked)
    assert (result.grade, result.total) == (grade, Total(*sums))


def test_a_heavier_question_counts_for_more():
    heavy = Section([mark_of("met", weight=3), mark_of("not_met")])
    light = Section([mark_of("met"), mark_of("not_met", weight=3)])
    assert (grade_section(heavy).total, grade_section(light).total) == (Total(6, 8), Total(2, 8))


@pytest.mark.parametrize(
    ("key", "grade"),
    [
        ("met", "met"),
        ("partly_met", "partly_met"),
        ("not_met", "not_met"),
        ("not_assessed", "not_met"),
        ("", "not_met"),
    ],
)
def test_a_standard_is_no_better_than_its_key_question(key, grade):
    marks = [mark_of(key, is_key=True), *[mark_of("met")] * 20]
    result = grade_section(Section(marks))
    assert (result.grade, result.by_sum, result.is_capped) == (grade, "met", grade != "met")


def test_a_key_question_that_does_not_apply_caps_nothing():
    result = grade_section(Section([mark_of("not_applicable", is_key=True), mark_of("met")]))
    assert result.grade == AnswerGrade.MET and not result.is_capped


def test_a_good_key_question_lifts_nothing():
    assert grade_section(Section([mark_of("met", is_key=True), *[mark_of("not_met")] * 9])).grade == "not_met"


@pytest.mark.parametrize("limit", ["partly_met", "not_met", "not_assessed"])
def test_the_whole_is_no_better_than_its_limiting_standard(limit):
    parts = [section(limit, is_limiting=True), section(*["met"] * 30)]
    result = grade_whole(parts)
    assert result.by_sum == "met"
    assert result.grade == ("not_met" if limit == "not_assessed" else limit)


def test_a_limiting_standard_that_does_not_apply_caps_nothing():
    assert grade_whole([section("not_applicable", is_limiting=True), section("met")]).grade == "met"


def test_the_whole_is_the_sum_over_the_sum_and_not_the_mean_of_standards():
    result = grade_whole([section("met"), section(*["not_met"] * 9)])
    assert (result.total, result.total.percent) == (Total(2, 20), 10.0)


def test_the_weight_of_a_standard_counts_in_the_whole_and_not_within_it():
    protection, other = section("met", weight=3), section("not_met")
    assert grade_section(protection).total.share == 1
    assert grade_whole([protection, other]).total == Total(6, 8)


def test_what_nothing_applies_to_has_no_percentage():
    assert (Total(0, 0).percent, Total(0, 0).share) == (None, None)


def test_counts_tell_how_much_was_assessed():
    result = grade_section(section("met", "not_assessed", "", "not_applicable"))
    assert (result.assessed, result.asked) == (1, 3)


def test_agrees_with_a_scored_audit_of_25_of_38(shared_data):
    """The audit's own tree: every item with a score of its own is a mark; its totals are the file's."""
    audit = json.loads((shared_data / "scored_audit" / "audit_25_of_38.json").read_text())
    scored = [item["scoring"] for item in audit["items"] if "max_score" in item.get("scoring", {})]
    total = total_of(AnswerMark(one["score"], one["max_score"]) for one in scored)
    told = audit["audit_data"]
    assert total == Total(told["score"], told["total_score"]) == Total(25, 38)
    assert round(float(total.share * 100), 3) == told["score_percentage"] == 65.789
    with (shared_data / "scored_audit" / "audit_25_of_38_expected.csv").open(newline="") as file:
        sections = [r for r in csv.DictReader(file) if r["ItemType"] == "section" and r["ItemMaxScore"]]
    parts = [Total(int(row["ItemScore"]), int(row["ItemMaxScore"])) for row in sections]
    assert (sum(p.score for p in parts), sum(p.most for p in parts)) == (25, 38)
    assert round(sum(p.percent for p in parts) / len(parts), 3) != 65.789, "not the mean of its sections"


marks = st.builds(
    mark_of, st.sampled_from([*AnswerGrade.values, ""]), weight=st.integers(1, 5), is_key=st.booleans()
)
sections = st.lists(
    st.builds(Section, st.lists(marks, max_size=6), weight=st.integers(1, 3), is_limiting=st.booleans()),
    min_size=1,
    max_size=5,
)


def rank(grade: str) -> int:
    return ORDER.index(AnswerGrade.NOT_MET if grade == AnswerGrade.NOT_ASSESSED else grade)


@st.composite
def with_one_replaced(draw, grades: st.SearchStrategy):
    """Sections, and the same with the grade of one question replaced: (before, after, place)."""
    before = draw(sections.filter(lambda made: any(part.marks for part in made)))
    place = draw(st.sampled_from([i for i, part in enumerate(before) if part.marks]))
    marks = list(before[place].marks)
    nth = draw(st.integers(0, len(marks) - 1))
    low, high = draw(grades)
    options = {"weight": marks[nth].weight, "is_key": marks[nth].is_key}

    def having(grade):
        changed = [*marks[:nth], mark_of(grade, **options), *marks[nth + 1 :]]
        part = Section(changed, weight=before[place].weight, is_limiting=before[place].is_limiting)
        return [*before[:place], part, *before[place + 1 :]]

    return having(low), having(high), place


raised = with_one_replaced(st.sampled_from([(a, b) for i, a in enumerate(RISING) for b in RISING[i:]]))
missing = with_one_replaced(st.tuples(st.sampled_from(["", "not_assessed"]), st.sampled_from(RISING)))


@given(raised)
def test_raising_an_answer_never_lowers_a_grade(case):
    lower, higher, place = case
    for before, after in (
        (grade_section(lower[place]), grade_section(higher[place])),
        (grade_whole(lower), grade_whole(higher)),
    ):
        assert rank(before.grade) <= rank(after.grade)
        assert before.total.score <= after.total.score and before.total.most == after.total.most


@given(missing)
def test_taking_an_answer_away_never_raises_a_grade(case):
    without, having, place = case
    assert rank(grade_section(without[place]).grade) <= rank(grade_section(having[place]).grade)
    assert rank(grade_whole(without).grade) <= rank(grade_whole(having).grade)


@given(sections)
def test_the_caps_only_lower(parts):
    for result in (grade_whole(parts), *map(grade_section, parts)):
        if result.grade not in (AnswerGrade.NOT_APPLICABLE, AnswerGrade.NOT_ASSESSED):
            assert rank(result.grade) <= rank(result.by_sum)
        assert 0 <= result.total.score <= result.total.most
        assert 0 <= result.assessed <= result.asked
