"""An action from proposal to verified, and every step that is refused."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from inspections.actions import services
from inspections.actions.models import MOVES, Action, ActionExtension, Source
from inspections.actions.rules import check_owner_may
from inspections.actions.services import ActionSource
from providers.documents.models import Document
from providers.documents.services import remove_contents
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today
from qa_portal.core.handover import assigned_to
from qa_portal.core.rules import Conflict, Refused
from tests.factories import actions as made
from tests.factories.documents import a_document

pytestmark = pytest.mark.django_db
NOT_THEIRS = r"^Only .+ can|^Your role does not allow this|^This .+ is not (one of yours|your organisation's)"
State = Action.State


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def step(world, action, by="provider_manager_x", **changes):
    facts = {"steps": "Recruit.", "owner_role": "Registered manager", "on": in_days(7)} | changes
    return services.write_steps(by=world.as_(by), action=action, **facts)


def test_action_goes_from_proposed_to_closed_and_keeps_who_did_what(world):
    action = made.closed(world)
    assert action.state == State.CLOSED
    assert action.proposed_by == world.membership("contract_officer")
    assert action.opened_by == world.membership("team_manager")
    assert action.steps_by == action.done_by == world.membership("provider_manager_x")
    assert action.accepted_by == world.membership("contract_officer")
    assert action.verified_by == world.membership("team_manager")
    states = list(action.history.order_by("history_id").values_list("state", flat=True))
    assert states == ["proposed", "open", "open", "open", "done", "closed"]


def test_every_state_has_its_moves():
    assert set(MOVES) == set(State)


@pytest.mark.parametrize("persona", ["provider_manager_x", "head_of_service", "partner_contributor"])
def test_only_those_who_manage_actions_propose_one(world, persona):
    with pytest.raises(Refused, match=NOT_THEIRS):
        services.propose_action(
            by=world.as_(persona),
            provider=world.provider_x.provider,
            what="More staff.",
            source=ActionSource(Source.VISIT),
        )


def test_wording_is_changed_while_it_is_a_proposal_only(world):
    officer = world.as_("contract_officer")
    action = made.proposed(world)
    changed = {"what": "Three staff.", "priority": "urgent", "due_on": in_days(5)}
    action = services.change_proposed(by=officer, action=action, **changed)
    assert (action.what, action.priority) == ("Three staff.", "urgent")
    action = services.open_action(by=officer, action=action, due_on=in_days(5))
    with pytest.raises(Refused, match="so its wording cannot change"):
        services.change_proposed(by=officer, action=action, **changed)


def test_all_proposals_of_a_source_open_together_and_keep_a_day_of_their_own(world):
    visit = ActionSource(Source.VISIT, uuid.uuid4(), "Full visit, 3 June 2026")
    own_day = made.proposed(world, source=visit, due_on=in_days(3))
    no_day = made.proposed(world, source=visit)
    other = made.proposed(world, source=ActionSource(Source.VISIT, uuid.uuid4()))
    opened = services.open_proposed(by=world.as_("team_manager"), source=visit, due_on=in_days(28))
    assert {action.pk: action.due_on for action in opened} == {own_day.pk: in_days(3), no_day.pk: in_days(28)}
    other.refresh_from_db()
    assert other.state == State.PROPOSED


def test_another_council_cannot_open_it(world):
    with pytest.raises(Refused, match="Only Westmorland and Furness"):
        services.open_action(by=world.as_("officer_south"), action=made.proposed(world), due_on=in_days(3))


def test_action_agreed_outside_a_visit_is_open_at_once(world):
    action = services.record_action(
        by=world.as_("contract_officer"),
        provider=world.provider_x.provider,
        what="Send the new rota.",
        due_on=in_days(7),
    )
    assert (action.state, action.source_kind) == (State.OPEN, Source.AGREED)


@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("provider_manager_y", "not your organisation's"),
        ("contract_officer", "Only CANARY-x-name- can do this"),
        ("officer_south", "Only CANARY-x-name- can do this"),
    ],
)
def test_only_its_provider_writes_the_steps(world, persona, sentence):
    with pytest.raises(Refused, match=sentence):
        step(world, made.opened(world), by=persona)


def test_steps_of_an_action_for_the_council_are_written_by_the_council(world):
    action = made.opened(world)
    action.owner_organisation = world.north
    action.save()
    action = step(world, action, by="contract_officer")
    assert action.steps == "Recruit."
    with pytest.raises(Refused, match="Only Westmorland"):
        services.report_done(by=world.as_("officer_south"), action=action, note="Done")


def test_contributor_of_the_provider_may_write_the_steps_too(world):
    assert step(world, made.opened(world), by="provider_contributor_x").steps == "Recruit."


def test_day_of_the_steps_is_neither_past_nor_after_the_due_day(world):
    action = made.opened(world, due_in=5)
    with pytest.raises(Refused, match="in the past"):
        step(world, action, on=in_days(-1))
    with pytest.raises(Refused, match="Choose that date or an earlier one"):
        step(world, action, on=in_days(6))


def test_provider_that_is_late_already_may_still_say_by_when(world):
    assert step(world, made.opened(world, due_in=-3), on=in_days(6)).steps_on == in_days(6)


def test_owner_is_somebody_of_the_provider(world):
    with pytest.raises(Refused, match="Choose someone from your organisation"):
        step(world, made.opened(world), owner=world.membership("provider_manager_y"))
    action = step(world, made.opened(world), owner=world.membership("provider_contributor_x"))
    assert action.owner == world.membership("provider_contributor_x")


def test_steps_that_are_agreed_can_be_changed_only_after_they_are_returned(world):
    action = made.agreed(world)
    with pytest.raises(Refused, match="has agreed"):
        step(world, action)


def test_steps_are_returned_with_a_reason_and_written_anew(world):
    action = made.planned(world)
    action = services.return_action(by=world.as_("contract_officer"), action=action, reason="One night only.")
    assert (action.state, action.returned_reason) == (State.RETURNED, "One night only.")
    assert action.history.latest().history_change_reason == "One night only."
    action = step(world, action, steps="Recruit two.")
    assert (action.state, action.accepted_at) == (State.OPEN, None)


def test_steps_are_agreed_once(world):
    action = made.agreed(world)
    for verb in (
        lambda: services.accept_steps(by=world.as_("contract_officer"), action=action),
        lambda: services.return_action(by=world.as_("contract_officer"), action=action, reason="No"),
    ):
        with pytest.raises(Refused, match="There are no steps waiting for your answer"):
            verb()


@pytest.mark.parametrize("persona", ["provider_manager_x", "officer_south", "head_of_service"])
def test_only_the_council_s_officers_agree_to_steps(world, persona):
    with pytest.raises(Refused, match=NOT_THEIRS):
        services.accept_steps(by=world.as_(persona), action=made.planned(world))


def test_nothing_is_done_before_it_is_planned_and_shown(world):
    provider = world.as_("provider_manager_x")
    with pytest.raises(Refused, match="First write what will be done"):
        services.report_done(by=provider, action=made.opened(world), note="Done")
    with pytest.raises(Refused, match="Add evidence first"):
        services.report_done(by=provider, action=made.agreed(world), note="Done")


def test_provider_s_evidence_is_a_document(world):
    with pytest.raises(Refused, match="Add a document as evidence"):
        services.add_evidence(by=world.as_("provider_manager_x"), action=made.agreed(world), what="Rota")


def test_document_is_evidence_once_and_its_own_organisation_s(world):
    action = made.agreed(world)
    ours, theirs = (a_document(world.as_(f"provider_manager_{one}")) for one in "xy")
    manager = world.as_("provider_manager_x")
    services.add_evidence(by=manager, action=action, what="Rota", document=ours)
    with pytest.raises(Refused, match="This document is already evidence for this action"):
        services.add_evidence(by=manager, action=action, what="Rota", document=ours)
    with pytest.raises(Refused, match="your own organisation"):
        services.add_evidence(by=manager, action=action, what="Rota", document=theirs)


def test_whoever_sees_the_action_reads_its_evidence_and_nobody_else(world):
    action = made.agreed(world)
    document = a_document(world.as_("provider_manager_x"))

    def readers() -> set[str]:
        people = ("contract_officer", "team_manager", "officer_south", "provider_manager_y", "board_member")
        return {who for who in people if Document.objects.visible_to(world.as_(who)).filter(pk=document.pk)}

    assert readers() == set()
    services.add_evidence(by=world.as_("provider_manager_x"), action=action, what="Rota", document=document)
    assert readers() == {"contract_officer", "team_manager", "officer_south"}


def test_evidence_that_closed_an_action_keeps_its_contents(world):
    action = made.evidenced(world)
    manager = world.as_("provider_manager_x")
    document = a_document(manager)
    services.add_evidence(by=manager, action=action, what="Rota", document=document)
    action = services.report_done(by=manager, action=action, note="Done")
    services.verify_action(by=world.as_("team_manager"), action=action, note="Seen")
    with pytest.raises(Refused, match="A decision rests on this document"):
        remove_contents(by=manager, document=document, reason="Tidying up")


def test_leaver_s_actions_are_handed_over(world):
    leaver, colleague = world.membership("provider_manager_x"), world.membership("provider_contributor_x")
    step(world, made.opened(world), owner=leaver)
    [(kind, count)] = [found for found in assigned_to(leaver) if found[0].one == "action"]
    assert kind.in_words(count) == "1 action"
    kind.hand_over(kind.held_by(leaver).get(), colleague, "She left")
    assert Action.objects.get(owner=colleague).history.latest().history_change_reason == "She left"


def test_evidence_of_another_provider_or_council_is_refused(world):
    for persona in ("provider_manager_y", "officer_south"):
        with pytest.raises(Refused, match=NOT_THEIRS):
            services.add_evidence(by=world.as_(persona), action=made.agreed(world), what="Rota")


def test_nothing_is_added_to_what_is_closed(world):
    with pytest.raises(Refused, match=r"You cannot add evidence. The action is closed"):
        services.add_evidence(by=world.as_("contract_officer"), action=made.closed(world), what="Rota")


@pytest.mark.parametrize("persona", ["contract_officer", "contract_officer_2"])
def test_whoever_asked_for_it_or_gave_its_evidence_does_not_verify_it(world, persona):
    action = made.done(world)
    with pytest.raises(Refused, match="Someone else must verify"):
        services.verify_action(by=world.as_(persona), action=action, note="Seen")


def test_whoever_did_it_does_not_verify_it(world):
    action = made.opened(world)
    action.owner_organisation = world.north
    action.save()
    action = step(world, action, by="contract_officer")
    services.add_evidence(by=world.as_("contract_officer"), action=action, what="Letter sent")
    made.second_officer(world)
    action = services.report_done(by=world.as_("contract_officer_2"), action=action, note="Sent")
    with pytest.raises(Refused, match="Someone else must verify"):
        services.verify_action(by=world.as_("contract_officer_2"), action=action, note="Seen")
    assert (
        services.verify_action(by=world.as_("team_manager"), action=action, note="Seen").state == State.CLOSED
    )


@pytest.mark.parametrize("persona", ["provider_manager_x", "officer_south", "head_of_service"])
def test_only_the_council_s_verifiers_close(world, persona):
    with pytest.raises(Refused, match=NOT_THEIRS):
        services.verify_action(by=world.as_(persona), action=made.done(world), note="Seen")


def test_what_is_not_reported_done_cannot_be_closed(world):
    with pytest.raises(Refused, match=r"You cannot do this now. The action is open"):
        services.verify_action(by=world.as_("team_manager"), action=made.evidenced(world), note="Seen")


def test_database_refuses_one_person_behind_done_and_verified(world):
    action = made.done(world)
    action.state, action.verified_at, action.verified_by = State.CLOSED, action.done_at, action.done_by
    with pytest.raises(IntegrityError, match="action_verified_by_another"), transaction.atomic():
        action.save()


def test_work_that_is_not_done_goes_back_and_comes_again(world):
    action = services.return_action(
        by=world.as_("contract_officer"), action=made.done(world), reason="The rota has gaps."
    )
    assert (action.state, action.done_at, action.done_by) == (State.RETURNED, None, None)
    action = services.report_done(by=world.as_("provider_manager_x"), action=action, note="No gaps now.")
    assert action.state == State.DONE


def test_more_time_is_a_row_with_its_reason(world):
    action = made.opened(world, due_in=5)
    services.extend_action(
        by=world.as_("contract_officer"), action=action, to=in_days(20), reason="Recruitment"
    )
    [extension] = ActionExtension.objects.visible_to(world.as_("provider_manager_x"))
    assert (extension.from_on, extension.to_on, extension.reason) == (in_days(5), in_days(20), "Recruitment")
    action.refresh_from_db()
    assert action.due_on == in_days(20)


def test_more_time_is_later_and_not_past_and_not_for_the_provider_to_give(world):
    action = made.opened(world, due_in=-9)
    officer = world.as_("contract_officer")
    with pytest.raises(Refused, match="must be later than"):
        services.extend_action(by=officer, action=action, to=in_days(-9), reason="?")
    with pytest.raises(Refused, match="in the past"):
        services.extend_action(by=officer, action=action, to=in_days(-2), reason="?")
    with pytest.raises(Refused, match="Only Westmorland"):
        services.extend_action(by=world.as_("provider_manager_x"), action=action, to=in_days(9), reason="?")
    with pytest.raises(Refused, match="You cannot give more time"):
        services.extend_action(by=officer, action=made.done(world), to=in_days(99), reason="?")


def test_cancelled_action_keeps_its_reason_and_moves_no_more(world):
    officer = world.as_("contract_officer")
    action = services.cancel_action(by=officer, action=made.opened(world), reason="The home has closed.")
    assert (action.state, action.cancelled_reason) == (State.CANCELLED, "The home has closed.")
    with pytest.raises(Refused, match=r"You cannot do this now. The action is cancelled"):
        step(world, action)
    with pytest.raises(Refused, match=r"You cannot do this now. The action is done"):
        services.cancel_action(by=officer, action=made.done(world), reason="No")


def test_proposal_is_cancelled_by_no_one_but_its_draft(world):
    officer, action = world.as_("contract_officer"), made.proposed(world)
    with pytest.raises(Refused, match="This action is in a draft report"):
        services.cancel_action(by=officer, action=action, reason="Changed my mind")
    action = services.withdraw_proposed(by=officer, action=action, reason="Changed my mind")
    assert (action.state, action.cancelled_reason) == (State.CANCELLED, "Changed my mind")
    with pytest.raises(Refused, match="no longer a proposal"):
        services.withdraw_proposed(by=officer, action=made.opened(world), reason="No")


def test_proposals_are_opened_with_one_lock_for_all_of_them(world):
    officer, source = world.as_("contract_officer"), ActionSource(Source.VISIT, uuid.uuid4())
    for _ in range(3):
        made.proposed(world, source=source)
    with CaptureQueriesContext(connection) as asked:
        opened = services.open_proposed(by=officer, source=source, due_on=in_days(9))
    assert [action.state for action in opened] == [State.OPEN] * 3
    read = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    assert sum('FROM "inspections_action"' in sql for sql in read) == 1


def test_step_on_an_older_version_is_a_conflict(world):
    action = made.planned(world)
    read_before = Action.objects.get(pk=action.pk)
    services.accept_steps(by=world.as_("contract_officer"), action=action)
    with pytest.raises(Conflict, match="This action was changed by somebody else"):
        services.return_action(by=world.as_("contract_officer"), action=read_before, reason="No")


def test_role_that_manages_no_actions_changes_none_of_its_own_council(world):
    with pytest.raises(Refused, match="Your role does not allow this"):
        services.extend_action(
            by=world.as_("scrutiny_reader"), action=made.opened(world), to=in_days(40), reason="Ill"
        )


def test_only_a_council_asks_a_provider_to_act(world, monkeypatch):
    """The service holds alone: today no role outside councils manages actions."""
    monkeypatch.setattr(services, "check_may", lambda user, permission: None)
    with pytest.raises(Refused, match="Only a council can ask a provider to act"):
        services.propose_action(
            by=world.as_("provider_manager_x"),
            provider=world.provider_x.provider,
            what="Send the rota.",
            source=ActionSource(Source.AGREED),
        )


def test_plan_is_accepted_by_the_council_that_asked_for_it_only(world):
    with pytest.raises(Refused, match=f"Only {world.north} can accept this plan"):
        services.record_undertaken_steps(
            by=world.as_("officer_south"),
            council=world.north,
            provider=world.provider_x.provider,
            setting=None,
            source=ActionSource(Source.ISSUE),
            undertaken=[services.UndertakenStep(what="Send the rota.", due_on=in_days(7))],
        )
    assert not Action.objects.exists()


def test_nothing_is_closed_without_evidence(world):
    """The rule of the second person holds alone, also where work was reported done before this rule."""
    action = made.planned(world)
    Action.objects.filter(pk=action.pk).audited_update(
        state=State.DONE, done_at=action.steps_at, done_by=action.steps_by
    )
    with pytest.raises(Refused, match="This action has no evidence"):
        services.verify_action(
            by=world.as_("team_manager"), action=Action.objects.get(pk=action.pk), note="Seen"
        )


def test_provider_s_person_without_the_right_to_answer_does_nothing_to_an_action(world):
    action, by = made.opened(world), world.as_("provider_manager_x")
    check_owner_may(by, action)
    by.scope = replace(by.scope, permissions=by.scope.permissions - {Permission.ANSWER_FOR_PROVIDER})
    with pytest.raises(Refused, match="Your role does not allow this"):
        check_owner_may(by, action)
