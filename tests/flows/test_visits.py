"""Monitoring visit: from a plan through recording, the provider's comments and sign-off to a published report."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from viewflow.workflow.models import Process
from viewflow.workflow.status import STATUS

from inspections.actions.models import Action, Source
from inspections.visits.models import (
    AccuracyComment,
    Visit,
    VisitAnswer,
)
from providers.notifications.models import Notification
from qa_portal.core.dates import end_of_day, today
from tests.factories import visits as made
from tests.flows.driving import do, done, open_steps, process_of, the_task
from tests.flows.visiting import (
    answer_everything,
    comment,
    date,
    drafted,
    fresh,
    page_data,
    plan,
    record_url,
    sees,
    to_sign_off,
)
from workflows.shared.selectors import open_tasks
from workflows.visits.flows import VisitFlow

pytestmark = pytest.mark.django_db

# --- the story


def test_visit_from_plan_to_published_report_and_open_actions(world):
    """Planned, recorded, drafted, commented on, answered, signed off by somebody else; then actions are due."""
    visit, process = drafted(world)
    assert fresh(visit).state == Visit.State.WITH_PROVIDER
    assert open_steps(process) == {"accuracy"}

    assert comment(world, visit).status_code == 302
    done(world.client("provider_manager_x"), the_task(process, VisitFlow.accuracy), answer="comments")
    made_comment = AccuracyComment.objects.get()
    answers = {f"decision_{made_comment.pk}": "upheld", f"reason_{made_comment.pk}": "The rota shows it."}
    corrected = page_data(
        visit, q1={"pick": "met", "narrative": "Seen 1"}, q2={"pick": "partly_met", "narrative": "Seen 2"}
    )
    question = made.questions(visit)[2]
    corrected |= {f"q{question.pk}-pick": "partly_met", f"q{question.pk}-narrative": "Rota shows two"}
    assert world.client("contract_officer").post(record_url(visit), corrected).status_code == 302
    done(world.client("contract_officer"), the_task(process, VisitFlow.answer), **answers)

    done(world.client("team_manager"), the_task(process, VisitFlow.sign_off), decision="publish")
    visit, process = fresh(visit), Process.objects.get(pk=process.pk)
    assert (visit.state, process.status) == (Visit.State.PUBLISHED, STATUS.DONE)
    kinds = list(visit.versions.order_by("number").values_list("kind", flat=True))
    assert kinds == ["for_provider", "for_sign_off", "published"]
    [action] = Action.objects.of(Source.VISIT, visit.public_id)
    assert (action.state, action.due_on) == (Action.State.OPEN, today() + dt.timedelta(days=28))
    published = visit.versions.get(kind="published").content
    assert published["standards"][1]["findings"][0]["answer"] == "Partly met"
    assert published["comments"][0]["decision"] == "Upheld"
    assert published["actions"][0]["due_on"]
    url = reverse("visit_report", args=[visit.public_id, 3])
    assert "Rota shows two" in sees(world, "provider_manager_x", url)


def test_report_goes_to_sign_off_at_once_when_there_is_nothing_to_correct(world):
    visit, process = to_sign_off(world)
    assert open_steps(process) == {"sign_off"}
    assert fresh(visit).accuracy_end == Visit.AccuracyEnd.CONFIRMED


# --- planning


@pytest.mark.parametrize(
    "persona", ["head_of_service", "provider_manager_x", "social_worker", "officer_south"]
)
def test_visit_is_planned_by_officers_of_a_council_that_knows_the_setting(world, persona):
    answer, visit = plan(world, client=world.client(persona))
    assert (answer.status_code, visit) == (404, None)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"kind": ""}, "Choose the kind of visit"),
        ({"mode": ""}, "Choose how you will visit"),
        ({"kind": "desktop", "notice": "unannounced"}, "so it must be announced"),
        ({"standards": []}, "Choose at least one standard"),
        (date("on", dt.date(2020, 1, 1)), "must be today or in the future"),
        ({"lead": ""}, "Choose who will lead the visit"),
    ],
)
def test_plan_that_lacks_something_is_sent_back(world, answers, sentence):
    answer, visit = plan(world, **answers)
    assert (answer.status_code, visit) == (422, None)
    assert sentence in answer.content.decode()


def test_same_plan_sent_four_times_plans_one_visit(world):
    home, token, client = made.home_of_x(world), str(uuid.uuid4()), world.client("contract_officer")
    answers = [plan(world, client=client, home=home, form_token=token)[0] for _ in range(4)]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    assert Visit.objects.count() == Process.objects.count() == 1


def test_first_question_leads_to_the_plan_of_that_setting(world):
    home, client = made.home_of_x(world), world.client("contract_officer")
    answer = client.get(reverse("plan_visit"), {"setting": home.public_id})
    assert answer.url == reverse("plan_visit_of", args=[home.public_id])
    assert "Choose a setting" in client.get(reverse("plan_visit"), {"setting": ""}).content.decode()


def test_record_step_waits_with_the_lead_of_the_visit_by_the_day_of_the_visit(world):
    _, visit = plan(world)
    task = the_task(process_of(VisitFlow, visit), VisitFlow.record)
    assert task.owner == world.users["contract_officer"]
    assert task.clock.due_at == end_of_day(visit.planned_on)


def test_visit_moves_and_its_step_with_it(world):
    _, visit = plan(world)
    new, url = today() + dt.timedelta(days=20), reverse("move_visit", args=[visit.public_id])
    answer = world.client("contract_officer").post(url, {"reason": "Snow"} | date("on", new))
    assert answer.status_code == 302
    task = the_task(process_of(VisitFlow, visit), VisitFlow.record)
    assert (fresh(visit).planned_on, task.clock.due_at) == (new, end_of_day(new))
    assert world.client("provider_manager_x").post(url, {"reason": "No"}).status_code == 404


def test_planned_visit_is_cancelled_with_a_reason_and_its_process_with_it(world):
    _, visit = plan(world)
    url = reverse("cancel_visit", args=[visit.public_id])
    client = world.client("contract_officer")
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"reason": "The home has closed"}).status_code == 302
    process = process_of(VisitFlow, visit)
    assert (fresh(visit).state, process.status) == (Visit.State.CANCELLED, STATUS.CANCELED)
    assert open_steps(process) == set()
    assert "The home has closed" in sees(
        world, "provider_manager_x", reverse("visit", args=[visit.public_id])
    )


def test_answers_sent_after_the_visit_was_cancelled_are_refused_and_stay_on_the_page(world):
    _, visit = plan(world)
    data = page_data(visit, q1={"pick": "met", "narrative": "Typed in the garden"})
    world.client("contract_officer").post(
        reverse("cancel_visit", args=[visit.public_id]), {"reason": "The home has closed"}
    )
    answer = world.client("contract_officer").post(record_url(visit), data)
    assert answer.status_code == 422
    assert "This visit was cancelled" in answer.content.decode()
    assert "Typed in the garden" in answer.content.decode()


def test_visit_whose_draft_is_sent_is_not_cancelled(world):
    visit, _ = drafted(world)
    url = reverse("cancel_visit", args=[visit.public_id])
    answer = world.client("contract_officer").post(url, {"reason": "No"})
    assert answer.status_code == 422
    assert "The draft has been sent" in answer.content.decode()


# --- unannounced


def places(visit: Visit, process: Process) -> list[str]:
    return [
        reverse("visit", args=[visit.public_id]),
        record_url(visit),
        reverse("case", args=[process.pk]),
        reverse("comment_on_draft", args=[visit.public_id]),
    ]


def test_unannounced_visit_is_unknown_to_the_provider_everywhere_until_somebody_has_arrived(world):
    home = made.home_of_x(world, working_name="Fellside House")
    _, visit = plan(world, home=home, notice="unannounced")
    process, provider = process_of(VisitFlow, visit), world.client("provider_manager_x")
    for url in places(visit, process):
        assert provider.get(url).status_code == 404, url
    for name in ("visits", "visits_csv", "inbox", "actions", "actions_csv"):
        for asked in ("", "?show=all", "?whose=all"):
            assert "Fellside House" not in sees(world, "provider_manager_x", reverse(name) + asked), name
    # The home page tells where the setting stands, so it names it: but no visit.
    home_page = sees(world, "provider_manager_x", reverse("home"))
    assert str(visit.public_id) not in home_page
    assert "No visit is planned in the next 14 days." in home_page
    assert not Visit.objects.visible_to(world.as_("provider_manager_x")).exists()
    assert not open_tasks(world.as_("provider_manager_x")).exists()

    arrived = world.client("contract_officer").post(reverse("arrive", args=[visit.public_id]))
    assert arrived.url == record_url(visit)
    assert "Fellside House" in sees(world, "provider_manager_x", reverse("visits"))
    assert provider.get(reverse("visit", args=[visit.public_id])).status_code == 200
    assert provider.get(reverse("case", args=[process.pk])).status_code == 200
    assert fresh(visit).visited_on == today()


def test_draft_of_an_unannounced_visit_cannot_be_sent_before_arriving(world):
    _, visit = plan(world, notice="unannounced")
    answer_everything(world, visit, grades=("met", "met", "met"))
    answer = do(world.client("contract_officer"), the_task(process_of(VisitFlow, visit), VisitFlow.record))
    assert answer.status_code == 422
    assert "We have arrived" in answer.content.decode()


def test_arriving_is_recorded_once_and_by_the_council_only(world):
    _, visit = plan(world, notice="unannounced")
    url = reverse("arrive", args=[visit.public_id])
    assert world.client("provider_manager_x").post(url).status_code == 404
    assert world.client("officer_south").post(url).status_code == 404
    officer = world.client("contract_officer")
    assert officer.post(url).status_code == 302
    again = officer.post(url)
    assert again.status_code == 422
    assert "already recorded on" in again.content.decode()


def test_council_that_is_shown_the_north_s_visits_reads_and_changes_nothing(world):
    _, visit = plan(world, notice="unannounced")
    assert "Full visit" in sees(world, "officer_south", reverse("visit", args=[visit.public_id]))
    south = world.client("officer_south")
    assert south.get(record_url(visit)).status_code == 404
    assert south.post(record_url(visit), page_data(visit)).status_code == 404
    for name in ("move_visit", "cancel_visit", "arrive", "raise_visit_concern", "propose_action"):
        assert south.post(reverse(name, args=[visit.public_id]), {"reason": "x"}).status_code == 404
    assert VisitAnswer.objects.count() == 0


# --- messages


def messages(persona_membership, kind: str):
    return Notification.objects.filter(to=persona_membership, kind=kind)


def test_team_and_provider_are_invited_and_the_entry_moves_and_is_called_off(world):
    made.colleague(world)
    assessor = world.membership("colleague")
    _, visit = plan(world, assessors=[assessor.pk])
    for membership in (assessor, world.membership("provider_manager_x")):
        [invited] = messages(membership, "visit_announced")
        assert f"UID:visit-{visit.public_id}@" in invited.invitation
        assert "METHOD:REQUEST" in invited.invitation
    officer = world.client("contract_officer")
    moved = {"reason": "Snow"} | date("on", today() + dt.timedelta(days=20))
    officer.post(reverse("move_visit", args=[visit.public_id]), moved)
    assert messages(assessor, "visit_announced").count() == 2
    officer.post(reverse("cancel_visit", args=[visit.public_id]), {"reason": "The home has closed"})
    [called_off] = messages(world.membership("provider_manager_x"), "visit_called_off")
    assert "METHOD:CANCEL" in called_off.invitation
    assert not messages(world.membership("provider_manager_y"), "visit_announced").exists()


def test_provider_is_never_told_of_an_unannounced_visit(world):
    _, visit = plan(world, notice="unannounced")
    officer = world.client("contract_officer")
    moved = {"reason": "Snow"} | date("on", today() + dt.timedelta(days=20))
    officer.post(reverse("move_visit", args=[visit.public_id]), moved)
    officer.post(reverse("cancel_visit", args=[visit.public_id]), {"reason": "The home has closed"})
    told = Notification.objects.filter(subject_id=visit.public_id)
    assert {message.to.organisation for message in told} == {world.north}
    assert messages(world.membership("contract_officer"), "visit_unannounced").count() == 2


def test_provider_is_told_of_the_draft_and_of_the_report(world):
    visit, process = to_sign_off(world)
    manager = world.membership("provider_manager_x")
    [draft] = messages(manager, "visit_draft_ready")
    assert draft.facts == {"due_on": visit.accuracy_due_on.isoformat()}
    done(world.client("team_manager"), the_task(process, VisitFlow.sign_off), decision="publish")
    assert messages(manager, "visit_report_published").count() == 1
    assert messages(world.membership("contract_officer"), "visit_report_published").count() == 1
