"""The report of a visit: the draft, the provider's comments, and sign-off by another person."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from inspections.actions.models import Action
from inspections.visits.models import (
    AccuracyComment,
    ReportVersion,
    Visit,
)
from inspections.visits.services import reporting
from providers.people.models import Share
from providers.people.selectors import holders
from providers.people.services.memberships import reassign_work
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import end_of_day, today
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused
from tests.factories import files
from tests.factories import visits as made
from tests.flows.driving import do, done, open_steps, process_of, the_task
from tests.flows.stand_ins import let_stand_in, partner
from tests.flows.visiting import (
    MINUTES,
    answer_everything,
    comment,
    date,
    drafted,
    fresh,
    page_data,
    plan,
    propose,
    record_url,
    sees,
    to_sign_off,
    visited,
)
from workflows.visits.flows import VisitFlow

pytestmark = pytest.mark.django_db

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


def test_proposed_action_is_withdrawn_until_the_draft_is_sent_and_not_after(world):
    """The manager signs off what they read: nothing leaves a frozen draft, by the register neither."""
    _, visit = plan(world)
    answer_everything(world, visit)
    propose(world, visit)
    propose(world, visit)
    first, second = Action.objects.order_by("pk")
    client = world.client("contract_officer")

    def withdraw(action):
        url = reverse("withdraw_proposal", args=[visit.public_id, action.public_id])
        return client.post(url, {"reason": "Put right on the spot."})

    assert withdraw(first).status_code == 302
    first.refresh_from_db()
    assert (first.state, first.cancelled_reason) == ("cancelled", "Put right on the spot.")
    assert withdraw(first).status_code == 404
    done(client, the_task(process_of(VisitFlow, visit), VisitFlow.record))
    assert "The provider is commenting" in withdraw(second).text
    cancelled = client.post(reverse("cancel_action", args=[second.public_id]), {"reason": "Never mind"})
    assert cancelled.status_code == 422
    second.refresh_from_db()
    assert second.state == "proposed"


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
    assert "asked us not to share this report" in do(world.client("contract_officer"), task).content.decode()


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
        assert "The deadline for comments was the end of 15 June 2027" in late.content.decode()
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
        assert "The deadline has passed, so you cannot give more time" in late.content.decode()
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
    assert "You have not made any comments" in do(client, task, answer="comments").content.decode()
    comment(world, visit)
    assert "You have made 1 comment." in do(client, task, answer="confirm").content.decode()
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
    assert "That finding is not in the draft" in comment(world, visit, finding="99").content.decode()
    upload = files.upload(b"Rota", "rota.txt")
    assert (
        "remove anything that could identify a child" in comment(world, visit, upload=upload).content.decode()
    )
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
    assert "has already sent its response" in late.content.decode()


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


def test_manager_who_led_the_visit_signs_it_off_where_the_head_of_service_lets_them(world):
    _, visit = plan(world, lead=world.membership("team_manager").pk)
    answer_everything(world, visit, grades=("met", "met", "met"))
    propose(world, visit)
    process = process_of(VisitFlow, visit)
    done(world.client("team_manager"), the_task(process, VisitFlow.record))
    done(world.client("provider_manager_x"), the_task(process, VisitFlow.accuracy), answer="confirm")
    task = the_task(process, VisitFlow.sign_off)
    assert do(world.client("team_manager"), task, decision="publish").status_code == 422
    let_stand_in(world, task, "team_manager")
    done(world.client("team_manager"), task, decision="publish")
    assert fresh(visit).published_by == world.membership("team_manager")


def test_partner_s_officer_is_not_offered_the_recording_of_a_visit(world):
    _, visit = plan(world)
    task, manager = (
        the_task(process_of(VisitFlow, visit), VisitFlow.record),
        partner(world, Share.Kind.VISITS),
    )
    answers = {"membership": world.membership(manager).pk, "reason": "Nobody else is left"}
    refused = world.client("head_of_service").post(reverse("allow_stand_in", args=[task.pk]), answers)
    assert refused.status_code == 422
    assert "recorded by officers of your own council" in refused.text


def test_visit_s_page_warns_while_everybody_who_could_sign_it_off_goes_along(world):
    _, visit = plan(world, lead=world.membership("team_manager").pk)
    words, officer = "Nobody can sign off the report", "contract_officer"
    assert words not in sees(world, officer, reverse("visit", args=[visit.public_id]))
    for membership in holders(Permission.SIGN_OFF_VISITS, world.north):
        if membership != world.membership("team_manager"):
            membership.to_on = today()
            membership.save()
    assert words in sees(world, officer, reverse("visit", args=[visit.public_id]))
    assert words not in sees(world, "provider_manager_x", reverse("visit", args=[visit.public_id]))


def test_manager_of_a_partner_council_signs_off_this_visit_and_no_other(world):
    visit, process = to_sign_off(world)
    task, manager = the_task(process, VisitFlow.sign_off), partner(world, Share.Kind.VISITS)
    assert do(world.client(manager), task, decision="publish").status_code == 404
    let_stand_in(world, task, manager)
    assert (
        "of the report</a>. This version will be published"
        in world.client(manager).get(reverse("task", args=[task.pk])).text
    )
    done(world.client(manager), task, decision="publish")
    visit = fresh(visit)
    assert (visit.state, visit.published_by) == (Visit.State.PUBLISHED, world.membership(manager))
    opened = Action.objects.filter(source_id=visit.public_id, state=Action.State.OPEN)
    assert set(opened.values_list("council", flat=True)) <= {world.north.pk}
    with pytest.raises(Refused, match=f"Only {world.north} can change this visit"):
        reporting.return_to_officer(by=world.as_(manager), visit=visit, reason="x")


def test_manager_who_handed_the_visit_over_does_not_sign_it_off(world):
    """What they did stays theirs: the lead while it was recorded, an answer that a colleague has written anew."""
    _, visit = plan(world, lead=world.membership("team_manager").pk)
    made.answer(world, visit, made.questions(visit)[0], by="team_manager")
    reassign_work(
        by=world.as_("council_administrator"),
        of=world.membership("team_manager"),
        to=world.membership("contract_officer"),
        reason="Another case",
    )
    assert fresh(visit).lead == world.membership("contract_officer")
    answers = {
        "q1": {"pick": "partly_met", "narrative": "Seen"},
        "q2": {"pick": "met"},
        "q3": {"pick": "met"},
    }
    data = visited(page_data(fresh(visit), **answers), today())
    world.client("contract_officer").post(record_url(visit), data)
    process = process_of(VisitFlow, visit)
    done(world.client("contract_officer"), the_task(process, VisitFlow.record))
    done(world.client("provider_manager_x"), the_task(process, VisitFlow.accuracy), answer="confirm")
    task = the_task(process, VisitFlow.sign_off)
    assert do(world.client("team_manager"), task, decision="publish").status_code == 422
    done(world.client("head_of_service"), task, decision="publish")


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
