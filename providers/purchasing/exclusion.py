"""What a provider declared, what a council found about it, and which finding counts now."""

from collections.abc import Iterable

from providers.purchasing.models import (
    Application,
    Declaration,
    ExclusionAssessment,
    LotDecision,
    LotMembership,
)
from providers.purchasing.selectors import names_of


def declared_by_provider(application: Application) -> list[dict]:
    """Return the provider's declarations as dicts of `question`, `answer` and `detail`.

    They are locked once the application is sent.
    """
    rows = application.declarations.order_by("question")
    return [{"question": row.question, "answer": row.answer, "detail": row.detail} for row in rows]


def has_declared_a_ground(application: Application) -> bool:
    return Declaration.objects.filter(application=application.pk, answer=True).exists()


def assessment_of(application: Application) -> ExclusionAssessment | None:
    """Return the newest assessment made for this application, or None."""
    return ExclusionAssessment.objects.filter(application=application.pk).order_by("-pk").first()


def assessment_as_decided(decision: LotDecision) -> ExclusionAssessment | None:
    """Return the assessment of this application on which the decision rested, whatever was found since."""
    rested_on = [one["id"] for one in decision.basis.get("exclusion", [])]
    application = decision.application_lot.application
    own = ExclusionAssessment.objects.filter(application=application, public_id__in=rested_on)
    return own.order_by("-pk").first()


def assessments_of_provider(application: Application):
    """All of the same council about the same provider, under any of its names, the newest first."""
    return ExclusionAssessment.objects.filter(
        application__provider__in=names_of(application.provider),
        application__system__council=application.system.council_id,
    ).order_by("-pk")


def counting_assessments(application: Application) -> list[ExclusionAssessment]:
    """Return the newest assessment of this application and, if it is another, the provider's newest.

    Both count against an approval: only a new assessment of the same application ends a finding.
    """
    newest = [assessment_of(application), assessments_of_provider(application).first()]
    return list({one.pk: one for one in newest if one}.values())


def is_newest(assessment: ExclusionAssessment) -> bool:
    return not assessments_of_provider(assessment.application).filter(pk__gt=assessment.pk).exists()


def newest_in(states: Iterable[str]) -> list[ExclusionAssessment]:
    """Return assessments with one of `states` that are their council's newest of the provider."""
    found = ExclusionAssessment.objects.filter(state__in=list(states)).with_names()
    return [one for one in found.select_related("application__provider") if is_newest(one)]


def memberships_affected(assessment: ExclusionAssessment, on):
    """Return memberships of the assessing council's lots that the provider holds on the day."""
    return LotMembership.objects.in_force(on).filter(
        provider__in=names_of(assessment.application.provider),
        lot__system__council=assessment.application.system.council_id,
    )
