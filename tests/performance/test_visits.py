"""Pages of visits and actions ask as many queries at any size, and a large question set opens fast and small."""

import gzip

import pytest
from django.urls import reverse

from inspections.question_sets.models import QuestionSetProvisionType
from inspections.visits.models import Visit
from providers.directory.models import ProvisionType
from tests.factories import actions, visits
from tests.factories.question_sets import question_set
from tests.unit.portal.directory.building import queries_of

pytestmark = pytest.mark.django_db
EVERY_REQUEST = 4  # session, user, second factor, memberships
LARGEST_PAGE = 200_000


def large_question_set() -> None:
    """120 questions in ten standards, asked of children's homes."""
    sections = {f"standard-{n}": [{"prompt": f"Question {n}.{m}?"} for m in range(12)] for n in range(10)}
    homes = ProvisionType.objects.get(code="childrens_home")
    QuestionSetProvisionType.objects.filter(provision_type=homes).delete()
    version = question_set("of-visits", sections=sections)
    QuestionSetProvisionType.objects.create(question_set=version.question_set, provision_type=homes)


def test_list_of_visits_asks_as_many_queries_at_any_size(world):
    client = world.client("contract_officer")
    visits.planned(world)
    first = queries_of(client, reverse("visits"))
    for _ in range(12):
        visits.planned(world)
    assert queries_of(client, reverse("visits")) == first <= EVERY_REQUEST + 6


def test_page_of_a_visit_asks_as_many_queries_for_one_answer_as_for_all(world):
    client = world.client("contract_officer")
    visit = visits.planned(world)
    visits.answer(world, visit, visits.questions(visit)[0])
    url = reverse("visit", args=[visit.public_id])
    first = queries_of(client, url)
    visits.recorded(world, visit=Visit.objects.get(pk=visit.pk), grades=("partly_met", "met", "not_met"))
    for _ in range(5):
        visits.propose(world, visit, visits.questions(visit)[0].standard)
    assert queries_of(client, url) <= first + 2
    assert first <= EVERY_REQUEST + 28


def test_record_of_120_questions_opens_in_few_queries_and_is_small(world):
    large_question_set()
    visit = visits.planned(world)
    client, url = world.client("contract_officer"), reverse("record_visit", args=[visit.public_id])
    assert queries_of(client, url) <= EVERY_REQUEST + 12
    page = client.get(url).content
    assert page.count(b"govuk-radios__input") == 120 * 5
    assert len(gzip.compress(page)) < LARGEST_PAGE


def test_page_of_an_action_asks_as_many_queries_for_more_evidence(world):
    action = actions.evidenced(world)
    client, url = world.client("contract_officer"), reverse("action", args=[action.public_id])
    first = queries_of(client, url)
    for n in range(5):
        actions.services.add_evidence(by=world.as_("contract_officer_2"), action=action, what=f"Rota {n}")
    assert queries_of(client, url) <= first
