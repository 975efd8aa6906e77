"""A region of any size with evidence in every area, the same for the same size, whatever the database.

Written straight into the tables with their history: no flow runs. References follow from what a row is of.
"""

import datetime as dt
import uuid
from itertools import cycle

from django.db import connection

from inspections.actions.models import Action, Source
from inspections.issues.models import ContractIssue, IssueStage, StageMove
from inspections.ofsted.models import Inspection, Judgement
from inspections.question_sets.models import QuestionSetVersion
from inspections.question_sets.selectors import questions_of, standards_of
from inspections.self_assessments.models import (
    Campaign,
    CouncilValidation,
    SelfAssessment,
    SelfAssessmentAnswer,
    Submission,
)
from inspections.visits.models import ReportVersion, Visit, VisitAnswer
from providers.directory.models import (
    Authority,
    Grade,
    InspectionType,
    Provider,
    ProvisionType,
    Setting,
    SettingOwnership,
)
from providers.documents.document_kinds import DocumentKind
from providers.documents.models import Document
from providers.people.models import Membership, Organisation
from qa_portal.core.dates import at_london
from tests.factories.question_sets import question_set

TODAY = dt.date(2026, 6, 1)
A_YEAR = dt.timedelta(days=365)
GRADES = ("outstanding", "good", "good", "ri", "good", "inadequate", "good")
SECTIONS = {
    "care": [{"prompt": "Is each child known?"}, {"prompt": "Is the food good?"}],
    "safety": [{"prompt": "Are nights staffed?", "is_key": True}],
}


def noon(on: dt.date) -> dt.datetime:
    return at_london(on, dt.time(12))


def ref(what: str, number: int, on: dt.date) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{what} {number} {on}")


class Region:
    """`council` records all of it, by `officer` and `manager`. Every provider owns seven settings."""

    def __init__(self, council: Organisation, officer: Membership, manager: Membership) -> None:
        self.council, self.officer, self.manager = council, officer, manager
        self.version: QuestionSetVersion = question_set("of-the-region", sections=SECTIONS)
        self.stages = {stage.number: stage for stage in IssueStage.objects.all()}
        scale = {grade.code: grade for grade in Grade.objects.filter(scale__code="SCCIF-4")}
        self.grades = [scale[code] for code in GRADES]
        self.full = InspectionType.objects.get(code="full")

    def fill(self, start: int, upto: int) -> None:
        """Settings `start` to `upto`, with two years of everything."""
        made = self.settings(range(start, upto))
        for year, on in ((0, TODAY - A_YEAR), (1, TODAY - dt.timedelta(days=40))):
            self.inspections(made, year, on)
            self.visits(made, year, on)
            self.issues(made, year, on)
            self.actions(made, year, on)
            self.self_assessments(made, on)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # it plans as for empty tables until the rows are counted; another worker may hold a shared catalogue
                cursor.execute("ANALYZE (SKIP_LOCKED)")

    def settings(self, numbers: range) -> list[tuple[int, Setting, Provider]]:
        home = ProvisionType.objects.get(code="childrens_home")
        hosts = cycle([self.council.authority, Authority.objects.get(name="Cumberland")])
        rows = Setting.objects.audited_create(
            [
                Setting(
                    urn=f"SC{number:06}",
                    public_id=ref("setting", number, TODAY),
                    provision_type=home,
                    authority=host,
                    registered_on=dt.date(2020, 1, 1) + dt.timedelta(days=number % 2200),
                )
                for number, host in zip(numbers, hosts, strict=False)
            ]
        )
        owners = self.providers({number // 7 for number in numbers})
        made = [(number, row, owners[number // 7]) for number, row in zip(numbers, rows, strict=True)]
        SettingOwnership.objects.audited_create(
            [
                SettingOwnership(setting=setting, provider=provider, from_on="2020-01-01")
                for _, setting, provider in made
            ]
        )
        return made

    def providers(self, numbers: set[int]) -> dict[int, Provider]:
        names = {number: f"Fellside Homes {number} Ltd" for number in sorted(numbers)}
        known = {one.name: one for one in Provider.objects.filter(name__in=names.values())}
        new = {number: name for number, name in names.items() if name not in known}
        for number, name in new.items():
            known[name] = Provider.objects.create(name=name, public_id=ref("provider", number, TODAY))
        for number, name in new.items():
            self.library(number, known[name])
        return {number: known[name] for number, name in names.items()}

    def library(self, number: int, provider: Provider) -> None:
        organisation = Organisation.objects.create(
            kind=Organisation.Kind.PROVIDER, name=provider.name, provider=provider
        )
        kinds = (
            DocumentKind.SAFEGUARDING_POLICY,
            DocumentKind.COMPLAINTS_POLICY,
            DocumentKind.ICO,
            DocumentKind.STATEMENT_OF_PURPOSE,
        )
        Document.objects.audited_create(
            [
                Document(
                    organisation=organisation,
                    public_id=ref(kind, number, TODAY),
                    kind=kind,
                    filename=f"{kind}.pdf",
                    content_type="application/pdf",
                    size=1,
                    sha256=f"{number:064}",
                    uploaded_by=self.officer,
                    uploaded_at=noon(TODAY - A_YEAR),
                    identifies_child=False,
                    expires_on=TODAY + dt.timedelta(days=number % 60 - 20),
                    scan_state=Document.Scan.NOT_SCANNED,
                )
                for kind in kinds[: number % 5]
            ]
        )

    def inspections(self, made, year: int, on: dt.date) -> None:
        seen = [(number, setting) for number, setting, _ in made if (number + year) % 6]
        rows = Inspection.objects.audited_create(
            [
                Inspection(
                    setting=setting,
                    public_id=ref("inspection", number, on),
                    event_number=f"{number}/{year}",
                    inspection_type=self.full,
                    inspected_on=on - dt.timedelta(days=60 + number % 30),
                    published_on=on - dt.timedelta(days=30),
                    scale=self.grades[0].scale,
                    source=Inspection.Source.IMPORTED,
                )
                for number, setting in seen
            ]
        )
        grades = [self.grades[(number + 3 * year) % len(self.grades)] for number, _ in seen]
        Judgement.objects.audited_create(
            [
                Judgement(inspection=row, subject=grade.scale.headline, grade=grade, words=grade.label)
                for row, grade in zip(rows, grades, strict=True)
            ]
        )

    def visits(self, made, year: int, on: dt.date) -> None:
        seen = [one for one in made if (one[0] + year) % 4]
        visits = Visit.objects.audited_create(
            [
                Visit(
                    council=self.council,
                    provider=provider,
                    setting=setting,
                    public_id=ref("visit", number, on),
                    kind=Visit.Kind.FULL,
                    mode=Visit.Mode.ON_SITE,
                    notice=Visit.Notice.ANNOUNCED,
                    planned_on=on,
                    visited_on=on - dt.timedelta(days=number % 20),
                    question_set_version=self.version,
                    lead=self.officer,
                    state=Visit.State.PUBLISHED,
                    published_at=noon(on),
                    published_by=self.manager,
                )
                for number, setting, provider in seen
            ]
        )
        questions, grades = questions_of(standards_of(self.version)), ("met", "partly_met", "not_met")
        given = [
            [
                grades[(number + year + n) % (1 if number % 4 == 3 else 2 + (number % 3 == 0))]
                for n in range(3)
            ]
            for number, *_ in seen
        ]
        VisitAnswer.objects.audited_create(
            [
                VisitAnswer(
                    visit=visit, question=question, grade=grade, answered_by=self.officer, answered_on=on
                )
                for visit, answers in zip(visits, given, strict=True)
                for question, grade in zip(questions, answers, strict=True)
            ]
        )
        ReportVersion.objects.bulk_create(
            [
                ReportVersion(
                    visit=visit,
                    number=1,
                    kind=ReportVersion.Kind.PUBLISHED,
                    content=report(answers),
                    sha256="",
                    made_at=noon(on),
                    made_by=self.manager,
                )
                for visit, answers in zip(visits, given, strict=True)
            ],
            batch_size=500,
        )

    def issues(self, made, year: int, on: dt.date) -> None:
        """Every fifth setting has one, at a stage of its own; of the year before, they are closed since."""
        seen = [one for one in made if one[0] % 5 == 1]
        issues = ContractIssue.objects.audited_create(
            [
                ContractIssue(
                    council=self.council,
                    setting=setting,
                    provider=provider,
                    public_id=ref("issue", number, on),
                    title="Records",
                    source=ContractIssue.Source.RAISED,
                    severity="medium",
                    stage=self.stages[number % 5],
                    stage_since=on,
                    opened_on=on - dt.timedelta(days=9),
                    opened_by=self.officer,
                    closed_at=None if year else noon(TODAY - dt.timedelta(days=100)),
                    closed_by=None if year else self.manager,
                    closing_reason="" if year else "Put right",
                )
                for number, setting, provider in seen
            ]
        )
        StageMove.objects.bulk_create(
            [
                StageMove(
                    issue=issue,
                    from_stage=self.stages[0],
                    to_stage=issue.stage,
                    on=on,
                    decided_by=self.manager,
                    reason="Seen",
                    told="We have seen it.",
                )
                for issue in issues
                if issue.stage.number
            ]
        )

    def actions(self, made, year: int, on: dt.date) -> None:
        Action.objects.audited_create(
            [
                Action(
                    council=self.council,
                    provider=provider,
                    setting=setting,
                    public_id=ref(f"action {n}", number, on),
                    source_kind=Source.VISIT,
                    what="Two staff are awake every night.",
                    due_on=on + dt.timedelta(days=10 * n),
                    state=Action.State.CLOSED if n else Action.State.OPEN,
                    proposed_by=self.officer,
                    opened_at=noon(on - dt.timedelta(days=20)),
                    opened_by=self.manager,
                    done_at=noon(on + dt.timedelta(days=5 + number % 10)) if n else None,
                    done_by=self.officer if n else None,
                    verified_at=noon(on + dt.timedelta(days=6 + number % 10)) if n else None,
                    verified_by=self.manager if n else None,
                )
                for number, setting, provider in made
                for n in range(number % 4)
            ]
        )

    def self_assessments(self, made, on: dt.date) -> None:
        seen = [one for one in made if one[0] % 3 == 2]
        campaign, _ = Campaign.objects.get_or_create(
            council=self.council,
            name=f"Of {on}",
            defaults={
                "version": self.version,
                "opens_on": on - dt.timedelta(days=60),
                "due_on": on - dt.timedelta(days=30),
                "validation_due_on": on,
                "opened_by": self.officer,
            },
        )
        rows = SelfAssessment.objects.audited_create(
            [
                SelfAssessment(
                    campaign=campaign,
                    setting=setting,
                    provider=provider,
                    public_id=ref("self-assessment", number, on),
                    state="validated",
                    due_on=campaign.due_on,
                    validated_at=noon(on),
                    validated_by=self.officer,
                )
                for number, setting, provider in seen
            ]
        )
        Submission.objects.bulk_create(
            [
                Submission(
                    assessment=row,
                    round=1,
                    submitted_at=noon(on - dt.timedelta(days=31)),
                    submitted_by=self.officer,
                    due_on=row.due_on,
                    is_late=False,
                )
                for row in rows
            ]
        )
        questions = questions_of(standards_of(self.version))
        SelfAssessmentAnswer.objects.audited_create(
            [
                SelfAssessmentAnswer(
                    assessment=row, question=question, grade="met", answered_by=self.officer, answered_on=on
                )
                for row in rows
                for question in questions
            ]
        )
        CouncilValidation.objects.audited_create(
            [
                CouncilValidation(
                    assessment=row,
                    question=questions[0],
                    answer_version=0,
                    agrees=False,
                    council_grade="partly_met",
                    note="Two files were empty",
                    looked_at_on=on,
                    looked_at_by=self.officer,
                )
                for row in rows[::2]
            ]
        )


def report(answers: list[str]) -> dict:
    """As `inspections.visits.reports` freezes it, of three questions in two standards."""
    worth, labels = (
        {"met": 2, "partly_met": 1, "not_met": 0},
        {"met": "Met", "partly_met": "Partly met", "not_met": "Not met"},
    )
    finding = [
        {"code": f"{n}", "prompt": "Are nights staffed?", "is_key": n == 2, "answer": labels[answer]}
        for n, answer in enumerate(answers)
    ]
    percent = round(100 * sum(worth[one] for one in answers) / (2 * len(answers)), 1)
    standards = [
        {"code": "care", "title": "Care", "is_limiting": False, "grade": "met", "findings": finding[:2]},
        {
            "code": "safety",
            "title": "Safety",
            "is_limiting": True,
            "grade": answers[2],
            "findings": finding[2:],
        },
    ]
    parts = {
        "care": [sum(worth[one] for one in answers[:2]), 4],
        "safety": [worth[answers[2]], 2],
    }
    overall = {"percent": percent, "label": labels[answers[0]], "parts": parts}
    return {"overall": overall, "standards": standards}
