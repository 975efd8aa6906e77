"""A council opens a campaign; a provider answers, checks and submits; the council returns it, then validates it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from viewflow.workflow.models import Process
from viewflow.workflow.status import STATUS

from inspections.question_sets.models import Question
from inspections.self_assessments.models import Campaign, CouncilValidation, SelfAssessment, Submission
from providers.people.models import SettingLead
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from tests.factories import self_assessments as making
from tests.factories.people import MembershipFactory, UserFactory
from tests.factories.self_assessments import asked, days_pass
from tests.flows.driving import do, done, open_steps, process_of, the_task
from workflows.self_assessments.flows import SelfAssessmentFlow
from workflows.self_assessments.services import OPENING

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(world):
    return making.home_of(world.provider_x, working_name="Fellside House")


@pytest.fixture
def sheet(world, home) -> SelfAssessment:
    """Open, with its process started."""
    made = making.campaign(world, home).assessments.select_related("campaign").get()
    run_due(OPENING)
    return made


@pytest.fixture
def provider(world):
    return world.client("provider_manager_x")


@pytest.fixture
def officer(world):
    return world.client("contract_officer")


def day(name: str, on: dt.date) -> dict:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def page_of(sheet, code: str) -> str:
    return reverse("self_assessment_standard", args=[sheet.public_id, code])


def fields(sheet, *codes: str, **answers) -> dict:
    """What the page of these questions sends: `q1_1_pick` is the pick of question 1.1."""
    data = {}
    for code in codes:
        question = asked(sheet, code)
        standing = sheet.answers.filter(question=question).first()
        data[f"q{question.pk}-row_version"] = standing.row_version if standing else 0
    for name, value in answers.items():
        _, first, second, field = re.split(r"(?:q|_)", name, maxsplit=3)
        data[f"q{asked(sheet, f'{first}.{second}').pk}-{field}"] = value
    return data


CARE = {"q1_1_pick": "met", "q1_1_narrative": "Heating checked in May", "q1_2_pick": "yes"}
PROTECTION = {
    "q2_1_pick": "partly_met",
    "q2_1_narrative": "Two of three the same day",
    "q2_1_action_needed": "On-call manager from June",
}


def answer_by_pages(client, sheet) -> None:
    for code, codes, answers in (("care", ("1.1", "1.2"), CARE), ("protection", ("2.1",), PROTECTION)):
        answer = client.post(page_of(sheet, code), fields(sheet, *codes, **answers))
        assert answer.status_code == 302, answer.content.decode()


def views(sheet, *codes: str, **answers) -> dict:
    """What the council's page sends."""
    data = fields(sheet, **answers) if answers else {}
    for code in codes:
        question = asked(sheet, code)
        looked = CouncilValidation.objects.filter(assessment=sheet, question=question).first()
        data[f"q{question.pk}-answer_version"] = sheet.answers.get(question=question).row_version
        data[f"q{question.pk}-row_version"] = looked.row_version if looked else 0
    return data


def look_by_pages(client, sheet) -> None:
    for code, codes in (("care", ("1.1", "1.2")), ("protection", ("2.1",))):
        url = reverse("review_standard", args=[sheet.public_id, code])
        answer = client.post(url, views(sheet, *codes) | {"all-rest": "on"})
        assert answer.status_code == 302, answer.content.decode()


def submitted_task(provider, sheet):
    process = process_of(SelfAssessmentFlow, sheet)
    answer_by_pages(provider, sheet)
    done(provider, the_task(process, SelfAssessmentFlow.answer))
    return process, the_task(process, SelfAssessmentFlow.validate)


def test_campaign_from_opening_to_validation_by_its_pages(world, home, provider, officer):
    making.questions()
    opened = officer.post(
        reverse("open_campaign", args=["small"]),
        {"name": "Spring", "chosen": [home.pk]}
        | day("opens_on", today())
        | day("due_on", today() + dt.timedelta(days=14))
        | day("validation_due_on", today() + dt.timedelta(days=28)),
    )
    campaign = Campaign.objects.get()
    assert opened.headers["Location"] == reverse("campaign", args=[campaign.public_id])
    run_due(OPENING)
    sheet = campaign.assessments.select_related("campaign").get()
    process = process_of(SelfAssessmentFlow, sheet)
    assert open_steps(process) == {"answer"}

    overview = provider.get(reverse("self_assessment", args=[sheet.public_id])).content.decode()
    assert "You have completed 0 of 2 standards" in overview
    answer_by_pages(provider, sheet)
    task = the_task(process, SelfAssessmentFlow.answer)
    assert "Check your answers" in provider.get(reverse("task", args=[task.pk])).content.decode()
    done(provider, task)
    assert open_steps(process) == {"validate"}

    look_by_pages(officer, sheet)
    done(officer, the_task(process, SelfAssessmentFlow.validate), decision="validate")
    process.refresh_from_db()
    sheet.refresh_from_db()
    assert (process.status, sheet.state, Submission.objects.get().is_late) == (
        STATUS.DONE,
        "validated",
        False,
    )
    told = provider.get(reverse("self_assessment", args=[sheet.public_id])).content.decode()
    assert "The council&#x27;s grade" in told or "The council's grade" in told


def test_returned_with_a_reason_and_validated_in_the_second_round(sheet, provider, officer):
    process, task = submitted_task(provider, sheet)
    url = reverse("review_standard", args=[sheet.public_id, "care"])
    own = {"q1_1_view": "disagree", "q1_1_council_grade": "not_met", "q1_1_note": "No heating on our visit"}
    assert officer.post(url, views(sheet, "1.1", "1.2", **own) | {"all-rest": "on"}).status_code == 302
    back = {"decision": "return", "reason": "Look at the heating again"}
    done(officer, task, **back, **day("due_on", today() + dt.timedelta(days=7)))
    assert open_steps(process) == {"answer"}

    told = provider.get(reverse("self_assessment", args=[sheet.public_id])).content.decode()
    assert "Look at the heating again" in told
    assert "No heating on our visit" in told
    again = {"q1_1_pick": "not_met", "q1_1_narrative": "Boiler failed", "q1_1_action_needed": "Repair by May"}
    answers = fields(sheet, "1.1", "1.2", q1_2_pick="yes", **again)
    assert provider.post(page_of(sheet, "care"), answers).status_code == 302
    done(provider, the_task(process, SelfAssessmentFlow.answer))
    second = the_task(process, SelfAssessmentFlow.validate)
    assert second.pk != task.pk
    answer = do(officer, second, decision="validate")
    assert "not reviewed yet, starting with question 1.1" in answer.content.decode()
    look_by_pages(officer, sheet)
    done(officer, second, decision="validate")
    assert list(Submission.objects.order_by("round").values_list("round", flat=True)) == [1, 2]


def test_unfinished_answers_are_not_submitted_and_the_page_says_what_is_left(sheet, provider):
    process = process_of(SelfAssessmentFlow, sheet)
    task = the_task(process, SelfAssessmentFlow.answer)
    page = provider.get(reverse("task", args=[task.pk])).content.decode()
    assert "Still to do" in page and "Submit the answers" not in page
    answer = do(provider, task)
    assert answer.status_code == 422
    assert "Complete these questions before you submit: 1.1, 1.2, 2.1" in answer.content.decode()
    assert open_steps(process) == {"answer"}


def test_answer_that_brings_up_another_question_leads_back_to_the_page(sheet, provider):
    answers = fields(sheet, "1.1", "1.2", q1_2_pick="no") | {"then": "next"}
    answer = provider.post(page_of(sheet, "care"), answers)
    assert answer.headers["Location"] == page_of(sheet, "care")
    assert "Who runs the home?" in provider.get(page_of(sheet, "care")).content.decode()


def test_save_and_continue_leads_to_the_next_standard_then_to_the_list(sheet, provider):
    first = provider.post(page_of(sheet, "care"), fields(sheet, "1.1", "1.2") | {"then": "next"})
    assert first.headers["Location"] == page_of(sheet, "protection")
    last = provider.post(page_of(sheet, "protection"), fields(sheet, "2.1") | {"then": "next"})
    assert last.headers["Location"] == reverse("self_assessment", args=[sheet.public_id])


def test_colleague_who_answered_meanwhile_is_shown_beside_what_was_typed(sheet, world, provider):
    stale = fields(sheet, "1.1", "1.2", q1_1_pick="not_met", q1_1_narrative="Cold in winter")
    making.say(world, sheet, "1.1", grade="met", narrative="Warm all year", by="provider_contributor_x")
    answer = provider.post(page_of(sheet, "care"), stale)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Warm all year" in page and "Cold in winter" in page
    assert sheet.answers.get().grade == "met"
    version = re.search(rf'name="q{asked(sheet, "1.1").pk}-row_version" value="(\d+)"', page)[1]
    knowing = stale | {f"q{asked(sheet, '1.1').pk}-row_version": version}
    assert provider.post(page_of(sheet, "care"), knowing).status_code == 302
    assert sheet.answers.get(question__code="1.1").grade == "not_met"


def test_wrong_answer_comes_back_with_what_was_typed(sheet, provider):
    answers = fields(sheet, "1.1", "1.2", q1_1_pick="not_applicable", q1_1_narrative="Half a sentence")
    answer = provider.post(page_of(sheet, "care"), answers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say why this does not apply" in page and "Half a sentence" in page
    assert not sheet.answers.exists()


def test_same_submission_sent_twice_has_one_effect(sheet, provider):
    process = process_of(SelfAssessmentFlow, sheet)
    answer_by_pages(provider, sheet)
    task = the_task(process, SelfAssessmentFlow.answer)
    page = provider.get(reverse("task", args=[task.pk])).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    codes = [do(provider, task, form_token=token).status_code for _ in range(3)]
    assert codes == [302, 302, 302]
    assert (Submission.objects.count(), open_steps(process)) == (1, {"validate"})


def test_colleague_who_comes_too_late_is_told_that_it_is_submitted(sheet, world, provider):
    process, _ = submitted_task(provider, sheet)
    answer = do(world.client("provider_contributor_x"), the_task(process, SelfAssessmentFlow.answer))
    assert answer.status_code == 409
    assert "has done this step already" in answer.content.decode()


def test_answers_sent_after_submission_are_refused_and_kept_on_the_page(sheet, provider):
    submitted_task(provider, sheet)
    answers = fields(sheet, "1.1", "1.2", q1_1_pick="not_met", q1_1_narrative="Second thoughts")
    answer = provider.post(page_of(sheet, "care"), answers)
    assert answer.status_code == 422
    assert "You have submitted the answers" in answer.content.decode()
    assert "Second thoughts" in answer.content.decode()
    assert sheet.answers.get(question__code="1.1").grade == "met"


OTHERS = ["provider_manager_y", "officer_south", "partner_contributor", "board_member", "social_worker"]


@pytest.mark.parametrize("persona", OTHERS)
def test_for_others_neither_the_pages_nor_the_steps_exist(sheet, world, provider, persona):
    process, task = submitted_task(provider, sheet)
    client = world.client(persona)
    for url in (
        reverse("self_assessment", args=[sheet.public_id]),
        page_of(sheet, "care"),
        reverse("review_standard", args=[sheet.public_id, "care"]),
        reverse("task", args=[task.pk]),
        reverse("task", args=[the_task(process, SelfAssessmentFlow.answer).pk]),
    ):
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404), url


def test_council_cannot_answer_and_provider_cannot_validate(sheet, provider, officer):
    process = process_of(SelfAssessmentFlow, sheet)
    assert do(officer, the_task(process, SelfAssessmentFlow.answer)).status_code == 404
    assert officer.post(page_of(sheet, "care"), fields(sheet, "1.1", **CARE)).status_code == 404
    _, task = submitted_task(provider, sheet)
    assert do(provider, task, decision="validate").status_code == 404
    look = reverse("review_standard", args=[sheet.public_id, "care"])
    assert provider.post(look, views(sheet, "1.1") | {"all-rest": "on"}).status_code == 404
    assert open_steps(process) == {"validate"}
    assert not CouncilValidation.objects.exists()


@pytest.mark.parametrize("persona", ["head_of_service", "procurement_officer", "council_administrator"])
def test_colleague_without_the_role_reads_but_does_not_validate(sheet, world, provider, persona):
    _, task = submitted_task(provider, sheet)
    client = world.client(persona)
    assert client.get(page_of(sheet, "care")).status_code == 200
    assert client.get(reverse("review_standard", args=[sheet.public_id, "care"])).status_code == 404
    assert do(client, task, decision="validate").status_code == 404


def test_council_sees_no_draft_on_any_page(sheet, provider, officer):
    answers = fields(sheet, "1.1", "1.2", **CARE)
    provider.post(page_of(sheet, "care"), answers)
    for url in (
        reverse("self_assessment", args=[sheet.public_id]),
        page_of(sheet, "care"),
        reverse("campaign", args=[sheet.campaign.public_id]),
    ):
        assert "Heating checked in May" not in officer.get(url).content.decode()


def test_provider_hears_nothing_of_the_council_s_views_while_it_validates(sheet, provider, officer):
    submitted_task(provider, sheet)
    own = {"q1_1_view": "disagree", "q1_1_council_grade": "not_met", "q1_1_note": "Cold on our visit"}
    url = reverse("review_standard", args=[sheet.public_id, "care"])
    assert officer.post(url, views(sheet, "1.1", "1.2", **own)).status_code == 302
    for url in (reverse("self_assessment", args=[sheet.public_id]), page_of(sheet, "care")):
        assert "Cold on our visit" not in provider.get(url).content.decode()


def test_validation_goes_to_the_setting_s_lead_officer(sheet, world, home, provider):
    lead = world.membership("contract_officer")
    SettingLead.objects.create(council=world.north, setting=home, lead=lead, from_on=today())
    _, task = submitted_task(provider, sheet)
    assert task.owner == lead.person.user


def test_return_needs_its_reason_and_a_day_to_come(sheet, provider, officer):
    process, task = submitted_task(provider, sheet)
    bare = do(officer, task, decision="return")
    assert bare.status_code == 422
    assert "Say what the provider needs to do" in bare.content.decode()
    late = do(officer, task, decision="return", reason="More", **day("due_on", today()))
    assert late.status_code == 422
    assert "The new due date must be tomorrow or later" in late.content.decode()
    assert open_steps(process) == {"validate"}


def test_two_officers_on_one_answer_see_that_it_was_looked_at(sheet, world, provider, officer):
    submitted_task(provider, sheet)
    url = reverse("review_standard", args=[sheet.public_id, "care"])
    stale = views(sheet, "1.1", "1.2", q1_1_view="agree")
    own = {"q1_1_view": "disagree", "q1_1_council_grade": "not_met", "q1_1_note": "Cold"}
    assert officer.post(url, views(sheet, "1.1", "1.2", **own)).status_code == 302
    answer = world.client("team_manager").post(url, stale)
    assert answer.status_code == 409
    assert "has reviewed 1.1 since you opened the page" in answer.content.decode()


def test_overdue_is_noted_and_late_answers_are_taken(sheet, world, time_machine):
    process = process_of(SelfAssessmentFlow, sheet)
    days_pass(time_machine, 15)
    provider, officer = world.client("provider_manager_x"), world.client("contract_officer")
    run_due("fire timers")
    sheet.refresh_from_db()
    assert sheet.overdue_at is not None
    assert open_steps(process) == {"answer"}
    campaign = officer.get(reverse("campaign", args=[sheet.campaign.public_id])).content.decode()
    assert "Overdue" in campaign
    submitted_task(provider, sheet)
    assert Submission.objects.get().is_late
    told = officer.get(reverse("campaign", args=[sheet.campaign.public_id])).content.decode()
    assert "Late" in told


def test_silence_closes_the_case_and_is_counted(sheet, world, time_machine):
    process = process_of(SelfAssessmentFlow, sheet)
    days_pass(time_machine, 29)
    provider, officer = world.client("provider_manager_x"), world.client("contract_officer")
    run_due("fire timers")
    process.refresh_from_db()
    sheet.refresh_from_db()
    assert (process.status, sheet.state) == (STATUS.DONE, "not_returned")
    task = the_task(process, SelfAssessmentFlow.answer)
    assert do(provider, task).status_code == 409
    assert (
        "Never submitted"
        in officer.get(reverse("campaign", args=[sheet.campaign.public_id])).content.decode()
    )


def test_campaign_of_another_day_starts_on_it_and_once(world, home, time_machine):
    making.campaign(world, home, opens_on=today() + dt.timedelta(days=3))
    run_due(OPENING)
    assert not Process.objects.exists()
    days_pass(time_machine, 3)
    run_due(OPENING)
    run_due(OPENING)
    assert Process.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((0, 0, 28), "The day the answers are due must be after the day it opens"),
        ((0, 14, 14), "The day validation is due must be after the answers are due"),
        ((-1, 14, 28), "The day it opens must be today or in the future"),
    ],
)
def test_days_out_of_order_are_refused_on_the_page(world, home, officer, days, sentence):
    making.questions()
    opens, due, validation = (today() + dt.timedelta(days=number) for number in days)
    answer = officer.post(
        reverse("open_campaign", args=["small"]),
        {"name": "Spring", "chosen": [home.pk]}
        | day("opens_on", opens)
        | day("due_on", due)
        | day("validation_due_on", validation),
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Campaign.objects.exists()


def test_provider_without_people_is_shown_to_the_officer_and_cannot_be_chosen(world, officer):
    making.questions()
    making.SettingFactory(working_name="Lonely House")
    page = officer.get(reverse("open_campaign", args=["small"])).content.decode()
    assert "Lonely House" in page and "has an account in the portal" in page
    assert 'name="chosen"' not in page


def test_second_manager_of_the_provider_may_go_on_with_it(sheet, world, provider):
    making.say(world, sheet, "1.1", grade="met", narrative="Begun by one")
    colleague = UserFactory(email="second@provider.example", person__details__full_name="Second Manager")
    MembershipFactory(person=colleague.person, organisation=world.provider_x, role="provider_manager")
    world.users["second"] = colleague
    page = world.client("second").get(page_of(sheet, "care")).content.decode()
    assert "Begun by one" in page


def test_question_of_another_campaign_cannot_be_slipped_in(sheet, provider):
    foreign = Question.objects.filter(standard__version__question_set__code="childrens-homes").first()
    data = fields(sheet, "1.1") | {f"q{foreign.pk}-row_version": 0, f"q{foreign.pk}-pick": "met"}
    assert provider.post(page_of(sheet, "care"), data).status_code == 302
    assert not sheet.answers.exists()
