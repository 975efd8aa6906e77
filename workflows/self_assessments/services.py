"""Services that start the process of each self-assessment on the day its campaign opens."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from inspections.question_sets.models import QuestionSet, QuestionSetVersion
from inspections.self_assessments.models import Campaign, SelfAssessment, SelfAssessmentQuerySet
from inspections.self_assessments.services import open_campaign
from providers.directory.models import Setting
from providers.people.models import User
from qa_portal.core import due
from qa_portal.core.audit.audit_context import Actor, audit_as
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from workflows.self_assessments.flows import SelfAssessmentFlow

OPENING = "open self-assessments"


@transaction.atomic
def start_campaign(
    *,
    by: User,
    question_set: QuestionSet,
    name: str,
    opens_on: dt.date,
    due_on: dt.date,
    validation_due_on: dt.date,
    settings: Iterable[Setting],
) -> Campaign:
    """Open a campaign with the version in force on `opens_on`. Its processes start on that day."""
    version = QuestionSetVersion.objects.in_force(opens_on).filter(question_set=question_set).first()
    if version is None:
        raise Refused(f"No version of {question_set} is in force on that day.")
    campaign = open_campaign(
        by=by,
        name=name,
        version=version,
        opens_on=opens_on,
        due_on=due_on,
        validation_due_on=validation_due_on,
        settings=settings,
    )
    due.run_soon(OPENING)
    return campaign


def waiting_to_open() -> SelfAssessmentQuerySet:
    return SelfAssessment.objects.filter(case_link=None, campaign__opens_on__lte=today()).order_by("pk")


@transaction.atomic
def open_one(assessment: SelfAssessment) -> None:
    """Start the process of one self-assessment unless it has one."""
    assessment = locked(assessment)
    if SelfAssessmentFlow.link.objects.filter(subject=assessment).exists():
        return
    with audit_as(Actor(role="system")):
        SelfAssessmentFlow.start.run(assessment=assessment)


due.register(due.DueWork(OPENING, waiting_to_open, open_one))
