"""Who sees a visit, its papers and its reports."""

import datetime as dt

import pytest
from django.utils import timezone

from inspections.visits.models import (
    AccuracyComment,
    ReportVersion,
    Visit,
    VisitAnswer,
    VisitConcern,
    VisitStandard,
)
from inspections.visits.selectors import visit_counts
from inspections.visits.services import planning, recording, reporting
from providers.directory.models import ProviderMerger
from providers.people.models import Share
from qa_portal.core.dates import today
from tests.factories import visits as made
from tests.factories.people import ProviderFactory

pytestmark = pytest.mark.django_db


def count(model, world, persona) -> int:
    return model.objects.visible_to(world.as_(persona)).count()


@pytest.mark.parametrize(
    ("persona", "announced", "unannounced"),
    [
        ("contract_officer", 1, 1),
        ("head_of_service", 1, 1),
        ("officer_south", 1, 1),
        ("provider_manager_x", 1, 0),
        ("provider_contributor_x", 1, 0),
        ("provider_manager_y", 0, 0),
        ("social_worker", 0, 0),
        ("scrutiny_reader", 0, 0),
        ("partner_contributor", 0, 0),
    ],
)
def test_visit_is_seen_by_councils_with_a_share_and_by_the_provider_that_was_told(
    world, persona, announced, unannounced
):
    made.planned(world)
    assert count(Visit, world, persona) == announced
    Visit.objects.audited_update(notice=Visit.Notice.UNANNOUNCED)
    assert count(Visit, world, persona) == unannounced


def test_provider_sees_it_once_somebody_has_arrived(world):
    visit = made.unannounced(world)
    recording.arrive(by=world.as_("contract_officer"), visit=visit)
    assert count(Visit, world, "provider_manager_x") == 1


def test_unannounced_visit_that_was_cancelled_stays_unknown(world):
    visit = made.unannounced(world)
    planning.cancel_visit(by=world.as_("contract_officer"), visit=visit, reason="Ill")
    assert count(Visit, world, "provider_manager_x") == 0


def test_share_that_ended_shows_nothing_more(world):
    made.planned(world)
    Share.objects.audited_update(to_on=today())
    assert count(Visit, world, "officer_south") == 0


def test_provider_sees_visits_of_a_name_that_was_merged_into_it(world):
    visit = made.planned(world)
    old = ProviderFactory(name="Fellside Old Ltd")
    visit = Visit.objects.get(pk=visit.pk)
    visit.provider = old
    visit.save()
    assert count(Visit, world, "provider_manager_x") == 0
    ProviderMerger.objects.create(merged=old, into=world.provider_x.provider, on=today(), reason="One")
    assert count(Visit, world, "provider_manager_x") == 1


def test_working_papers_are_the_councils_only(world):
    visit = made.recorded(world)
    recording.raise_concern(by=world.as_("contract_officer"), visit=visit, text="Nobody awake")
    for model, rows in ((VisitAnswer, 3), (VisitStandard, 2), (VisitConcern, 1)):
        assert count(model, world, "contract_officer") == count(model, world, "officer_south") == rows
        assert count(model, world, "provider_manager_x") == 0


def published(world) -> Visit:
    visit = made.recorded(world)
    reporting.send_draft(by=world.as_("contract_officer"), visit=visit)
    manager = world.as_("provider_manager_x")
    reporting.comment_on_draft(by=manager, visit=visit, remark="Not so")
    reporting.end_accuracy(by=manager, visit=visit, nothing_to_correct=False)
    [made_comment] = AccuracyComment.objects.all()
    reporting.answer_comments(
        by=world.as_("contract_officer"), visit=visit, answers={made_comment.pk: ("rejected", "It is so")}
    )
    reporting.sign_off(by=world.as_("team_manager"), visit=visit)
    return Visit.objects.get(pk=visit.pk)


def numbers(world, persona) -> list[int]:
    seen = ReportVersion.objects.visible_to(world.as_(persona)).order_by("number")
    return list(seen.values_list("number", flat=True))


def test_staff_read_every_version_and_the_provider_the_final_one(world):
    published(world)
    assert numbers(world, "contract_officer") == numbers(world, "officer_south") == [1, 2, 3]
    assert numbers(world, "provider_manager_x") == [3]
    assert numbers(world, "provider_manager_y") == []


def test_provider_reads_its_draft_until_the_report_is_published(world):
    visit = made.recorded(world)
    assert numbers(world, "provider_manager_x") == []
    reporting.send_draft(by=world.as_("contract_officer"), visit=visit)
    assert numbers(world, "provider_manager_x") == [1]


@pytest.mark.parametrize(("until", "seen"), [(None, []), (0, []), (-1, [3])])
def test_report_that_the_police_hold_is_shown_to_no_provider(world, until, seen):
    visit = published(world)
    visit.held_at, visit.held_by = timezone.now(), world.membership("team_manager")
    visit.held_until_on = None if until is None else today() + dt.timedelta(days=until)
    visit.save()
    assert numbers(world, "provider_manager_x") == seen
    assert numbers(world, "contract_officer") == [1, 2, 3]


def test_programme_counts_what_the_person_may_see_in_one_query(world, django_assert_num_queries):
    made.planned(world)
    made.unannounced(world)
    made.recorded(world)
    published(world)
    officer = world.as_("contract_officer")
    with django_assert_num_queries(1):
        found = visit_counts(Visit.objects.visible_to(officer), today() + dt.timedelta(days=8))
    assert (found.planned, found.overdue, found.in_draft, found.published) == (2, 2, 1, 1)
    provider = Visit.objects.visible_to(world.as_("provider_manager_x"))
    assert visit_counts(provider, today()).planned == 1
