"""Rules for self-assessments: who may do what. Each raises Refused with the sentence that the page shows."""

import datetime as dt
from collections.abc import Iterable

from inspections.self_assessments.models import MOVES, Campaign, SelfAssessment, State
from inspections.self_assessments.selectors import unfinished_questions, unreviewed_questions
from providers.people.models import User
from providers.people.rules import check_may
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

NOT_YOURS = "This self-assessment is not one of yours."


def check_can_answer(user: User, assessment: SelfAssessment) -> None:
    check_may(user, Permission.ANSWER_FOR_PROVIDER)
    _check_is_visible(user, assessment)
    if assessment.state == State.SUBMITTED:
        raise Refused(
            "You have submitted the answers. You cannot change them unless the council returns them."
        )
    if not assessment.is_answerable:
        raise Refused("This self-assessment is closed, so its answers cannot change.")


def check_can_submit(user: User, assessment: SelfAssessment) -> None:
    check_can_answer(user, assessment)
    if left := unfinished_questions(assessment):
        told = ", ".join(question.code for question, _ in left[:5])
        more = f" and {len(left) - 5} more" if len(left) > 5 else ""
        raise Refused(f"Complete these questions before you submit: {told}{more}.")


def check_can_review(user: User, assessment: SelfAssessment) -> None:
    """Check that the user may record the council's view of the answers."""
    check_may(user, Permission.VALIDATE_SELF_ASSESSMENTS)
    _check_is_visible(user, assessment)
    if assessment.state != State.SUBMITTED:
        raise Refused("Only answers that have been submitted can be validated.")


def check_can_validate(user: User, assessment: SelfAssessment) -> None:
    check_can_review(user, assessment)
    if left := unreviewed_questions(assessment):
        raise Refused(
            f"Say whether you agree with every answer. {len(left)}"
            f" {'is' if len(left) == 1 else 'are'} not reviewed yet, starting with question {left[0].code}."
        )


def check_can_return(user: User, assessment: SelfAssessment, due_on: dt.date) -> None:
    check_can_review(user, assessment)
    if due_on <= today():
        raise Refused("The new due date must be tomorrow or later.")


def check_can_open(user: User) -> None:
    check_may(user, Permission.MANAGE_CAMPAIGNS)


def check_dates(opens_on: dt.date, due_on: dt.date, validation_due_on: dt.date) -> None:
    if opens_on < today():
        raise Refused("The opening date cannot be in the past.")
    if not opens_on < due_on < validation_due_on:
        raise Refused("The dates must be in order: opening, answers due, validation due.")


def check_name_is_new(user: User, name: str) -> None:
    if Campaign.objects.visible_to(user).filter(name=name).exists():
        raise Refused(f"Your council already has a campaign called {name}. Choose another name.")


def check_move(assessment: SelfAssessment, to: State) -> None:
    if to not in MOVES[State(assessment.state)]:
        raise Refused(
            f"You cannot do this now. The self-assessment's state is: {assessment.get_state_display()}."
        )


def check_all_can_be_asked(chosen: Iterable, allowed: Iterable) -> None:
    """Check that all `chosen` settings are among `allowed`, which come from `selectors.settings_to_ask`."""
    by_key = {setting.pk: setting for setting in allowed}
    for setting in chosen:
        known = by_key.get(setting.pk)
        if known is None:
            raise Refused(f"Your council cannot include {setting} in this campaign.")
        if known.obstacle:
            raise Refused(f"{setting} cannot be included yet. {known.obstacle}")


def _check_is_visible(user: User, assessment: SelfAssessment) -> None:
    if not SelfAssessment.objects.visible_to(user).filter(pk=assessment.pk).exists():
        raise Refused(NOT_YOURS)
