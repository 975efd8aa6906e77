"""What the installation administrator changes in the code lists. Nothing is deleted: codes end on a day."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from providers.directory.models import (
    AgencyKind,
    Clock,
    EnforcementType,
    Forum,
    Grade,
    GradeScale,
    InspectionType,
    ProvisionType,
    RegistrationState,
    ScaleJudgement,
)
from providers.directory.models.code_lists import Code
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.rules import Refused

LISTS: dict[str, type[Code]] = {
    "provision-types": ProvisionType,
    "registration-states": RegistrationState,
    "inspection-types": InspectionType,
    "grade-scales": GradeScale,
    "enforcement-types": EnforcementType,
    "forums": Forum,
    "agency-kinds": AgencyKind,
    "clocks": Clock,
}


C = TypeVar("C", bound=Code)


@transaction.atomic
def add_code(*, by: AbstractBaseUser, model: type[C], reason: str, **values: Any) -> C:
    check_can_change_codes(by)
    last = model.objects.order_by("order").last()
    row = model(order=last.order + 1 if last else 1, **values)
    check_dates(row)
    row._change_reason = reason
    row.save()
    return row


@transaction.atomic
def add_scale(
    *,
    by: AbstractBaseUser,
    reason: str,
    judgements: Sequence[str],
    grades: Sequence[str],
    headline: str = "",
    **values: Any,
) -> Code:
    """Judgements and grades by their labels, grades best first. Without `headline` there is no overall grade."""
    codes = {label: judgement_code(label) for label in judgements}
    if len(set(codes.values())) < len(judgements) or len(set(grades)) < len(grades):
        raise Refused("Give each judgement and each grade once.")
    if headline and headline not in codes:
        raise Refused("The overall judgement must be one of the judgements.")
    values["headline"] = codes.get(headline, "")
    scale = add_code(by=by, model=GradeScale, reason=reason, **values)
    ScaleJudgement.objects.audited_create(
        [
            ScaleJudgement(scale=scale, code=code, label=label, order=order)
            for order, (label, code) in enumerate(codes.items(), start=1)
        ],
        reason=reason,
    )
    Grade.objects.audited_create(
        [
            Grade(scale=scale, code=f"grade_{rank}", label=label, rank=rank, is_worst=rank == len(grades))
            for rank, label in enumerate(grades, start=1)
        ],
        reason=reason,
    )
    return scale


def judgement_code(label: str) -> str:
    """Return the code of a question: the same on every scale."""
    known = ScaleJudgement.objects.filter(label__iexact=label).first()
    return known.code if known else slugify(label).replace("-", "_")[:60]


@transaction.atomic
def change_code(*, by: AbstractBaseUser, row: Code, reason: str, **values: Any) -> Code:
    """Change a code's words or dates. The code and a scale's grades stay: a new meaning is a new row with its own dates."""
    check_can_change_codes(by)
    for name, value in values.items():
        setattr(row, name, value)
    check_dates(row)
    row._change_reason = reason
    row.save()
    return row


def check_can_change_codes(by: AbstractBaseUser) -> None:
    if not scope_of(by).may(Permission.MANAGE_INSTALLATION):
        raise Refused("Your role does not allow this. Ask your administrator.")


def check_dates(row: Code) -> None:
    """Raise Refused if two rows of a code would be in force on one day: on any day a code means one thing."""
    if row.from_on and row.to_on and row.to_on < row.from_on:
        raise Refused("The last day cannot be before the first.")
    others = type(row).objects.filter(code=row.code).exclude(pk=row.pk)
    if row.to_on:
        others = others.filter(Q(from_on=None) | Q(from_on__lt=row.to_on))
    if row.from_on:
        others = others.filter(Q(to_on=None) | Q(to_on__gt=row.from_on))
    if clash := others.first():
        raise Refused(
            f"“{clash}” has the code {row.code} in that time. End it first, or choose another code."
        )
