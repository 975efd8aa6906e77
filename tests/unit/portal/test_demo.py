"""The demo that `make demo` builds: built once, complete, and with something on every page."""

import datetime as dt

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from viewflow.workflow.models import Process, Task

from inspections.actions.models import Action
from inspections.issues.models import ContractIssue, ImprovementPlan, IssueStage
from inspections.ofsted.models import Inspection
from inspections.self_assessments.models import SelfAssessment, State
from inspections.self_assessments.selectors import progress_status
from inspections.visits.models import Visit
from providers.documents.models import Document
from providers.notifications.models import Notification
from providers.people.middleware import ACTING_FOR
from providers.people.models import Absence, SettingLead, User
from providers.people.selectors import officer_for
from providers.purchasing.models import Application
from qa_portal.core.dates import today
from qa_portal.core.demonstration import Demonstration, is_demonstration
from qa_portal.core.due import run_due
from qa_portal.portal.demo import people as region
from qa_portal.portal.demo.clock import clock, keep_time, wind
from qa_portal.portal.demo.mail import in_files
from qa_portal.portal.demo.region import address, signed_in
from qa_portal.portal.demo.seeding import build_demo
from qa_portal.portal.demo.story.calendar import weeks_alone
from qa_portal.portal.demo.story.story_steps import setting
from qa_portal.portal.demo.tour import STOPS, of_scorecard, of_scorecard_before
from tests.conftest import as_demo
from workflows.applications.flows import ApplicationFlow, LotFlow
from workflows.recorded_inspections.flows import RecordedInspectionFlow
from workflows.shared.flow import FLOWS
from workflows.shared.models import TaskEvent
from workflows.shared.selectors import open_tasks, waiting

COUNCIL = ["directory", "ofsted_files", "inbox", "purchasing_systems", "applications", "campaigns", "visits"]
COUNCIL += ["issues", "actions", "organisations", "home"]
PROVIDER = ["directory", "inbox", "purchasing_systems", "applications", "self_assessments", "visits"]
PROVIDER += ["actions", "documents", "messages", "home"]
PAGES = {
    "officer": [*COUNCIL, "placing_counts", "known_inadequate", "messages"],
    "manager": [*COUNCIL, "placing_counts", "known_inadequate", "leads"],
    "head": [*COUNCIL, "known_inadequate", "leads"],
    "procurement": COUNCIL,
    "lado": ["directory", "issues", "visits", "organisations"],
    "provider": [*PROVIDER, "issues"],
    "ashgarth": PROVIDER,
    "admin": ["home", "directory", "ofsted_files", "leads", "shares", "visits", "issues", "actions"],
    "installation": ["directory", "ofsted_files", "code_lists", "authorities"],
}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Its last weeks, built once for the module in a transaction that is rolled back; each test undoes its own."""
    in_demo = as_demo(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), in_demo, transaction.atomic():
        assert build_demo(lambda _: None, weeks_alone) is True
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _demo(demo, db):
    """Within the module's transaction."""


pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("_demo")]


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


def test_applications_stand_at_their_stages():
    states = sorted(Application.objects.values_list("provider__name", "state"))
    assert states == [
        ("Ashgarth Residential Care Limited", "draft"),
        ("Fellside Homes Limited", "submitted"),
        ("Larkrigg Homes Limited", "submitted"),
        ("Rowanthwaite Children's Homes Ltd", "submitted"),
    ]
    open_steps = {
        task.flow_task for task in waiting() if task.process.flow_class in (ApplicationFlow, LotFlow)
    }
    assert {ApplicationFlow.check_completeness, ApplicationFlow.answer} <= open_steps
    assert {LotFlow.check_safeguarding, LotFlow.check_references, LotFlow.decide} <= open_steps
    assert LotFlow.check_exclusion in open_steps
    declared = Application.objects.get(declarations__answer=True)
    assert declared.exclusion_assessments.get().state == "self_cleaned"


def test_documents_are_pdfs_that_the_portal_took():
    documents = Document.objects.all()
    assert documents.count() >= 25
    assert {document.content_type for document in documents} == {"application/pdf"}


def test_self_assessments_stand_in_every_state_that_a_day_allows():
    standings = {progress_status(one) for one in SelfAssessment.objects.with_progress()}
    assert standings == {"not_started", "in_progress", State.SUBMITTED, State.RETURNED, State.VALIDATED}


def test_visits_stand_at_every_stage():
    states = set(Visit.objects.values_list("state", flat=True))
    assert states == set(Visit.State.values) - {Visit.State.AMENDING}
    assert Visit.objects.planned().filter(notice=Visit.Notice.UNANNOUNCED).exists()
    assert Visit.objects.published().get().versions.count() == 2


def test_actions_stand_at_their_stages_and_one_is_overdue():
    states = set(Action.objects.values_list("state", flat=True))
    assert states == set(Action.State.values) - {Action.State.CLOSED, Action.State.CANCELLED}
    assert Action.objects.overdue(today()).count() == 1
    assert Action.objects.to_agree().exists()


def test_issues_stand_at_their_stages_and_their_clocks_run():
    assert set(ContractIssue.objects.open().values_list("stage__number", flat=True)) == {0, 1, 2, 4}
    assert {"raised", "visit", "judgement"} == set(ContractIssue.objects.values_list("source", flat=True))
    assert ImprovementPlan.objects.in_hand().filter(submitted_at=None, due_on__gt=today()).exists()
    assert IssueStage.objects.get(number=4).name == "Suspension of new placements"


def test_visit_is_overdue_that_nobody_recorded():
    late = Visit.objects.planned().filter(planned_on__lt=today())
    assert [visit.setting.working_name for visit in late.select_related("setting")] == ["Larch Cottage"]


def test_recorded_inspection_waits_for_somebody_else_than_its_author():
    [task] = [task for task in waiting() if task.process.flow_class is RecordedInspectionFlow]
    assert task.flow_task == RecordedInspectionFlow.verify
    assert task.flow_task.may_do(signed_in("officer"), task)
    assert not task.flow_task.may_do(signed_in("officer2"), task)
    assert Inspection.objects.recorded_by_hand().count() == 2
    assert not Inspection.objects.filter(published_on__gt=today()).exists()


def test_messages_were_sent_to_both_sides_on_the_days_of_the_story():
    sent = Notification.objects.filter(state=Notification.State.SENT)
    for login in ("officer", "provider"):
        assert sent.filter(to=signed_in(login).membership, sent_at__lt=ten_days_ago()).exists()
    assert not sent.filter(sent_at__gt=timezone.now()).exists()


def ten_days_ago():
    return timezone.now() - dt.timedelta(days=10)


def test_history_and_steps_are_dated_on_the_days_of_the_story():
    assert Visit.history.filter(history_date__lt=ten_days_ago()).exists()
    assert TaskEvent.objects.filter(at__lt=ten_days_ago()).exists()
    assert Process.objects.filter(finished__lt=ten_days_ago()).exists()


def test_nothing_is_dated_in_the_future():
    now = timezone.now()
    for model in history_models():
        assert not model.objects.filter(history_date__gt=now).exists(), model
    assert not Task.objects.filter(created__gt=now).exists()
    assert not Task.objects.filter(finished__gt=now).exists()


def history_models():
    return [model for model in apps.get_models() if model.__name__.startswith("Historical")]


def test_mark_of_a_demo_stands_in_its_database():
    assert is_demonstration()


@pytest.mark.parametrize("stop", STOPS, ids=[stop.title for stop in STOPS])
def test_tour_is_true_for_the_person_it_names(stop):
    client = Client()
    arrived = client.post(reverse("demo_become"), {"login": stop.login, "next": stop.url}, follow=True)
    assert arrived.status_code == 200
    assert arrived.redirect_chain == [(stop.url, 302)]
    page = arrived.content.decode()
    assert stop.shows in page
    assert stop.persona.name in page


def test_tour_leads_to_paper_and_spreadsheet():
    client, page = client_of("chair"), reverse("scorecards", query={"by": "provider"})
    shown = client.get(page).content.decode()
    assert client.get(f"{reverse('scorecards_csv')}?by=provider").status_code == 200
    assert reverse("scorecards_csv") in shown
    assert client.get(f"{reverse('scorecards_pdf')}?by=provider").content.startswith(b"%PDF")


def test_tour_goes_back_to_a_day_on_which_the_home_was_not_red():
    client = client_of("officer")
    assert "Why it is red" in client.get(of_scorecard()).content.decode()
    assert "Why it is red" not in client.get(of_scorecard_before()).content.decode()


def test_partner_reads_the_scorecard_that_the_council_shares():
    assert "Westmorland and Furness Council" in client_of("nurse").get(reverse("scorecards")).content.decode()


def test_tour_page_names_every_stop():
    page = Client().get(reverse("demo_tour")).content.decode()
    assert all(f"Open as {stop.persona.name}" in page for stop in STOPS)


def test_front_page_is_where_the_signed_out_arrive_and_goes_on_to_what_they_wanted():
    arrived = Client().get(reverse("visits"), follow=True)
    page = arrived.content.decode()
    assert all(persona.name in page and persona.sees in page for persona in region.PERSONAS)
    assert f'value="{reverse("visits")}"' in page


def test_pressing_a_name_leads_to_no_other_site():
    answer = Client().post(reverse("demo_become"), {"login": "officer", "next": "https://evil.example/"})
    assert answer.url == reverse("home")


def test_one_changes_into_somebody_else_on_every_page():
    client = Client()
    client.post(reverse("demo_become"), {"login": "officer"})
    assert "Demonstration: invented people and places" in client.get(reverse("home")).content.decode()
    page = client.post(reverse("demo_become"), {"login": "chair"}, follow=True).content.decode()
    assert "Margaret Dixon" in page
    assert '<option value="chair" selected>' in page


def test_mail_with_an_invitation_can_be_read_and_taken_up():
    message = Notification.objects.filter(state=Notification.State.SENT).exclude(invitation="").first()
    page = Client().get(reverse("demo_one_mail", args=[message.public_id])).content.decode()
    assert message.to.person.user.email in page
    calendar = Client().get(reverse("demo_invitation", args=[message.public_id]))
    assert calendar.content.startswith(b"BEGIN:VCALENDAR")


def test_mails_of_the_sign_in_are_read_from_their_files(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    mail.send_mail("Choose a password", "Here: http://x/\n", None, ["somebody@demo.example"])
    page = Client().get(reverse("demo_mail")).content.decode()
    assert "Choose a password" in page
    [found] = in_files()
    assert "http://x/" in Client().get(reverse("demo_one_mail", args=[found.key])).content.decode()


def reminders():
    return Notification.objects.filter(kind__in=["action_due", "action_overdue", "deadline_near"])


def test_without_winding_no_reminder_leaves():
    run_due()
    before = reminders().count()
    run_due()
    assert reminders().count() == before


def test_winding_the_clock_sends_reminders_and_says_so_while_everybody_stays_signed_in():
    client, day = client_of("manager"), today()
    run_due()
    before = reminders().count()
    answer = client.post(reverse("demo_clock"), {"days": "7"}, follow=True)
    assert today() == day + dt.timedelta(days=7)
    assert reminders().count() > before
    page = answer.content.decode()
    assert f"In the demo it is {today():%A %-d %B %Y}" in page
    assert "Emails sent" in page
    assert client.get(reverse("inbox")).status_code == 200


def test_winding_passes_deadlines_on_their_days():
    last = ImprovementPlan.objects.in_hand().filter(submitted_at=None).latest("due_on").due_on
    wind((last - today()).days + 2)
    assert not ImprovementPlan.objects.in_hand().filter(submitted_at=None, due_on__lte=last).exists()
    fired = Task.objects.filter(flow_task_type="TIMER", status="DONE").latest("finished")
    assert timezone.localtime(fired.finished).date() == last + dt.timedelta(days=1)


def test_clock_goes_to_a_day_and_never_back():
    to = today() + dt.timedelta(days=2)
    typed = {"to_day": to.day, "to_month": to.month, "to_year": to.year}
    assert Client().post(reverse("demo_clock"), typed).status_code == 302
    assert today() == to
    assert Client().post(reverse("demo_clock"), typed).status_code == 422


def test_time_is_kept_for_whoever_asks_and_given_back():
    row, real = Demonstration.objects.get(), today()
    row.wound = dt.timedelta(days=3)
    row.save()
    keep_time()
    assert today() == real + dt.timedelta(days=3)
    clock.let_go()
    assert today() == real


@pytest.fixture(autouse=True)
def _at_the_real_time():
    yield
    clock.let_go()


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
    assert {persona.login for persona in region.PERSONAS} <= set(region.BY_LOGIN)
    assert User.objects.filter(email__in=map(address, region.SHOWN)).count() == len(region.SHOWN)
    assert open_tasks(signed_in("manager")).exists()
