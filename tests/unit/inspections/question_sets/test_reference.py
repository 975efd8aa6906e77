import re

import pytest

from inspections.question_sets.models import Question, QuestionSet, QuestionSetVersion, Standard
from inspections.question_sets.reference import load_question_sets

pytestmark = pytest.mark.django_db

STANDARDS = {"childrens-homes": [str(n) for n in range(6, 15)], "supported-accommodation": list("4567")}


@pytest.mark.parametrize("code", STANDARDS)
def test_question_set_has_a_standard_for_each_regulation_and_four_to_seven_questions_in_each(code):
    standards = Standard.objects.filter(version__question_set__code=code)
    assert [re.search(r"\d+$", one.regulation_refs)[0] for one in standards] == STANDARDS[code]
    assert {4 <= one.questions.count() <= 7 for one in standards} == {True}


def test_loading_again_adds_nothing():
    before = Question.objects.count()
    assert load_question_sets() == 0
    assert Question.objects.count() == before


def test_what_the_portal_came_with_is_published_and_in_history():
    version = QuestionSetVersion.objects.get(question_set__code="childrens-homes")
    assert version.is_published and version.published_by is None
    assert Question.history.count() == Question.objects.count()


def test_protection_and_nothing_else_limits_the_whole():
    assert set(Standard.objects.filter(is_limiting=True).values_list("code", flat=True)) == {"protection"}


def test_each_question_set_is_for_provision_types_that_the_register_knows():
    used = {f.code: {u.provision_type.code for u in f.used_for.all()} for f in QuestionSet.objects.all()}
    assert used["supported-accommodation"] == {"supported_accommodation"}
    assert used["childrens-homes"] == {"childrens_home", "secure_childrens_home", "special_school_home"}


def test_every_scored_question_says_which_regulation_it_rests_on():
    assert not Question.objects.filter(regulation_refs="").exists()
    assert not Question.objects.filter(weight__gte=1, evidence_expected="").exists()
    assert Question.objects.filter(is_key=True).count() >= 8


def test_a_question_is_shown_by_an_earlier_one_of_its_standard_and_by_an_answer_it_can_have():
    for question in Question.objects.exclude(shown_when=None).select_related("shown_when"):
        trigger = question.shown_when
        assert (trigger.standard_id, trigger.order < question.order) == (question.standard_id, True)
        possible = {"yes_no": ["yes", "no"], "choice": [code for code, _ in trigger.choices]}
        assert question.shown_when_value in possible[trigger.kind]
