"""The queue and what people do with it: whose work it is, take, return, give away, stand in, be away."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse
from viewflow.workflow.status import STATUS

from providers.people import roles
from providers.people.membership_context import activate_membership
from providers.people.models import Absence, SettingLead, Share, User
from qa_portal.core import handover
from qa_portal.core.dates import end_of_day, today
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused
from tests.factories.people import MembershipFactory, council
from tests.factories.world import join
from tests.flows.driving import do, done, the_task
from tests.parcels.flows import ParcelFlow
from workflows.shared.models import Case, StandIn, TaskEvent
from workflows.shared.rules import barred_later, nobody_left
from workflows.shared.services import allow_stand_in, hand_over, reassign

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def task(start):
    return the_task(start(), ParcelFlow.weigh)


def inbox(world, persona, **asked) -> str:
    answer = world.client(persona).get(reverse("inbox"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def post(world, persona, name, task, **answers):
    return world.client(persona).post(reverse(name, args=[task.pk]), answers)


def test_queue_shows_what_i_may_take_and_not_what_is_others(world, task):
    assert "Weigh the parcel" in inbox(world, "contract_officer")
    assert "You have no tasks" in inbox(world, "procurement_officer")
    assert "You have no tasks" in inbox(world, "provider_manager_x")


def test_queue_of_the_organisation_shows_whoever_shares_out_everything(world, task, colleague):
    post(world, "colleague", "take_task", task)
    assert "Weigh the parcel" not in inbox(world, "contract_officer")
    assert "Second Officer" in inbox(world, "team_manager", whose="organisation")


def test_all_i_may_see_includes_what_waits_for_the_provider(world, start):
    process = start()
    for node, answers in ((ParcelFlow.weigh, {"weight": 1}), (ParcelFlow.pack, {}), (ParcelFlow.label, {})):
        done(world.client("contract_officer"), the_task(process, node), **answers)
    assert "Answer for the provider" not in inbox(world, "contract_officer")
    page = inbox(world, "contract_officer", whose="all")
    assert "Answer for the provider" in page
    assert "With CANARY-x-name-" in page
    assert "Answer for the provider" in inbox(world, "provider_manager_x")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"flow": "parcel"}, True),
        ({"flow": "box"}, False),
        ({"setting": "no such home"}, False),
        ({"setting": "Fell View"}, True),
        ({"setting": "canary-x-NAME"}, True),
        ({"due": "overdue"}, False),
        ({"flow": "nonsense"}, True),
    ],
)
def test_queue_is_narrowed(asked, found, world, task):
    assert ("Weigh the parcel<" in inbox(world, "contract_officer", **asked)) is found


@pytest.mark.parametrize("words", ["fell view", "withheld by", "SC400200", "x-name"])
def test_step_is_found_by_the_names_of_its_setting_its_urn_and_its_provider(words, world, start, home):
    home.working_name, home.ofsted_name, home.urn = "Fell View", "Withheld by Ofsted", "SC400200"
    home.save()
    start()
    assert "Weigh the parcel<" in inbox(world, "contract_officer", setting=words)


def test_overdue_step_says_so_in_words(world, task):
    with time_machine.travel(task.clock.due_at + DAY):
        assert "Overdue" in inbox(world, "contract_officer", due="overdue")


def test_step_due_within_a_week_says_so_and_a_later_one_does_not(world, task):
    with time_machine.travel(task.clock.due_at - 3 * DAY):
        assert "Due soon" in inbox(world, "contract_officer", due="soon")
    task.clock.due_at += 30 * DAY
    task.clock.save()
    assert "Due soon" not in inbox(world, "contract_officer")
    assert "Nothing matches" in inbox(world, "contract_officer", due="soon")


def test_step_is_due_five_working_days_from_its_arrival(start):
    with time_machine.travel(dt.datetime(2026, 12, 23, 12, tzinfo=dt.UTC)):
        task = the_task(start(), ParcelFlow.weigh)
    assert task.clock.due_at == end_of_day(dt.date(2027, 1, 4))


def test_step_is_taken_and_returned_with_a_reason(world, task):
    assert post(world, "contract_officer", "take_task", task).status_code == 302
    task.refresh_from_db()
    assert task.owner == world.users["contract_officer"]
    assert task.assigned
    assert post(world, "contract_officer", "return_task", task).status_code == 422
    assert post(world, "contract_officer", "return_task", task, reason="On leave").status_code == 302
    task.refresh_from_db()
    assert (task.owner, task.status) == (None, STATUS.NEW)
    last = TaskEvent.objects.filter(task_id=task.pk).last()
    assert (last.reason, last.from_status, last.to_status) == ("On leave", "ASSIGNED", "NEW")
    assert last.person_id == world.users["contract_officer"].person_id
    assert last.organisation_id == world.north.pk


def test_return_sent_twice_leads_where_it_led_before(world, task):
    post(world, "contract_officer", "take_task", task)
    answers = {"reason": "On leave", "form_token": uuid.uuid4()}
    first = post(world, "contract_officer", "return_task", task, **answers)
    again = post(world, "contract_officer", "return_task", task, **answers)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first.headers["Location"] == again.headers["Location"]
    assert TaskEvent.objects.filter(task_id=task.pk, reason="On leave").count() == 1


def test_somebody_else_s_receipt_opens_nothing(world, task, colleague):
    post(world, "contract_officer", "take_task", task)
    answers = {"reason": "On leave", "form_token": uuid.uuid4()}
    post(world, "contract_officer", "return_task", task, **answers)
    assert post(world, "colleague", "return_task", task, **answers).status_code == 404


def test_reasons_stay_with_the_council_that_gave_them(world, task):
    post(world, "contract_officer", "take_task", task)
    post(world, "contract_officer", "return_task", task, reason="Ill since Monday")
    url = reverse("case", args=[task.process_id])
    assert "Ill since Monday" in world.client("team_manager").get(url).content.decode()
    reader = world.client("officer_south").get(url)
    assert reader.status_code == 200
    assert "Ill since Monday" not in reader.content.decode()


def test_nobody_returns_a_colleague_s_step(world, task, colleague):
    post(world, "colleague", "take_task", task)
    assert post(world, "contract_officer", "return_task", task, reason="Mine").status_code == 404


def test_manager_gives_a_step_to_somebody_who_can_do_it(world, task, colleague):
    to = world.membership("colleague").pk
    assert post(world, "contract_officer", "reassign_task", task, to=to, reason="Busy").status_code == 404
    assert post(world, "team_manager", "reassign_task", task, to=to, reason="Busy").status_code == 302
    task.refresh_from_db()
    assert task.owner == colleague
    page = world.client("team_manager").get(reverse("case", args=[task.process_id])).content.decode()
    assert "Busy" in page


def test_a_step_is_not_given_to_somebody_whose_role_cannot_do_it(world, task):
    manager = world.as_("team_manager")
    with pytest.raises(Refused, match="cannot do this step"):
        reassign(by=manager, task=task, to=world.membership("social_worker"), reason="Busy")
    with pytest.raises(Refused, match="your own organisation"):
        reassign(
            by=world.as_("administrator_south"), task=task, to=world.membership("officer_south"), reason=""
        )


def leaves_nobody_for(world, task, persona: str) -> list[str]:
    return nobody_left(barred_later(task), world.users[persona].person_id)


def test_whoever_would_leave_nobody_for_the_check_is_warned_and_so_is_whoever_gives_it_to_them(world, start):
    task = the_task(start(), ParcelFlow.weigh)
    assert leaves_nobody_for(world, task, "team_manager") == []
    held = world.membership("head_of_service")
    held.to_on = today()
    held.save()
    assert leaves_nobody_for(world, task, "team_manager") == ["Check the parcel"]
    assert leaves_nobody_for(world, task, "contract_officer") == []
    client, name = world.client("team_manager"), world.users["team_manager"].person.name
    page = client.get(reverse("take_task", args=[task.pk])).text
    assert "nobody is left who may do: Check the parcel" in page
    page = client.get(reverse("reassign_task", args=[task.pk])).text
    assert f"If {name} does this step, nobody is left who may do: Check the parcel" in page
    assert page.count("nobody is left") == 1


def at_the_check(world, start):
    process = start()
    done(world.client("team_manager"), the_task(process, ParcelFlow.weigh), weight=1)
    for node in (ParcelFlow.pack, ParcelFlow.label):
        done(world.client("team_manager"), the_task(process, node))
    done(world.client("provider_manager_x"), the_task(process, ParcelFlow.answer), verdict="seen")
    return the_task(process, ParcelFlow.check)


def test_head_of_service_lets_the_same_person_check_and_the_reason_is_kept(world, start):
    check = at_the_check(world, start)
    manager = world.client("team_manager")
    assert do(manager, check, verdict="fine").status_code == 422
    answers = {"membership": world.membership("team_manager").pk, "reason": "Everybody else is ill"}
    assert post(world, "team_manager", "allow_stand_in", check, **answers).status_code == 404
    assert post(world, "head_of_service", "allow_stand_in", check, **answers).status_code == 302
    kept = StandIn.objects.get()
    assert (kept.kind, kept.reason) == (StandIn.Kind.OVERRIDE, "Everybody else is ill")
    done(manager, check, verdict="fine")


def test_officer_of_a_partner_council_stands_in_for_one_step_and_no_other(world, start):
    join(world, "manager_south", world.south, roles.TeamManager, "south-people")
    Share.objects.filter(owner=world.north, kind=Share.Kind.VISITS).delete()
    check = at_the_check(world, start)
    partner = world.client("manager_south")
    assert do(partner, check, verdict="fine").status_code == 404
    answers = {"membership": world.membership("manager_south").pk, "reason": "Only one manager here"}
    assert post(world, "head_of_service", "allow_stand_in", check, **answers).status_code == 422
    Share.objects.create(owner=world.north, reader=world.south, kind=Share.Kind.VISITS, from_on=today())
    answers = {"membership": world.membership("manager_south").pk, "reason": "Only one manager here"}
    assert post(world, "head_of_service", "allow_stand_in", check, **answers).status_code == 302
    assert "Check the parcel" in inbox(world, "manager_south")
    other = the_task(start(), ParcelFlow.weigh)
    assert do(partner, other, weight=1).status_code == 404
    assert Case.objects.visible_to(world.as_("manager_south")).filter(pk=check.process_id).exists()
    elsewhere = MembershipFactory(
        person=world.users["manager_south"].person,
        organisation=council("Leicestershire"),
        role=roles.TeamManager.key,
    )
    user = User.objects.get(pk=world.users["manager_south"].pk)
    activate_membership(user, elsewhere)
    assert not Case.objects.visible_to(user).filter(pk=check.process_id).exists()
    elsewhere.to_on = elsewhere.from_on
    elsewhere.save()
    done(partner, check, verdict="fine")


@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("social_worker", "Their role does not allow this step."),
        ("provider_manager_x", "Their role does not allow this step."),
    ],
)
def test_stand_in_must_hold_what_the_step_asks_for(persona, sentence, world, start):
    check = at_the_check(world, start)
    with pytest.raises(Refused, match=sentence):
        allow_stand_in(
            by=world.as_("head_of_service"), task=check, membership=world.membership(persona), reason="x"
        )


def test_nobody_lets_themselves_stand_in_nor_anybody_twice(world, start):
    check, head = at_the_check(world, start), world.as_("head_of_service")
    with pytest.raises(Refused, match="Somebody else must allow"):
        allow_stand_in(by=head, task=check, membership=world.membership("head_of_service"), reason="x")
    manager = world.membership("team_manager")
    allow_stand_in(by=head, task=check, membership=manager, reason="x")
    with pytest.raises(Refused, match="may stand in for this step already"):
        allow_stand_in(by=head, task=check, membership=manager, reason="x")


@pytest.fixture
def leads(world, home, colleague):
    return SettingLead.objects.create(
        council=world.north,
        setting=home,
        lead=world.membership("contract_officer"),
        deputy=world.membership("colleague"),
        from_on=today() - DAY,
    )


def away(membership, start=0, days=3):
    return Absence.objects.create(
        membership=membership, from_on=today() + start * DAY, to_on=today() + (start + days) * DAY
    )


def test_step_goes_to_the_lead_officer_and_while_away_to_the_deputy(world, leads, start):
    assert the_task(start(), ParcelFlow.weigh).owner == world.users["contract_officer"]
    away(world.membership("contract_officer"))
    assert the_task(start(), ParcelFlow.weigh).owner == world.users["colleague"]
    away(world.membership("colleague"))
    assert the_task(start(), ParcelFlow.weigh).owner is None


def test_step_in_the_hands_of_somebody_who_goes_away_reaches_the_deputy_once(world, leads, start):
    task = the_task(start(), ParcelFlow.weigh)
    away(world.membership("contract_officer"), start=1)
    run_due("hand on the work of the absent")
    task.refresh_from_db()
    assert task.owner == world.users["contract_officer"]
    with time_machine.travel(end_of_day(today()) + DAY / 2):
        run_due("hand on the work of the absent")
        [second] = run_due("hand on the work of the absent")
    task.refresh_from_db()
    assert task.owner == world.users["colleague"]
    assert second.done == 0
    assert TaskEvent.objects.filter(task_id=task.pk).last().reason == "Away"


def test_leaver_s_steps_are_counted_and_handed_over(world, task, colleague):
    post(world, "contract_officer", "take_task", task)
    leaver = world.membership("contract_officer")
    assert ("1 step of a process") in [kind.in_words(count) for kind, count in handover.assigned_to(leaver)]
    hand_over(task, world.membership("colleague"), "Leaves the council")
    task.refresh_from_db()
    assert task.owner == colleague


def test_leaver_s_step_goes_back_to_all_when_the_colleague_cannot_do_it(world, task):
    post(world, "contract_officer", "take_task", task)
    hand_over(task, world.membership("social_worker"), "Leaves the council")
    task.refresh_from_db()
    assert (task.owner, task.status) == (None, STATUS.NEW)
