"""Declarations and assessments of exclusion, as each reader is told of them."""

import datetime as dt
from dataclasses import dataclass

from providers.people.models import Membership
from providers.purchasing.exclusion import assessments_of_provider
from providers.purchasing.models import Application, Declaration, ExclusionAssessment
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.dates import today


@dataclass(frozen=True)
class Declared:
    """One answer of the provider, and who gave it."""

    declaration: Declaration
    who: str


@dataclass(frozen=True)
class Assessed:
    """One assessment. `counts` marks the newest; `who` is empty for the provider, to whom the council answers."""

    assessment: ExclusionAssessment
    counts: bool
    who: str
    is_past_review: bool


def named(membership: Membership, user) -> str:
    """Return a person's name where the reader may know it, else their role."""
    scope = scope_of(user)
    own = membership.organisation_id == scope.organisation_id
    knows = own or (scope.is_council and scope.may(Permission.VIEW_EXTERNAL_PEOPLE))
    return f"{membership.person}, {membership}" if knows else str(membership)


def visible_declarations(application: Application, user) -> list[Declared]:
    rows = application.declarations.select_related(
        "declared_by__person__details", "declared_by__organisation"
    )
    return [Declared(row, named(row.declared_by, user) if row.declared_by else "") for row in rows]


def visible_assessments(application: Application, user, on: dt.date | None = None) -> list[Assessed]:
    """Those made for this application, the newest first."""
    on, council = on or today(), scope_of(user).is_council
    seen = ExclusionAssessment.objects.visible_to(user).filter(application=application).order_by("-pk")
    rows = list(seen.with_names().select_related("assessed_by__organisation"))
    return [
        Assessed(
            row,
            counts=row == rows[0],
            who=named(row.assessed_by, user) if council else "",
            is_past_review=row == rows[0] and row.review_on < on,
        )
        for row in rows
    ]


def other_assessments(application: Application) -> list[ExclusionAssessment]:
    """Return the council's assessments of the same provider for its other applications, newest first."""
    others = assessments_of_provider(application).exclude(application=application.pk)
    return list(others.with_names().select_related("application__system"))


def exclusion_context(application: Application, user) -> dict:
    """Return what the pages of an application show about exclusion."""
    council = scope_of(user).is_council
    return {
        "declarations": visible_declarations(application, user),
        "assessments": visible_assessments(application, user),
        "was_assessed": application.exclusion_assessments.exists(),
        "elsewhere": other_assessments(application) if council else [],
    }
