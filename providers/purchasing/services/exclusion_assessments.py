"""The check of exclusion and debarment, and the assessment that it rests on."""

from django.db import transaction
from django.utils import timezone

from providers.people.models import User
from providers.people.rules import own_membership
from providers.purchasing.exclusion import assessment_of, declared_by_provider
from providers.purchasing.models import Application, ApplicationLot, ExclusionAssessment, LotCheck
from providers.purchasing.rules import ExclusionFinding, check_assessment, check_can_assess, check_can_check
from providers.purchasing.selectors import newest_checks, open_clarification
from providers.purchasing.services.applications import locked_application
from providers.purchasing.services.checks import write_check
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

FINDING = ("state", "grounds", "reason", "list_looked_on", "list_finding", "review_on")


@transaction.atomic
def record_exclusion(
    *, by: User, application_lot: ApplicationLot, finding: ExclusionFinding | None, question: str = ""
) -> LotCheck:
    """Record the exclusion check of one lot; without a finding ask the provider `question` and check again later.

    The assessment belongs to the application: a finding that repeats it word for word is the same
    assessment.
    """
    application = locked_application(application_lot.application)
    application_lot = ApplicationLot.objects.select_related("application__system__council").get(
        pk=application_lot.pk
    )
    check_can_check(by, application_lot)
    if finding is None:
        return write_check(by, application_lot, LotCheck.Kind.EXCLUSION, LotCheck.Outcome.UNCLEAR, question)
    return check_from(by, application_lot, assessed(by, application, finding))


@transaction.atomic
def assess_exclusion(*, by: User, application: Application, finding: ExclusionFinding) -> ExclusionAssessment:
    """Assesses again: past the review day, or because something became known. Lots not decided yet follow it."""
    application = locked_application(application)
    check_can_assess(by, application)
    assessment = assessed(by, application, finding)
    if application.state == Application.State.SUBMITTED:
        for applied in application.lots.filter(decisions=None):
            if LotCheck.Kind.COMPLETENESS in newest_checks(applied) and not is_asked(application, applied):
                check_from(by, applied, assessment)
    return assessment


def is_asked(application: Application, applied: ApplicationLot) -> bool:
    """Return whether the provider owes an answer, after which the unclear checks come again."""
    return open_clarification(application, applied) is not None


def assessed(by: User, application: Application, finding: ExclusionFinding) -> ExclusionAssessment:
    """Return the newest assessment if it says the same, else record a new one.

    Raise Refused if the declarations differ from those that were sent.
    """
    check_assessment(application, finding, today())
    declared = declared_by_provider(application)
    if declared != application.sent_copy.content["declarations"]:
        raise Refused("The declarations differ from those that were sent. Ask your portal administrator why.")
    newest = assessment_of(application)
    values = {name: getattr(finding, name) for name in FINDING}
    if newest and newest.declared == declared and values == {name: getattr(newest, name) for name in FINDING}:
        return newest
    return ExclusionAssessment.objects.create(
        application=application,
        declared=declared,
        assessed_at=timezone.now(),
        assessed_by=own_membership(by),
        **values,
    )


def check_from(by: User, applied: ApplicationLot, assessment: ExclusionAssessment) -> LotCheck:
    stands_against = assessment.bars or assessment.is_discretionary
    return write_check(
        by,
        applied,
        LotCheck.Kind.EXCLUSION,
        LotCheck.Outcome.FAILED if stands_against else LotCheck.Outcome.PASSED,
        str(assessment) if stands_against else "",
        assessment=assessment,
    )
