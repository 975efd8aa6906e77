"""Planning, moving and cancelling a visit, and every plan that is refused."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from inspections.actions.models import Action
from inspections.question_sets.selectors import questions_of
from inspections.visits.models import Visit
from inspections.visits.services import planning
from inspections.visits.services.recording import arrive
from providers.directory.models import Authority, ProvisionType, SettingOwnership
from qa_portal.core.dates import today
from qa_portal.core.handover import assigned_to
from qa_portal.core.rules import Refused
from tests.factories import visits as made
from tests.factories.register import SettingFactory, used_by

pytestmark = pytest.mark.django_db
NOT_THEIRS = r"^Only .+ can|^Your role does not allow this|^This .+ is not (one of yours|your organisation's)"


def plan(world, by="contract_officer", **plan):
    version = made.small_question_set()
    facts = {
        "setting": made.home_of_x(world),
        "kind": Visit.Kind.FULL,
        "mode": Visit.Mode.ON_SITE,
        "notice": Visit.Notice.ANNOUNCED,
        "on": today(),
        "lead": world.membership("contract_officer"),
        "standards": list(version.standards.all()),
    }
    return planning.plan_visit(by=world.as_(by), plan=planning.VisitPlan(**facts | plan))


def test_plan_keeps_the_version_the_owner_and_the_council_of_the_day(world):
    visit = plan(world)
    assert visit.question_set_version == made.small_question_set()
    assert (visit.provider, visit.council) == (world.provider_x.provider, world.north)
    assert [one.standard.code for one in visit.scope.all()] == ["care", "safety"]


def test_focused_visit_looks_at_some_standards_only(world):
    [care] = made.small_question_set().standards.filter(code="care")
    visit = plan(world, kind=Visit.Kind.FOCUSED, standards=[care])
    [safety] = questions_of(made.small_question_set().standards.filter(code="safety"))
    with pytest.raises(Refused, match="That standard is not part of this visit"):
        made.answer(world, visit, safety)


def test_desktop_review_is_nowhere_and_nobody_arrives(world):
    visit = plan(world, kind=Visit.Kind.DESKTOP)
    assert visit.mode == ""
    with pytest.raises(Refused, match="A desktop review has no arrival to record"):
        arrive(by=world.as_("contract_officer"), visit=visit)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"on": dt.date(2020, 1, 1)}, "The date of the visit cannot be in the past"),
        ({"kind": "desktop", "notice": "unannounced"}, "so it must be announced"),
        ({"mode": ""}, "on site or virtual"),
        ({"standards": []}, "at least one standard"),
    ],
)
def test_plan_that_makes_no_sense_is_refused(world, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        plan(world, **changes)


@pytest.mark.parametrize("persona", ["head_of_service", "provider_manager_x", "partner_contributor"])
def test_only_officers_plan(world, persona):
    with pytest.raises(Refused, match=NOT_THEIRS):
        plan(world, by=persona)


def test_lead_records_visits_for_the_council(world):
    for persona in ("head_of_service", "officer_south", "provider_manager_x"):
        with pytest.raises(Refused, match="Choose a lead who can record visits for your council"):
            plan(world, lead=world.membership(persona))


def test_setting_without_a_question_set_or_an_owner_is_not_visited(world):
    centre = ProvisionType.objects.get(code="residential_family_centre")
    with pytest.raises(Refused, match="There is no question set for settings of this type"):
        plan(world, setting=made.home_of_x(world, provision_type=centre))
    homeless = made.home_of_x(world)
    SettingOwnership.objects.filter(setting=homeless).audited_update(to_on=today())
    with pytest.raises(Refused, match="who owns this setting"):
        plan(world, setting=homeless)


def test_visit_moves_with_a_reason_and_only_before_it_has_begun(world):
    visit = plan(world)
    officer = world.as_("contract_officer")
    moved = planning.move_visit(by=officer, visit=visit, on=today() + dt.timedelta(days=9), reason="Snow")
    assert moved.history.latest().history_change_reason == "Snow"
    with pytest.raises(Refused, match="The date of the visit cannot be in the past"):
        planning.move_visit(by=officer, visit=visit, on=dt.date(2020, 1, 1), reason="?")
    made.answer(world, visit, made.questions(visit)[0])
    with pytest.raises(Refused, match="The visit has started"):
        planning.move_visit(by=officer, visit=visit, on=today(), reason="?")
    with pytest.raises(Refused, match="Only Westmorland"):
        planning.move_visit(by=world.as_("officer_south"), visit=visit, on=today(), reason="?")


def test_actions_of_a_cancelled_visit_are_cancelled_with_it(world):
    visit = made.recorded(world, grades=("met", "met", "not_met"))
    planning.cancel_visit(by=world.as_("contract_officer"), visit=visit, reason="The home has closed")
    [action] = Action.objects.all()
    assert (action.state, action.cancelled_reason) == (Action.State.CANCELLED, "The home has closed")


def test_database_refuses_a_visit_of_nothing_and_one_of_two_things(world):
    visit = plan(world)
    for changes, constraint in (
        ({"provider": None}, "visit_has_a_subject"),
        ({"service": "RESPECT"}, "visit_has_a_subject"),
        ({"kind": "desktop"}, "visit_is_somewhere_unless_desktop"),
        ({"state": "published"}, "visit_published_when"),
        ({"state": "cancelled"}, "visit_cancelled_when"),
        ({"accuracy_end": "lapsed"}, "visit_accuracy_ends_somehow"),
        ({"accuracy_due_on": today()}, "visit_draft_has_its_days"),
    ):
        row = Visit.objects.get(pk=visit.pk)
        for name, value in changes.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            row.save()


def test_leaver_s_visits_are_handed_over(world):
    visit = plan(world)
    leaver = world.membership("contract_officer")
    [(kind, count)] = [found for found in assigned_to(leaver) if found[0].one == "monitoring visit"]
    assert count == 1
    kind.hand_over(kind.held_by(leaver).get(), world.membership("team_manager"), "She left")
    assert Visit.objects.get(pk=visit.pk).lead == world.membership("team_manager")


def test_overdue_is_the_day_after_and_only_what_has_not_begun(world):
    visit = plan(world)
    assert not Visit.objects.overdue(today()).exists()
    tomorrow = today() + dt.timedelta(days=1)
    assert list(Visit.objects.overdue(tomorrow)) == [visit]
    made.answer(world, visit, made.questions(visit)[0])
    assert not Visit.objects.overdue(tomorrow).exists()
    assert Visit.objects.in_draft().count() == 1


def test_home_elsewhere_is_visited_once_the_council_uses_it(world):
    elsewhere = SettingFactory(
        owner=world.provider_x.provider, authority=Authority.objects.get(name="Leicestershire")
    )
    with pytest.raises(Refused, match="neither hosts"):
        plan(world, setting=elsewhere)
    used_by(world.as_("placements_officer"), elsewhere)
    assert plan(world, setting=elsewhere).setting == elsewhere
