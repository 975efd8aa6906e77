"""A monitoring visit as people drive it: by its pages, with every refusal."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from viewflow.workflow.models import Process
from viewflow.workflow.status import STATUS

from inspections.actions.models import Action, Source
from inspections.visits.models import (
    AccuracyComment,
    ReportVersion,
    Visit,
    VisitAnswer,
    VisitConcern,
)
from inspections.visits.services import reporting
from providers.directory.models import Setting
from providers.notifications.models import Notification
from qa_portal.core.dates import end_of_day, today
from qa_portal.core.due import run_due
from tests.factories import files
from tests.factories import visits as made
from tests.flows.driving import do, done, open_steps, process_of, the_task
from workflows.shared.selectors import open_tasks
from workflows.visits.flows import VisitFlow

pytestmark = pytest.mark.django_db
MINUTES = dt.timedelta(minutes=5)


def date(name: str, day: dt.date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def plan(world, *, client=None, home: Setting | None = None, **answers):
    """The plan page, sent; returns (answer, visit or None)."""
    version = made.small_framework()
    home = home or made.home_of_x(world)
    data = {
        "kind": "full",
        "mode": "on_site",
        "notice": "announced",
        "standards": [standard.pk for standard in version.standards.all()],
        "lead": world.membership("contract_officer").pk,
        "reason": "Last visited a year ago",
    }
    data |= date("on", today() + dt.timedelta(days=7)) | answers
    client = client or world.client("contract_officer")
    answer = client.post(reverse("plan_visit_of", args=[home.public_id]), data)
    return answer, Visit.objects.filter(setting=home).first()


def record_url(visit: Visit) -> str:
    return reverse("record_visit", args=[visit.public_id])


def page_data(visit: Visit, **answers) -> dict:
    """What the recording page sends: `q1={"pick": "met"}` answers the first question, and so on."""
    versions = {row.question_id: row.row_version for row in VisitAnswer.objects.filter(visit=visit)}
    fresh = Visit.objects.get(pk=visit.pk)
    data = {"details-version": fresh.row_version, "section": "care"}
    for role in ("young_people", "manager", "staff", "family", "professionals"):
        row = visit.people.filter(role=role).first()
        data[f"details-people_{role}"] = row.number if row else ""
        data[f"details-people_{role}_version"] = row.row_version if row else 0
    if fresh.visited_on:
        data |= {f"details-{name}": value for name, value in date("visited_on", fresh.visited_on).items()}
    for number, question in enumerate(made.questions(visit), start=1):
        given = answers.get(f"q{number}", {})
        data[f"q{question.pk}-row_version"] = versions.get(question.pk, 0)
        data |= {f"q{question.pk}-{name}": value for name, value in given.items()}
    return data


def visited(data: dict, on: dt.date) -> dict:
    return data | {f"details-{name}": value for name, value in date("visited_on", on).items()}


def answer_everything(world, visit: Visit, *, grades=("met", "partly_met", "not_met")) -> None:
    given = {f"q{n}": {"pick": grade, "narrative": f"Seen {n}"} for n, grade in enumerate(grades, start=1)}
    data = visited(page_data(visit, **given), today())
    answer = world.client("contract_officer").post(record_url(visit), data)
    assert answer.status_code == 302, answer.content.decode()


def propose(world, visit: Visit, code: str = "safety"):
    standard = visit.framework_version.standards.get(code=code)
    data = {"standard": standard.pk, "what": "Two staff are awake every night.", "priority": "urgent"}
    return world.client("contract_officer").post(reverse("propose_action", args=[visit.public_id]), data)


def drafted(world, **answers) -> tuple[Visit, Process]:
    """Planned, recorded, and the draft with the provider."""
    _, visit = plan(world, **answers)
    answer_everything(world, visit)
    assert propose(world, visit).status_code == 302
    process = process_of(VisitFlow, visit)
    done(world.client("contract_officer"), the_task(process, VisitFlow.record))
    visit.refresh_from_db()
    return visit, process


def comment(world, visit: Visit, *, by="provider_manager_x", finding="2.1", **answers):
    url = reverse("comment_on_draft", args=[visit.public_id])
    answers = {"remark": "Two were awake: see the rota."} | answers
    return world.client(by).post(f"{url}?finding={finding}", answers)


def to_sign_off(world) -> tuple[Visit, Process]:
    visit, process = drafted(world)
    done(world.client("provider_manager_x"), the_task(process, VisitFlow.accuracy), answer="confirm")
    return visit, process


def fresh(visit: Visit) -> Visit:
    return Visit.objects.get(pk=visit.pk)


def sees(world, persona: str, url: str) -> str:
    answer = world.client(persona).get(url)
    assert answer.status_code == 200, (persona, url, answer.status_code)
    return answer.content.decode()


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
        ({"mode": ""}, "Choose how it is done"),
        ({"kind": "desktop", "notice": "unannounced"}, "so it is announced"),
        ({"standards": []}, "Choose at least one standard"),
        (date("on", dt.date(2020, 1, 1)), "must be today or in the future"),
        ({"lead": ""}, "Choose who leads it"),
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
    for name in ("visits", "visits_csv", "inbox", "actions", "actions_csv", "home"):
        for asked in ("", "?show=all", "?whose=all"):
            assert "Fellside House" not in sees(world, "provider_manager_x", reverse(name) + asked), name
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
    assert "recorded already" in again.content.decode()


def test_council_that_is_shown_the_north_s_visits_reads_and_changes_nothing(world):
    _, visit = plan(world, notice="unannounced")
    assert "Full visit" in sees(world, "officer_south", reverse("visit", args=[visit.public_id]))
    south = world.client("officer_south")
    assert south.get(record_url(visit)).status_code == 404
    assert south.post(record_url(visit), page_data(visit)).status_code == 404
    for name in ("move_visit", "cancel_visit", "arrive", "raise_visit_concern", "propose_action"):
        assert south.post(reverse(name, args=[visit.public_id]), {"reason": "x"}).status_code == 404
    assert VisitAnswer.objects.count() == 0


# --- recording


def test_record_page_saves_answers_people_and_the_day(world):
    _, visit = plan(world)
    data = visited(page_data(visit, q1={"pick": "not_assessed", "not_assessed_reason": "No time"}), today())
    data |= {"details-people_young_people": 2, "details-verbal_feedback": "Nights are thin."}
    answer = world.client("contract_officer").post(record_url(visit), data)
    assert answer.url == f"{record_url(visit)}#standard-care"
    visit = fresh(visit)
    assert (visit.state, visit.visited_on) == (Visit.State.RECORDING, today())
    assert visit.verbal_feedback == "Nights are thin."
    assert visit.people.get().number == 2
    saved = visit.answers.get()
    assert (saved.grade, saved.reason, saved.answered_by) == (
        "not_assessed",
        "No time",
        world.membership("contract_officer"),
    )


def test_record_page_can_show_only_what_is_not_answered(world):
    _, visit = plan(world)
    made.answer(world, visit, made.questions(visit)[0])
    page = sees(world, "contract_officer", f"{record_url(visit)}?show=unanswered")
    assert "Is each child known?" not in page
    assert "Is the food good?" in page
    assert "1 of 2 answered" in page


def test_wrong_answer_is_sent_back_and_the_others_are_saved(world):
    _, visit = plan(world)
    data = page_data(visit, q1={"pick": "not_applicable"}, q2={"pick": "met"})
    answer = world.client("contract_officer").post(record_url(visit), data)
    assert answer.status_code == 422
    assert "Say why this does not apply" in answer.content.decode()
    assert [row.question.code for row in visit.answers.all()] == ["1.2"]


def test_same_answers_sent_twice_are_written_once(world):
    _, visit = plan(world)
    data = page_data(visit, q1={"pick": "met", "narrative": "Seen"})
    client = world.client("contract_officer")
    assert [client.post(record_url(visit), data).status_code for _ in range(3)] == [302, 302, 302]
    assert visit.answers.get().history.count() == 1


def test_two_officers_on_one_question_see_both_values_and_choose(world):
    """Scenario 4: A saves Met, B saves Not met from a stale page."""
    made.colleague(world)
    _, visit = plan(world)
    stale = page_data(visit)
    question = made.questions(visit)[2]
    key = f"q{question.pk}"
    a = page_data(visit, q3={"pick": "met", "narrative": "Two awake"})
    assert world.client("contract_officer").post(record_url(visit), a).status_code == 302

    b, colleague = (
        stale | {f"{key}-pick": "not_met", f"{key}-narrative": "One asleep"},
        world.client("colleague"),
    )
    answer = colleague.post(record_url(visit), b)
    page = answer.content.decode()
    assert answer.status_code == 409
    for told in (
        "Two awake",
        "One asleep",
        "Keep mine",
        "Use theirs",
        "CANARY-north-people-contract_officer",
    ):
        assert told in page
    assert visit.answers.get().grade == "met"

    assert colleague.post(record_url(visit), b).status_code == 409, "still nobody has chosen"
    seen = answer.context["clashes"][0]["version"]
    chosen = b | {f"choose-{key}": "mine", f"seen-{key}": seen}
    assert colleague.post(record_url(visit), chosen).status_code == 302
    saved = visit.answers.get()
    assert (saved.grade, saved.narrative) == ("not_met", "One asleep")
    assert list(saved.history.order_by("history_id").values_list("grade", flat=True)) == ["met", "not_met"]


def test_officer_may_take_the_other_s_answer(world):
    made.colleague(world)
    _, visit = plan(world)
    stale, key = page_data(visit), f"q{made.questions(visit)[0].pk}"
    made.answer(world, visit, made.questions(visit)[0], grade="met")
    b = stale | {f"{key}-pick": "not_met", f"choose-{key}": "theirs", f"seen-{key}": 1}
    assert world.client("colleague").post(record_url(visit), b).status_code == 302
    assert visit.answers.get().grade == "met"


def test_choice_against_a_version_that_has_moved_on_is_a_clash_again(world):
    made.colleague(world)
    _, visit = plan(world)
    stale, question = page_data(visit), made.questions(visit)[0]
    key = f"q{question.pk}"
    made.answer(world, visit, question, grade="met")
    made.answer(world, visit, question, grade="partly_met", version=1)
    b = stale | {f"{key}-pick": "not_met", f"choose-{key}": "mine", f"seen-{key}": 1}
    assert world.client("colleague").post(record_url(visit), b).status_code == 409
    assert visit.answers.get().grade == "partly_met"


def test_different_questions_never_conflict_even_from_stale_pages(world):
    made.colleague(world)
    _, visit = plan(world)
    stale = page_data(visit)
    first, second = made.questions(visit)[:2]
    a = stale | {f"q{first.pk}-pick": "met"}
    b = stale | {f"q{second.pk}-pick": "not_met"}
    assert world.client("contract_officer").post(record_url(visit), a).status_code == 302
    assert world.client("colleague").post(record_url(visit), b).status_code == 302
    assert dict(visit.answers.values_list("question", "grade")) == {first.pk: "met", second.pk: "not_met"}


def test_number_of_people_that_two_wrote_differently_is_a_clash_too(world):
    made.colleague(world)
    _, visit = plan(world)
    stale = page_data(visit)
    client = world.client("contract_officer")
    client.post(record_url(visit), stale | {"details-people_staff": 3})
    answer = world.client("colleague").post(record_url(visit), stale | {"details-people_staff": 5})
    assert answer.status_code == 409
    assert visit.people.get(role="staff").number == 3


@pytest.mark.parametrize("persona", ["provider_manager_x", "provider_manager_y", "partner_contributor"])
def test_nobody_outside_the_councils_reaches_the_record(world, persona):
    _, visit = plan(world)
    client = world.client(persona)
    assert client.get(record_url(visit)).status_code == 404
    assert client.post(record_url(visit), page_data(visit, q1={"pick": "met"})).status_code == 404
    assert VisitAnswer.objects.count() == 0


def test_visit_keeps_its_version_when_the_framework_is_published_anew(world):
    _, visit = plan(world)
    version = made.small_framework()
    newer = type(version).objects.create(
        framework=version.framework, number=2, from_on=today(), published_at=timezone.now()
    )
    assert fresh(visit).framework_version == version != newer
    assert "Is each child known?" in sees(world, "contract_officer", record_url(visit))


def test_evidence_is_added_to_an_answer_and_read_by_the_councils_only(world):
    _, visit = plan(world)
    made.answer(world, visit, made.questions(visit)[0])
    url = reverse("add_visit_evidence", args=[visit.public_id])
    data = {"what": "The rota", "question": made.questions(visit)[0].pk, "names_no_child": "on"}
    client = world.client("contract_officer")
    assert client.post(url, data).status_code == 422
    answer = client.post(url, data | {"upload": files.upload(b"Monday", "rota.txt")})
    assert answer.status_code == 302
    document = reverse("document", args=[visit.evidence.get().document.public_id])
    assert world.client("team_manager").get(document).status_code == 200
    assert world.client("provider_manager_x").get(document).status_code == 404


# --- concerns


def test_immediate_concern_is_raised_at_any_stage_and_never_shown_to_the_provider(world, monkeypatch):
    started = []
    monkeypatch.setattr("inspections.visits.services.recording.run_soon", started.append)
    visit, _ = to_sign_off(world)
    url = reverse("raise_visit_concern", args=[visit.public_id])
    assert world.client("contract_officer").post(url, {}).status_code == 422
    assert world.client("contract_officer").post(url, {"text": "Nobody was awake"}).status_code == 302
    concern = VisitConcern.objects.get()
    assert (concern.text, concern.raised_by) == ("Nobody was awake", world.membership("contract_officer"))
    assert started == ["open issues from visit concerns"]
    assert "Nobody was awake" in sees(world, "contract_officer", reverse("visit", args=[visit.public_id]))
    provider = sees(world, "provider_manager_x", reverse("visit", args=[visit.public_id]))
    assert "Nobody was awake" not in provider
    assert world.client("provider_manager_x").post(url, {"text": "Me"}).status_code == 404


# --- the draft


def test_draft_is_refused_with_all_that_is_missing(world):
    _, visit = plan(world)
    task = the_task(process_of(VisitFlow, visit), VisitFlow.record)
    answer = do(world.client("contract_officer"), task)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter the day of the visit." in page
    assert "1.1, 1.2, 2.1" in page
    assert ReportVersion.objects.count() == 0


def test_standard_that_is_not_met_needs_an_action_first(world):
    _, visit = plan(world)
    answer_everything(world, visit)
    client, task = world.client("contract_officer"), the_task(process_of(VisitFlow, visit), VisitFlow.record)
    assert "at least one action for “Safety”" in do(client, task).content.decode()
    assert propose(world, visit).status_code == 302
    assert do(client, task).status_code == 302


def test_proposed_action_is_reworded_while_the_record_is_open(world):
    _, visit = plan(world)
    answer_everything(world, visit)
    propose(world, visit)
    [action] = Action.objects.all()
    url = reverse("change_proposal", args=[visit.public_id, action.public_id])
    client = world.client("contract_officer")
    assert client.post(url, {"what": "", "priority": "urgent"}).status_code == 422
    assert client.post(url, {"what": "Three are awake.", "priority": "ordinary"}).status_code == 302
    action.refresh_from_db()
    assert (action.what, action.priority) == ("Three are awake.", "ordinary")
    assert world.client("provider_manager_x").get(url).status_code == 404
    done(client, the_task(process_of(VisitFlow, visit), VisitFlow.record))
    late = client.post(url, {"what": "Four are awake.", "priority": "ordinary"})
    assert late.status_code == 422
    assert "The provider is commenting" in late.content.decode()


def test_draft_is_not_sent_where_nobody_at_the_provider_could_answer(world):
    _, visit = plan(world)
    answer_everything(world, visit, grades=("met", "met", "met"))
    for persona in ("provider_manager_x", "provider_contributor_x"):
        membership = world.membership(persona)
        membership.to_on = today()
        membership.save()
    task = the_task(process_of(VisitFlow, visit), VisitFlow.record)
    assert "Invite its manager" in do(world.client("contract_officer"), task).content.decode()


def test_draft_that_the_police_hold_is_not_sent(world):
    _, visit = plan(world)
    answer_everything(world, visit, grades=("met", "met", "met"))
    visit = fresh(visit)
    visit.held_at, visit.held_by = timezone.now(), world.membership("team_manager")
    visit.held_reason = "Police ask"
    visit.save()
    task = the_task(process_of(VisitFlow, visit), VisitFlow.record)
    assert "hold this report" in do(world.client("contract_officer"), task).content.decode()


def test_step_is_not_done_by_others_nor_twice(world):
    _, visit = plan(world)
    answer_everything(world, visit, grades=("met", "met", "met"))
    task = the_task(process_of(VisitFlow, visit), VisitFlow.record)
    for persona in ("provider_manager_x", "officer_south", "head_of_service", "social_worker"):
        assert do(world.client(persona), task).status_code == 404, persona
    made.colleague(world)
    assert do(world.client("colleague"), task).status_code == 409, "the lead has it"
    token = str(uuid.uuid4())
    officer = world.client("contract_officer")
    answers = [do(officer, task, form_token=token).status_code for _ in range(4)]
    assert answers == [302] * 4
    assert ReportVersion.objects.count() == 1
    assert do(officer, task).status_code == 409


def test_form_of_one_step_cannot_be_sent_to_another(world):
    """A provider who posts the manager's decision to its own step changes nothing but its own step."""
    visit, process = drafted(world)
    accuracy = the_task(process, VisitFlow.accuracy)
    assert do(world.client("provider_manager_x"), accuracy, decision="publish").status_code == 422
    assert fresh(visit).state == Visit.State.WITH_PROVIDER


def test_provider_reads_its_draft_and_not_the_working_papers(world):
    visit, _ = drafted(world)
    url = reverse("visit_report", args=[visit.public_id, 1])
    page = sees(world, "provider_manager_x", url)
    assert "Seen 3" in page
    assert "Comment on this" in page
    assert world.client("provider_manager_y").get(url).status_code == 404
    own = sees(world, "provider_manager_x", reverse("visit", args=[visit.public_id]))
    assert "Last visited a year ago" not in own
    assert "CANARY-north-people" not in own
    assert "Two staff are awake" in page, "the draft tells what will be asked"
    assert not Action.objects.visible_to(world.as_("provider_manager_x")).exists()


def test_report_is_a_pdf_too_for_those_who_read_it(world):
    visit, _ = drafted(world)
    url = reverse("visit_report_pdf", args=[visit.public_id, 1])
    answer = world.client("provider_manager_x").get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert world.client("provider_manager_y").get(url).status_code == 404


# --- factual accuracy


def test_window_ends_with_the_fourteenth_day_in_london(world):
    """Scenario 2: draft of 1 June, comments to 15 June 23:59; 16 June 00:05 is too late, with the reason."""
    with time_machine.travel("2027-06-01 10:00+01:00", tick=False):
        visit, process = drafted(world)
    assert visit.accuracy_due_on == dt.date(2027, 6, 15)
    with time_machine.travel("2027-06-15 23:58+01:00", tick=False):
        assert comment(world, visit).status_code == 302
    with time_machine.travel("2027-06-16 00:05+01:00", tick=False):
        late = comment(world, visit, remark="One thing more")
        assert late.status_code == 422
        assert "until the end of 15 June 2027, and that day has passed" in late.content.decode()
        task = the_task(process, VisitFlow.accuracy)
        refused = do(world.client("provider_manager_x"), task, answer="comments")
        assert refused.status_code == 422
        assert "15 June 2027" in refused.content.decode()
        run_due("fire timers")
        assert do(world.client("provider_manager_x"), task, answer="comments").status_code == 409
        again = comment(world, visit, remark="One thing more")
        assert "15 June 2027" in again.content.decode()
    assert open_steps(process) == {"answer"}, "what was said in time is answered"
    assert fresh(visit).accuracy_end == Visit.AccuracyEnd.LAPSED
    assert visit.comments.count() == 1


def test_silence_goes_on_to_sign_off_when_the_time_runs_out(world):
    visit, process = drafted(world)
    with time_machine.travel(visit.accuracy_deadline + MINUTES):
        run_due("fire timers")
        run_due("fire timers")
    assert open_steps(process) == {"sign_off"}
    assert fresh(visit).accuracy_end == Visit.AccuracyEnd.LAPSED


def test_more_time_moves_the_deadline_that_is_armed(world):
    visit, process = drafted(world)
    new = visit.accuracy_due_on + dt.timedelta(days=7)
    url, officer = reverse("extend_accuracy", args=[visit.public_id]), world.client("contract_officer")
    old = date("to", visit.accuracy_due_on) | {"reason": "Holiday"}
    assert "must be later than" in officer.post(url, old).content.decode()
    assert world.client("provider_manager_x").post(url, old).status_code == 404
    assert officer.post(url, date("to", new) | {"reason": "Holiday"}).status_code == 302
    with time_machine.travel(visit.accuracy_deadline + MINUTES):
        [told] = run_due("fire timers")
        assert told.done == 0
        assert comment(world, visit).status_code == 302
    with time_machine.travel(end_of_day(new) + MINUTES):
        more = date("to", new + dt.timedelta(days=9)) | {"reason": "More"}
        late = world.client("contract_officer").post(url, more)
        assert "more can be given only before that" in late.content.decode()
        run_due("fire timers")
    assert open_steps(process) == {"answer"}


def test_deadline_that_fires_while_more_time_is_given_leaves_the_provider_its_step(world):
    visit, process = drafted(world)
    with time_machine.travel(visit.accuracy_deadline + MINUTES):
        visit = fresh(visit)
        visit.accuracy_due_on = today() + dt.timedelta(days=3)
        visit.save()
        run_due("fire timers")
    assert open_steps(process) == {"accuracy"}
    assert fresh(visit).state == Visit.State.WITH_PROVIDER


def test_answer_must_fit_the_comments(world):
    visit, process = drafted(world)
    task, client = the_task(process, VisitFlow.accuracy), world.client("provider_manager_x")
    assert "You have made no comment yet" in do(client, task, answer="comments").content.decode()
    comment(world, visit)
    assert "You have made 1 comment:" in do(client, task, answer="confirm").content.decode()
    made_comment = AccuracyComment.objects.get()
    url = reverse("withdraw_comment", args=[visit.public_id, made_comment.public_id])
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 404
    assert do(client, task, answer="confirm").status_code == 302
    assert open_steps(process) == {"sign_off"}


@pytest.mark.parametrize("persona", ["provider_manager_y", "contract_officer", "officer_south"])
def test_only_the_visited_provider_comments(world, persona):
    visit, process = drafted(world)
    assert comment(world, visit, by=persona).status_code == 404
    assert (
        do(world.client(persona), the_task(process, VisitFlow.accuracy), answer="confirm").status_code == 404
    )


def test_comment_needs_a_finding_of_the_draft_and_a_file_that_names_no_child(world):
    visit, process = drafted(world)
    assert "no such finding" in comment(world, visit, finding="99").content.decode()
    upload = files.upload(b"Rota", "rota.txt")
    assert "cover what tells who" in comment(world, visit, upload=upload).content.decode()
    upload = files.upload(b"Rota", "rota.txt")
    assert comment(world, visit, upload=upload, names_no_child="on").status_code == 302
    url = reverse("document", args=[AccuracyComment.objects.get().document.public_id])
    assert world.client("contract_officer").get(url).status_code == 404, "it has not been sent yet"
    done(world.client("provider_manager_x"), the_task(process, VisitFlow.accuracy), answer="comments")
    assert world.client("contract_officer").get(url).status_code == 200
    assert world.client("provider_manager_y").get(url).status_code == 404


def test_council_reads_no_comment_before_it_is_sent_or_the_time_ends(world):
    visit, _ = drafted(world)
    comment(world, visit)
    pages = [reverse("visit", args=[visit.public_id]), reverse("visit_report", args=[visit.public_id, 1])]
    for url in pages:
        assert "see the rota" not in sees(world, "contract_officer", url)
        assert "see the rota" in sees(world, "provider_contributor_x", url)
    with time_machine.travel(visit.accuracy_deadline + MINUTES):
        run_due("fire timers")
    for url in pages:
        assert "see the rota" in sees(world, "contract_officer", url)


def test_nothing_is_added_after_the_answer_was_sent(world):
    visit, _ = to_sign_off(world)
    late = comment(world, visit)
    assert late.status_code == 422
    assert "has sent its answer" in late.content.decode()


def test_record_is_closed_while_the_draft_is_with_the_provider(world):
    visit, _ = drafted(world)
    client = world.client("contract_officer")
    assert client.get(record_url(visit)).status_code == 302
    answer = client.post(record_url(visit), page_data(visit, q1={"pick": "not_met"}))
    assert answer.status_code == 422
    assert "The provider is commenting" in answer.content.decode()


# --- comments, sign-off


def test_every_comment_is_answered_with_a_reason(world):
    visit, process = drafted(world)
    comment(world, visit)
    done(world.client("provider_manager_x"), the_task(process, VisitFlow.accuracy), answer="comments")
    task, pk = the_task(process, VisitFlow.answer), AccuracyComment.objects.get().pk
    officer = world.client("contract_officer")
    assert "Decide on comment 1" in do(officer, task).content.decode()
    half = do(officer, task, **{f"decision_{pk}": "rejected"})
    assert "Give a reason for your decision on comment 1" in half.content.decode()
    done(officer, task, **{f"decision_{pk}": "rejected", f"reason_{pk}": "The rota is of May."})
    told = sees(world, "contract_officer", reverse("visit", args=[visit.public_id]))
    assert "The rota is of May." in told
    assert [version.kind for version in visit.versions.order_by("number")] == ["for_provider", "for_sign_off"]
    assert (
        world.client("provider_manager_x").get(reverse("visit_report", args=[visit.public_id, 2])).status_code
        == 404
    )


def test_author_does_not_sign_off_even_as_a_manager(world):
    """Four eyes: the team manager leads this visit, so the head of service publishes it."""
    lead = world.membership("team_manager").pk
    _, visit = plan(world, lead=lead)
    answer_everything(world, visit, grades=("met", "met", "met"))
    process = process_of(VisitFlow, visit)
    done(world.client("team_manager"), the_task(process, VisitFlow.record))
    done(world.client("provider_manager_x"), the_task(process, VisitFlow.accuracy), answer="confirm")
    task = the_task(process, VisitFlow.sign_off)
    refused = do(world.client("team_manager"), task, decision="publish")
    assert refused.status_code == 422
    done(world.client("head_of_service"), task, decision="publish")
    assert fresh(visit).state == Visit.State.PUBLISHED


def test_manager_who_wrote_one_answer_does_not_sign_off(world):
    _, visit = plan(world)
    made.answer(world, visit, made.questions(visit)[0], by="team_manager")
    data = page_data(visit, q1={"pick": "met"}, q2={"pick": "met"}, q3={"pick": "met"})
    world.client("contract_officer").post(record_url(visit), visited(data, today()))
    process = process_of(VisitFlow, visit)
    done(world.client("contract_officer"), the_task(process, VisitFlow.record))
    done(world.client("provider_manager_x"), the_task(process, VisitFlow.accuracy), answer="confirm")
    task = the_task(process, VisitFlow.sign_off)
    assert do(world.client("team_manager"), task, decision="publish").status_code == 422


@pytest.mark.parametrize("persona", ["contract_officer", "provider_manager_x", "officer_south"])
def test_sign_off_is_for_those_who_may(world, persona):
    visit, process = to_sign_off(world)
    task = the_task(process, VisitFlow.sign_off)
    assert do(world.client(persona), task, decision="publish").status_code == 404
    assert fresh(visit).state == Visit.State.SIGN_OFF


def test_manager_returns_the_report_with_a_reason_and_the_officer_amends_it(world):
    visit, process = to_sign_off(world)
    manager = world.client("team_manager")
    task = the_task(process, VisitFlow.sign_off)
    assert "Say what must change" in do(manager, task, decision="return").content.decode()
    done(manager, task, decision="return", reason="Question 2.1 needs evidence.")
    assert open_steps(process) == {"amend"}
    assert "Question 2.1 needs evidence." in sees(
        world, "contract_officer", reverse("task", args=[the_task(process, VisitFlow.amend).pk])
    )
    corrected = page_data(
        visit,
        q1={"pick": "met", "narrative": "Seen 1"},
        q2={"pick": "partly_met", "narrative": "Seen 2"},
        q3={"pick": "not_met", "narrative": "Rotas of May and June"},
    )
    assert world.client("contract_officer").post(record_url(visit), corrected).status_code == 302
    done(world.client("contract_officer"), the_task(process, VisitFlow.amend))
    done(manager, the_task(process, VisitFlow.sign_off), decision="publish")
    assert "Rotas of May and June" in sees(
        world, "provider_manager_x", reverse("visit_report", args=[visit.public_id, 3])
    )
    assert (
        world.client("provider_manager_x").get(reverse("visit_report", args=[visit.public_id, 1])).status_code
        == 404
    ), "the provider keeps the published one only"
    assert "Seen 3" in sees(world, "contract_officer", reverse("visit_report", args=[visit.public_id, 1]))


def test_published_is_what_the_manager_read(world):
    visit, process = to_sign_off(world)
    read = visit.versions.latest("number")
    done(world.client("team_manager"), the_task(process, VisitFlow.sign_off), decision="publish")
    published = visit.versions.get(kind="published")
    assert published.content | {"actions": []} == read.content | {"actions": []}
    assert published.sha256 == reporting.checksum(published.content)


def test_published_report_moves_no_more(world):
    visit, process = to_sign_off(world)
    task = the_task(process, VisitFlow.sign_off)
    done(world.client("team_manager"), task, decision="publish")
    assert do(world.client("head_of_service"), task, decision="return", reason="No").status_code == 409
    answer = world.client("contract_officer").post(record_url(visit), page_data(visit))
    assert "The report is published" in answer.content.decode()


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
