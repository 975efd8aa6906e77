"""What stands against approving a lot today. Every declaration, check, paper and assessment is read here."""

import datetime as dt
from collections.abc import Sequence

from providers.contracts.models import ReferralHold
from providers.directory.regulator_status import RegulatorStatus
from providers.documents.document_kinds import DocumentKind
from providers.purchasing.document_cover import missing_document_kinds
from providers.purchasing.exclusion import assessment_of, counting_assessments, declared_by_provider
from providers.purchasing.models import (
    Application,
    ApplicationLot,
    ApprovalBlocker,
    BlockerKind,
    ExclusionAssessment,
    LotCheck,
)
from providers.purchasing.selectors import names_of, newest_checks


def approval_blockers(
    application_lot: ApplicationLot,
    statuses: Sequence[RegulatorStatus],
    on: dt.date,
    *,
    suspended: Sequence[str],
) -> list[ApprovalBlocker]:
    """Empty when the lot can be approved.

    `suspended` has a sentence for each suspension by this council that holds this very lot: contract issues are
    facts of a higher slice.
    """
    application = application_lot.application
    return [
        *of_exclusion(application_lot),
        *of_assessments(application, on),
        *of_checks(application_lot),
        *(of_status(status) for status in statuses if status.failing),
        *of_papers(application_lot, on),
        *(ApprovalBlocker(BlockerKind.SUSPENSION, sentence) for sentence in suspended),
        *of_suspensions(application, on),
    ]


def of_checks(application_lot: ApplicationLot) -> list[ApprovalBlocker]:
    """Return what is missing or failed among the lot's checks.

    The exclusion check is left to `of_exclusion`, which says more.
    """
    checks = newest_checks(application_lot)
    missing = [kind for kind in LotCheck.Kind if kind not in checks]
    found = [
        ApprovalBlocker(BlockerKind.NOT_CHECKED, f"The check has not been done: {kind.label}.", kind.value)
        for kind in missing
    ]
    failed = [check for check in checks.values() if check.outcome != LotCheck.Outcome.PASSED]
    return found + [
        ApprovalBlocker(
            BlockerKind.CHECK,
            f"{check.get_kind_display()}: {check.get_outcome_display().lower()}.",
            check.kind,
        )
        for check in failed
        if check.kind != LotCheck.Kind.EXCLUSION
    ]


def of_status(status: RegulatorStatus) -> ApprovalBlocker:
    kind = BlockerKind.GRADE if status.is_registered else BlockerKind.REGISTRATION
    return ApprovalBlocker(kind, status.failing, status.urn)


def of_papers(application_lot: ApplicationLot, on: dt.date) -> list[ApprovalBlocker]:
    return [
        ApprovalBlocker(
            BlockerKind.PAPER,
            f"{DocumentKind(kind).label}: the provider has none in force that meets what the lot asks for.",
            kind,
        )
        for kind in missing_document_kinds(
            application_lot.application.provider_id, application_lot.lot_id, on
        )
    ]


def of_exclusion(application_lot: ApplicationLot) -> list[ApprovalBlocker]:
    """Return whether and how exclusion stands against approval, on the declarations as they are."""
    application = application_lot.application
    check = newest_checks(application_lot).get(LotCheck.Kind.EXCLUSION)
    if check is None:
        return []  # said as a check that has not been done
    assessment = assessment_of(application)
    if assessment is None or check.outcome == LotCheck.Outcome.UNCLEAR:
        why = "Exclusion and debarment have not been assessed."
    elif assessment.declared != declared_by_provider(application):
        why = "The declarations have changed since exclusion and debarment were assessed."
    else:
        return []
    return [ApprovalBlocker(BlockerKind.NOT_ASSESSED, f"{why} Assess them on the application’s page.")]


def of_assessments(application: Application, on: dt.date) -> list[ApprovalBlocker]:
    found = []
    for assessment in counting_assessments(application):
        found += of_assessment(application, assessment)
        if assessment.application_id == application.pk and assessment.review_on < on:
            found.append(
                ApprovalBlocker(
                    BlockerKind.REVIEW_PASSED,
                    f"The assessment of exclusion was to be reviewed on {assessment.review_on:%-d %B %Y}."
                    " Assess it again on the application’s page.",
                )
            )
    return found


def of_assessment(application: Application, assessment: ExclusionAssessment) -> list[ApprovalBlocker]:
    told, about = f"{assessment}. {as_sentence(assessment.grounds)}", str(assessment.public_id)
    if assessment.bars:
        words = f"{application.provider} is an excluded supplier and cannot be approved by anybody. {told}"
        return [ApprovalBlocker(BlockerKind.EXCLUDED, words, about)]
    if assessment.is_discretionary:
        return [
            ApprovalBlocker(
                BlockerKind.EXCLUDABLE, f"{application.provider} is an excludable supplier. {told}", about
            )
        ]
    return []


def as_sentence(text: str) -> str:
    """Return what a person wrote, ended with one full stop, so that the next sentence can follow."""
    return f"{text.strip().rstrip('.')}."


def of_suspensions(application: Application, on: dt.date) -> list[ApprovalBlocker]:
    """One for each lot of this council's on which the provider is suspended.

    Another council's suspension bars it too; on which lot, and since when, is for that council to share.
    """
    provider, council = application.provider, application.system.council_id
    holds = (
        ReferralHold.objects.suspensions().in_force(on).filter(membership__provider__in=names_of(provider))
    )
    holds = list(holds.select_related("membership__lot__system"))
    told = [
        ApprovalBlocker(
            BlockerKind.SUSPENDED_ELSEWHERE,
            f"{provider} is suspended on {hold.membership.lot} since {hold.from_on:%-d %B %Y}.",
            str(hold.public_id),
        )
        for hold in holds
        if hold.membership.lot.system.council_id == council
    ]
    others = ApprovalBlocker(BlockerKind.SUSPENDED_ELSEWHERE, f"{provider} is suspended by another council.")
    return told + [others] * (len(told) < len(holds))
