"""A question set of 120 questions costs no more queries than one of three, and a campaign of 40 no more than of one."""

import pytest
from django.urls import reverse

from inspections.question_sets.models import QuestionSetProvisionType
from providers.directory.models import ProvisionType
from qa_portal.core.due import run_due
from tests.factories import self_assessments as making
from tests.factories.question_sets import question_set
from tests.flows.driving import process_of, the_task
from workflows.self_assessments.flows import SelfAssessmentFlow
from workflows.self_assessments.services import OPENING

pytestmark = pytest.mark.django_db
EVERY_REQUEST = 4  # session, user, second factor, memberships


def hundred_and_twenty_questions():
    sections = {f"s{n}": [{"code": f"{n}.{nth}"} for nth in range(12)] for n in range(10)}
    version = question_set("big", sections=sections)
    home = ProvisionType.objects.get(code="childrens_home")
    QuestionSetProvisionType.objects.create(question_set=version.question_set, provision_type=home)
    return version


@pytest.mark.parametrize(("questions", "homes"), [(making.questions, 1), (hundred_and_twenty_questions, 40)])
def test_pages_ask_as_many_queries_at_any_size(world, django_assert_max_num_queries, questions, homes):
    version = questions()
    settings = [making.home_of(world.provider_x) for _ in range(homes)]
    campaign = making.campaign(world, *settings, version=version)
    run_due(OPENING)
    sheet = campaign.assessments.first()
    step = the_task(process_of(SelfAssessmentFlow, sheet), SelfAssessmentFlow.answer)
    standard = [sheet.public_id, version.standards.first().code]
    for persona, url, most in (
        ("provider_manager_x", reverse("self_assessment", args=[sheet.public_id]), 13),
        ("provider_manager_x", reverse("self_assessment_standard", args=standard), 9),
        ("provider_manager_x", reverse("task", args=[step.pk]), 12),
        ("contract_officer", reverse("campaign", args=[campaign.public_id]), 7),
        ("contract_officer", reverse("campaigns"), 4),
        ("contract_officer", reverse("open_campaign", args=[version.question_set.code]), 6),
        ("contract_officer", reverse("question_set_version", args=[version.question_set.code, 1]), 6),
    ):
        client = world.client(persona)
        client.get(url)
        with django_assert_max_num_queries(EVERY_REQUEST + most):
            assert client.get(url).status_code == 200
