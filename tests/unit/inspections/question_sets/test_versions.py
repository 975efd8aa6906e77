import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from inspections.question_sets.models import Question, QuestionSet, QuestionSetVersion
from inspections.question_sets.selectors import differences, questions_of, standards_of, version_for
from inspections.question_sets.services import change_question, publish_version, start_version
from providers.directory.models import ProvisionType
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories import question_sets as making
from tests.factories.register import SettingFactory

pytestmark = pytest.mark.django_db
NOT_THEIRS = r"^Only .+ can|^Your role does not allow this|^This .+ is not (one of yours|your organisation's)"
SAME = {"code": "b", "prompt": "Is it warm?"}


@pytest.fixture
def administrator(world):
    return world.as_("installation_administrator")


@pytest.fixture
def homes() -> QuestionSet:
    return QuestionSet.objects.get(code="childrens-homes")


def test_new_version_copies_every_question_and_what_shows_it(administrator, homes):
    draft = start_version(by=administrator, question_set=homes)
    published = homes.versions.get(number=1)
    assert (draft.number, draft.published_at) == (2, None)
    assert differences(published, draft) == []
    copied = [q for q in questions_of(standards_of(draft)) if q.shown_when_id]
    assert {q.shown_when.standard.version_id for q in copied} == {draft.pk}
    assert (
        len(copied) == Question.objects.filter(standard__version=published, shown_when__isnull=False).count()
    )


def test_draft_is_changed_and_the_published_version_is_not(administrator, homes):
    draft = start_version(by=administrator, question_set=homes)
    asked = Question.objects.get(standard__version=draft, code="12.1")
    change_question(by=administrator, question=asked, prompt="Are worries acted on?", weight=5)
    [difference] = differences(homes.versions.get(number=1), draft)
    assert difference.code == "12.1"
    assert [(what, after) for what, _, after in difference.changes] == [
        ("Prompt", "Are worries acted on?"),
        ("Weight", "5"),
    ]


def test_published_version_is_never_changed(administrator, homes):
    asked = Question.objects.get(standard__version__question_set=homes, code="12.1")
    with pytest.raises(Refused, match="You cannot change a published version"):
        change_question(by=administrator, question=asked, prompt="Other words")
    with pytest.raises(Refused, match="You cannot change a published version"):
        publish_version(by=administrator, version=homes.versions.get(), from_on=today())


@pytest.mark.parametrize("column", ["code", "kind", "choices", "standard_id"])
def test_how_a_question_is_told_apart_and_answered_stays(administrator, homes, column):
    draft = start_version(by=administrator, question_set=homes)
    asked = Question.objects.filter(standard__version=draft).first()
    with pytest.raises(Refused, match="These cannot change between versions"):
        change_question(by=administrator, question=asked, **{column: "x"})


def test_one_draft_at_a_time(administrator, homes):
    start_version(by=administrator, question_set=homes)
    with pytest.raises(Refused, match="Version 2 is already a draft"):
        start_version(by=administrator, question_set=homes)


@pytest.mark.parametrize("persona", ["team_manager", "council_administrator", "provider_manager_x"])
def test_only_the_installation_s_administrator_changes_a_question_set(world, homes, persona):
    with pytest.raises(Refused, match=NOT_THEIRS):
        start_version(by=world.as_(persona), question_set=homes)


def test_version_is_asked_from_the_day_it_says(administrator, homes):
    draft = start_version(by=administrator, question_set=homes)
    tomorrow = today() + dt.timedelta(days=1)
    publish_version(by=administrator, version=draft, from_on=tomorrow)
    home = SettingFactory()
    assert version_for(home, today()).number == 1
    assert version_for(home, tomorrow).number == 2


def test_version_is_not_put_in_force_in_the_past(administrator, homes):
    draft = start_version(by=administrator, question_set=homes)
    with pytest.raises(Refused, match="The date a version comes into force cannot be in the past"):
        publish_version(by=administrator, version=draft, from_on=today() - dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("childrens_home", "childrens-homes"),
        ("special_school_home", "childrens-homes"),
        ("supported_accommodation", "supported-accommodation"),
        ("ifa", None),
    ],
)
def test_question_set_follows_the_provision_type(kind, code):
    setting = SettingFactory(provision_type=ProvisionType.objects.get(code=kind))
    version = version_for(setting, today())
    assert (version.question_set.code if version else None) == code


def test_setting_of_no_type_has_no_question_set():
    assert version_for(SettingFactory(provision_type=None), today()) is None


def test_draft_is_seen_by_nobody_but_the_installation(world, administrator, homes):
    draft = start_version(by=administrator, question_set=homes)
    for persona, sees in (
        ("contract_officer", False),
        ("provider_manager_x", False),
        ("board_member", False),
    ):
        seen = QuestionSetVersion.objects.visible_to(world.as_(persona))
        assert seen.filter(pk=draft.pk).exists() is sees
    assert QuestionSetVersion.objects.visible_to(administrator).filter(pk=draft.pk).exists()


def test_question_added_and_dropped_between_versions_is_told():
    before = making.question_set("one", sections={"care": [{"code": "a"}, SAME]})
    after = making.question_set("two", sections={"care": [SAME, {"code": "c"}]})
    told = {d.code: (d.before is None, d.after is None) for d in differences(before, after)}
    assert told == {"c": (True, False), "a": (False, True)}


def test_standards_and_questions_come_in_two_queries(django_assert_num_queries, homes):
    version = homes.versions.get(number=1)
    with django_assert_num_queries(2):
        questions_of(standards_of(version))


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"kind": "number", "weight": 1}, "question_weighs_when_scored"),
        ({"kind": "grade", "weight": 0}, "question_weighs_when_scored"),
        ({"kind": "text", "weight": 0, "is_key": True}, "question_weighs_when_scored"),
        ({"shown_when_value": "yes"}, "question_shown_when_what"),
    ],
)
def test_database_refuses_a_question_that_makes_no_sense(columns, constraint):
    standard = making.question_set().standards.get()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        making.question(standard, 1, **columns)
