"""The demo that `make demo` builds: built once, complete, and with something on every page."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from viewflow.workflow.models import Process

from inspections.actions.models import Action
from inspections.issues.models import ContractIssue, ImprovementPlan, IssueStage
from inspections.ofsted.models import Inspection
from inspections.self_assessments.models import SelfAssessment, State
from inspections.self_assessments.selectors import standing
from inspections.visits.models import Visit
from providers.documents.models import Document
from providers.notifications.models import Notification
from providers.people.middleware import ACTING_FOR
from providers.people.models import Absence, SettingLead, User
from providers.people.selectors import officer_for
from providers.purchasing.models import Application, LotDecision
from qa_portal.core.dates import today
from qa_portal.portal import demo_people as region
from qa_portal.portal.demo_cases.build import build_demo
from qa_portal.portal.demo_cases.doing import setting
from qa_portal.portal.demo_region import address, signed_in
from workflows.onboarding.flows import LotFlow, OnboardingFlow
from workflows.ratings.flows import RatingFlow
from workflows.shared.flow import FLOWS
from workflows.shared.selectors import open_tasks, waiting

COUNCIL = ["register", "imports", "inbox", "purchasing_systems", "applications", "campaigns", "visits"]
COUNCIL += ["issues", "actions", "organisations", "home"]
PROVIDER = ["register", "inbox", "purchasing_systems", "applications", "self_assessments", "visits"]
PROVIDER += ["actions", "documents", "messages", "home"]
PAGES = {
    "officer": [*COUNCIL, "placing_counts", "known_inadequate", "messages"],
    "manager": [*COUNCIL, "placing_counts", "known_inadequate", "leads"],
    "head": [*COUNCIL, "known_inadequate", "leads"],
    "procurement": COUNCIL,
    "lado": ["register", "issues", "visits", "organisations"],
    "provider": [*PROVIDER, "issues"],
    "ashgarth": PROVIDER,
    "admin": ["home", "register", "imports", "leads", "shares", "visits", "issues", "actions"],
    "installation": ["register", "imports", "code_lists", "authorities"],
}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once for the module, in a transaction that is rolled back; each test undoes its own."""
    as_demo = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"), DEMO=True, SECOND_FACTOR_COMPULSORY=False
    )
    with django_db_blocker.unblock(), as_demo, transaction.atomic():
        assert build_demo() is True
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _demo(demo, db):
    """Within the module's transaction."""


pytestmark = pytest.mark.usefixtures("_demo")


def client_of(login: str) -> Client:
    user, client = signed_in(login), Client()
    client.force_login(user, backend="providers.people.backends.SignInBackend")
    session = client.session
    session[ACTING_FOR] = user.membership.pk
    session.save()
    return client


def rows_of_every_table() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed
    }


def test_seeding_again_changes_nothing(capsys):
    before = rows_of_every_table()
    call_command("seed_demo")
    assert "nothing changed" in capsys.readouterr().out
    assert rows_of_every_table() == before


def test_every_flow_has_a_case_and_none_has_failed():
    ours = {flow for flow in FLOWS.values() if flow.__module__.startswith("workflows.")}
    assert {process.flow_class for process in Process.objects.all()} == ours
    assert not Process.objects.filter(task__status="ERROR").exists()


def test_leads_have_deputies_and_one_of_them_answers_today():
    place = setting("Larch Cottage")
    led = SettingLead.objects.in_force(today())
    assert led.exclude(deputy=None).count() == led.count() == 8
    assert Absence.objects.in_force(today()).count() == 1
    assert officer_for(signed_in("officer").membership.organisation, place, today()) == officer("officer")


def officer(login: str):
    return signed_in(login).membership


def test_application_stands_at_each_stage():
    states = sorted(Application.objects.values_list("provider__name", "state"))
    assert states == [
        ("Ashgarth Residential Care Limited", "draft"),
        ("Fellside Homes Limited", "concluded"),
        ("Fellside Homes Limited", "submitted"),
        ("Larkrigg Homes Limited", "submitted"),
        ("Rowanthwaite Children's Homes Ltd", "submitted"),
        ("Thornbeck Homes Ltd", "concluded"),
    ]
    assert set(LotDecision.objects.values_list("outcome", flat=True)) == {"approved", "rejected"}
    open_steps = {
        task.flow_task for task in waiting() if task.process.flow_class in (OnboardingFlow, LotFlow)
    }
    assert {OnboardingFlow.check_completeness, OnboardingFlow.answer} <= open_steps
    assert {LotFlow.check_safeguarding, LotFlow.check_references, LotFlow.decide} <= open_steps


def test_documents_are_pdfs_that_the_portal_took():
    documents = Document.objects.all()
    assert documents.count() >= 25
    assert {document.content_type for document in documents} == {"application/pdf"}


def test_self_assessments_stand_in_every_state_that_a_day_allows():
    standings = {standing(one) for one in SelfAssessment.objects.with_progress()}
    assert standings == {"not_started", "in_progress", State.SUBMITTED, State.RETURNED, State.VALIDATED}


def test_visits_stand_at_every_stage():
    states = set(Visit.objects.values_list("state", flat=True))
    assert states == set(Visit.State.values) - {Visit.State.AMENDING}
    assert Visit.objects.planned().filter(notice=Visit.Notice.UNANNOUNCED).exists()
    assert Visit.objects.published().get().versions.count() == 2


def test_actions_stand_in_every_state_and_one_is_overdue():
    assert set(Action.objects.values_list("state", flat=True)) == set(Action.State.values)
    assert Action.objects.overdue(today()).count() == 1
    assert Action.objects.to_agree().exists()


def test_issues_stand_at_their_stages_and_their_clocks_run():
    assert set(ContractIssue.objects.open().values_list("stage__number", flat=True)) == {0, 1, 2, 4}
    assert ContractIssue.objects.exclude(closed_at=None).count() == 1
    assert {"raised", "visit", "judgement"} == set(ContractIssue.objects.values_list("source", flat=True))
    assert ImprovementPlan.objects.in_hand().filter(submitted_at=None, due_on__gt=today()).exists()
    assert IssueStage.objects.get(number=4).name == "Suspension of new placements"


def test_typed_inspection_waits_for_somebody_else_than_its_author():
    [task] = [task for task in waiting() if task.process.flow_class is RatingFlow]
    assert task.flow_task == RatingFlow.verify
    assert task.flow_task.may_do(signed_in("officer"), task)
    assert not task.flow_task.may_do(signed_in("officer2"), task)
    assert Inspection.objects.typed().count() == 2


def test_outbox_has_messages_for_both_sides():
    told = Notification.objects.filter(state=Notification.State.WAITING)
    for login in ("officer", "provider"):
        assert told.filter(to=signed_in(login).membership).exists()


@pytest.mark.parametrize(
    ("login", "name"), [(login, name) for login, names in PAGES.items() for name in names]
)
def test_page_has_something_to_show(login, name):
    answer = client_of(login).get(reverse(name))
    assert answer.status_code == 200
    if (login, name) != ("admin", "home"):
        assert 'scope="row"' in answer.content.decode()


def test_everybody_shown_is_tested_and_has_an_account():
    assert set(PAGES) == set(region.SHOWN)
    assert User.objects.filter(email__in=map(address, region.SHOWN)).count() == len(region.SHOWN)
    assert open_tasks(signed_in("manager")).exists()
