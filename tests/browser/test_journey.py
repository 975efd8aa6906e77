"""The whole of the product in one story, by its pages, as the people who use it.

A home applies to a lot, is checked and decided on; answers a self-assessment; is visited and reported on. Then Ofsted
finds it Inadequate: an import opens an issue, the provider gives a plan, and the board sees why it is red, that it
was not a month ago, and that page, PDF and CSV say the same.
"""

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass

import pytest
from django.urls import reverse
from pypdf import PdfReader

from inspections.issues.models import ContractIssue
from inspections.ofsted.importer.import_steps import APPLY, PREVIEW
from inspections.ofsted.models import RegisterFile
from inspections.self_assessments.models import SelfAssessment
from inspections.visits.models import Visit
from providers.directory.models import Setting
from providers.purchasing.models import Application, PurchasingSystem
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from tests.browser.conftest import sign_in
from tests.browser.hand import Hand, date
from tests.factories import files
from tests.factories.purchasing import a_system, acting_as
from tests.factories.register import used_at
from tests.factories.visits import small_question_set
from tests.factories.world import World, build_world
from tests.flows.driving import process_of, the_task
from tests.unit.inspections.ofsted.building import register, row
from workflows.applications.flows import ApplicationFlow, LotFlow
from workflows.issues.flows import IssueFlow
from workflows.reactions.imports import import_register
from workflows.self_assessments.flows import SelfAssessmentFlow
from workflows.self_assessments.services import OPENING
from workflows.visits.flows import VisitFlow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
URN, NAME = "SC900001", "Fellside House"
CHECKS = ("check_ofsted", "check_insurance", "check_safeguarding", "check_references")
NOT_LISTED = {"state": "no_ground", "list_finding": "None of the names is on it."}
PEOPLE = {
    "provider": "provider_manager_x",
    "procurement": "procurement_officer",
    "officer": "contract_officer",
    "manager": "team_manager",
    "administrator": "installation_administrator",
    "chair": "board_chair",
}


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request) -> bool:
    return request.param


def ago(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)


def a_file(world: World, grade: str, inspected: int, published: int) -> bytes:
    """Ofsted's file with the home; `inspected` and `published` so many days ago."""
    return register(
        row(
            urn=URN,
            owner=world.provider_x.provider.name,
            authority="Westmorland and Furness",
            grade=grade,
            inspected=f"{ago(inspected):%d/%m/%Y}",
            published=f"{ago(published):%d/%m/%Y}",
            event=f"event-{inspected}",
        )
    )


@dataclass
class Story:
    world: World
    hands: dict[str, Hand]
    system: PurchasingSystem
    home: Setting

    def __getattr__(self, who: str) -> Hand:
        return self.hands[who]

    def step(self, who: str, flow, node, subject, **answers) -> None:
        """Opens the step as the queue would, fills it in, and sends it."""
        hand, task = self.hands[who], the_task(process_of(flow, subject), node)
        hand.go("task", task.pk)
        hand.take_picture(f"step-{node.name}")
        hand.write(**answers)
        hand.send()


@pytest.fixture
def story(site, opened, scripts, settings, tmp_path):
    settings.PORTAL_URL, settings.MEDIA_ROOT = site, tmp_path / "media"
    world = build_world()
    small_question_set()
    with acting_as(world.as_("procurement_officer")):
        system = a_system(world.as_("procurement_officer"))
    import_register(by=None, content=a_file(world, "Good", 400, 370), filename="before.csv", as_at=ago(200))
    home = Setting.objects.get(urn=URN)
    home.working_name = NAME
    home.save()
    used_at(world.as_("contract_officer"), [URN], count=2)
    hands = {}
    for who, persona in PEOPLE.items():
        page = opened(scripts=scripts)
        sign_in(page, site, world.users[persona])
        hands[who] = Hand(page, site, f"journey-{'' if scripts else 'without-scripts-'}{who}")
    return Story(world, hands, system, home)


def apply(story: Story) -> Application:
    provider = story.provider
    provider.go("start_application", story.system.public_id)
    provider.press("Start the application")
    application = Application.objects.get()
    lot = story.system.lots.get()
    provider.go("application_lots", application.public_id)
    provider.write(lots=[str(lot.pk)], **{f"settings_{lot.pk}": [str(story.home.pk)]})
    provider.press("Save and continue")
    policy = {"cover_amount": "10000000", **date("from_on", ago(100)), **date("expires_on", ago(-265))}
    for kind, facts in (("public_liability", policy), ("safeguarding_policy", {})):
        provider.go("upload_for_application", application.public_id, kind)
        upload = {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}
        provider.write(upload=upload, **facts)
        provider.press("Upload")
    provider.go("application_declarations", application.public_id)
    provider.write(ground="no", debarred="no")
    provider.send()
    provider.go("send_application", application.public_id)
    provider.take_picture("application-before-sending")
    provider.press("Send the application")
    return application


def check_and_decide(story: Story, application: Application) -> None:
    story.step(
        "procurement", ApplicationFlow, ApplicationFlow.check_completeness, application, outcome="passed"
    )
    lot = application.lots.get()
    for name in CHECKS:
        policy = {"excludes_abuse": "no", "has_inner_limit": "no"} if name == "check_insurance" else {}
        story.step("officer", LotFlow, getattr(LotFlow, name), lot, outcome="passed", **policy)
    days = date("list_looked_on", today()) | date("review_on", ago(-365))
    story.step("officer", LotFlow, LotFlow.check_exclusion, lot, **NOT_LISTED, **days)
    story.step("manager", LotFlow, LotFlow.decide, lot, outcome="approved")
    story.provider.go("application", application.public_id)
    story.provider.reads("Approved")
    story.provider.open("Outcome letter")
    story.provider.take_picture("outcome-letter")


def assess_themselves(story: Story) -> None:
    story.officer.go("open_campaign", "of-visits")
    story.officer.write(
        name="This year",
        chosen=[str(story.home.pk)],
        **date("opens_on", today()),
        **date("due_on", ago(-14)),
        **date("validation_due_on", ago(-28)),
    )
    story.officer.press("Open the campaign")
    run_due(OPENING)
    assessment = SelfAssessment.objects.get()
    for standard in assessment.campaign.version.standards.all():
        story.provider.go("self_assessment_standard", assessment.public_id, standard.code)
        for question in standard.questions.all():
            story.provider.write(
                **{f"q{question.pk}-pick": "met", f"q{question.pk}-narrative": "Written in each plan"}
            )
        story.provider.press("Save and continue")
    story.step("provider", SelfAssessmentFlow, SelfAssessmentFlow.answer, assessment)
    for standard in assessment.campaign.version.standards.all():
        story.officer.go("review_standard", assessment.public_id, standard.code)
        story.officer.write(**{"all-rest": True})
        story.officer.send()
    story.step("officer", SelfAssessmentFlow, SelfAssessmentFlow.validate, assessment, decision="validate")


def visit_and_report(story: Story) -> Visit:
    officer = story.officer
    officer.go("plan_visit_of", story.home.public_id)
    standards = small_question_set().standards.all()
    officer.write(
        kind="full",
        mode="on_site",
        notice="announced",
        standards=[str(standard.pk) for standard in standards],
        lead=str(story.world.membership("contract_officer").pk),
        reason="Not visited yet",
        **date("on", today()),
    )
    officer.press("Plan the visit")
    visit = Visit.objects.get()
    officer.go("record_visit", visit.public_id)
    officer.write(**{f"details-{name}": value for name, value in date("visited_on", today()).items()})
    for standard in standards:
        for question in standard.questions.all():
            officer.write(**{f"q{question.pk}-pick": "met", f"q{question.pk}-narrative": "Seen in two files"})
    officer.take_picture("visit-record")
    officer.send()
    story.step("officer", VisitFlow, VisitFlow.record, visit)
    story.step("provider", VisitFlow, VisitFlow.accuracy, visit, answer="confirm")
    story.step("manager", VisitFlow, VisitFlow.sign_off, visit, decision="publish")
    story.provider.go("visit", visit.public_id)
    story.provider.reads("Published")
    return visit


def import_worse(story: Story) -> ContractIssue:
    administrator = story.administrator
    administrator.go("new_ofsted_file")
    worse = a_file(story.world, "Inadequate", 20, 5)
    administrator.write(upload={"name": "register.csv", "mimeType": "text/csv", "buffer": worse})
    administrator.write(**date("as_at", ago(1)))
    administrator.press("Upload and preview")
    run_due(PREVIEW)
    administrator.page.reload()
    administrator.take_picture("import-preview")
    administrator.press("Import now")
    run_due(APPLY)
    assert RegisterFile.objects.count() == 2
    return ContractIssue.objects.get()


def improve(story: Story, issue: ContractIssue) -> None:
    story.officer.go("issue", issue.public_id)
    story.officer.reads("Inadequate")
    story.officer.take_picture("issue-with-its-clock")
    told = {"told": "Ofsted found the home Inadequate.", "note": "Read the report", "severity": "high"}
    story.step("officer", IssueFlow, IssueFlow.triage, issue, outcome="2", **told)
    decided = {"approved": "yes", "reason": "The report says so", "told": "Give us your plan."}
    story.step("manager", IssueFlow, IssueFlow.decide_notice, issue, **decided)
    plan = {}
    for concern in issue.concerns.all():
        key = f"c{concern.pk}_1"
        plan |= {f"{key}_text": "A new manager from Monday", f"{key}_owner": "Responsible individual"}
        plan |= date(f"{key}_due", ago(-30))
    story.step("provider", IssueFlow, IssueFlow.plan, issue, **plan)
    story.step("officer", IssueFlow, IssueFlow.review_plan, issue, decision="accept")


def read_scorecard(story: Story) -> None:
    chair = story.chair
    chair.go("scorecards")
    chair.take_picture("scorecard")
    line = chair.page.locator("main tr", has_text=NAME)
    assert "Red" in line.inner_text() and "Inadequate" in line.inner_text()
    figures = downloaded(chair, "scorecards_csv")
    [row_of_csv] = [line for line in csv.reader(io.StringIO(figures.decode("utf-8-sig"))) if NAME in line]
    pdf = PdfReader(io.BytesIO(downloaded(chair, "scorecards_pdf")))
    words_of_pdf = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    assert NAME in words_of_pdf
    points = next(cell for cell in row_of_csv if re.fullmatch(r"\d+\.\d", cell))
    assert points in line.inner_text() and points in words_of_pdf
    assert "Red" in row_of_csv and "Red" in words_of_pdf

    chair.page.goto(f"{chair.site}{reverse('scorecards')}?as_at={ago(31).isoformat()}")
    chair.take_picture("scorecard-a-month-earlier")
    band = chair.page.locator("main tr", has_text=NAME).locator("td").first.inner_text()
    assert "Red" not in band and "Inadequate" not in band, band

    chair.go("scorecard_setting", story.home.public_id)
    chair.reads("Inadequate")
    chair.take_picture("scorecard-of-the-home")


def downloaded(hand: Hand, name: str) -> bytes:
    answer = hand.page.request.get(hand.site + reverse(name))
    assert answer.ok, answer.status
    return answer.body()


def test_home_goes_from_its_application_to_red_on_the_board_and_every_figure_has_its_reason(story):
    application = apply(story)
    check_and_decide(story, application)
    assess_themselves(story)
    visit_and_report(story)
    improve(story, import_worse(story))
    read_scorecard(story)
